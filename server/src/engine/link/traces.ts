/**
 * Who took what from where while answers were worked out, so that an edit asks again only those it can matter to.
 *
 * A file takes names (of macros) and other files (whatever they export: places are part of what is taken, and an edit
 * moves them). What it takes from a file, that file may have taken from elsewhere. Every look-up that leads out of a
 * file must be noted, also one that found nothing.
 */
import type { FileId } from '../../../../rules/kit/index.js';

export class Traces {
  private readonly takers = new Map<string, Set<FileId>>();

  name(from: FileId, name: string): void {
    this.note(from, nameKey(name));
  }

  file(from: FileId, target: FileId): void {
    this.note(from, fileKey(target));
  }

  /** The files themselves, and all whose answers may be other ones now, directly or through others. */
  reach(files: Iterable<FileId>, names: Iterable<string>): Set<FileId> {
    const reached = new Set(files);
    const queue = [...reached].map(fileKey);
    for (const name of names) queue.push(nameKey(name));
    for (let key = queue.pop(); key !== undefined; key = queue.pop())
      for (const taker of this.takers.get(key) ?? [])
        if (!reached.has(taker)) {
          reached.add(taker);
          queue.push(fileKey(taker));
        }
    return reached;
  }

  private note(from: FileId, key: string): void {
    const known = this.takers.get(key);
    if (known) known.add(from);
    else this.takers.set(key, new Set([from]));
  }
}

function nameKey(name: string): string {
  return `name ${name}`;
}

function fileKey(file: FileId): string {
  return `file ${file}`;
}
