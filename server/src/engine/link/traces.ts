/**
 * Who took what from where while answers were worked out, so that an edit asks again only those it can matter to.
 *
 * A file takes names (of macros) and other files (whatever they export: places are part of what is taken, and an edit
 * moves them). What it takes from a file, that file may have taken from elsewhere. Every look-up that leads out of a
 * file must be noted, also one that found nothing.
 */
import type { FileId } from '../../../../rules/kit/index.js';

export class Traces {
  private readonly byName: Takers = new Map();
  private readonly byFile: Takers = new Map();

  name(from: FileId, name: string): void {
    note(this.byName, name, from);
  }

  file(from: FileId, target: FileId): void {
    note(this.byFile, target, from);
  }

  /** The files themselves, and all whose answers may be other ones now, directly or through others. */
  reach(files: Iterable<FileId>, names: Iterable<string>): Set<FileId> {
    const reached = new Set(files);
    for (const name of names) for (const taker of this.byName.get(name) ?? []) reached.add(taker);
    // A set goes on to what is added to it meanwhile.
    for (const file of reached) for (const taker of this.byFile.get(file) ?? []) reached.add(taker);
    return reached;
  }
}

/** Files by what they took. */
type Takers = Map<string, Set<FileId>>;

function note(takers: Takers, taken: string, from: FileId): void {
  const known = takers.get(taken);
  if (known) known.add(from);
  else takers.set(taken, new Set([from]));
}
