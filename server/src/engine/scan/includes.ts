/** Which files of a product a file includes, without knowing any compiler's search path. */
import type { FileId } from '../../../../rules/kit/index.js';
import { nameOf } from '../paths.js';

/** A closure larger than this is cut: names beyond it are found by folder. */
const MOST_FILES = 2000;

export class Includes {
  private readonly written = new Map<FileId, readonly string[]>();
  /** Files by their last path segment. */
  private readonly byName = new Map<string, Set<FileId>>();
  private readonly direct = new Map<FileId, readonly FileId[]>();
  private readonly closures = new Map<FileId, ReadonlySet<FileId>>();

  add(file: FileId, includes: readonly string[]): void {
    this.written.set(file, includes);
    const name = nameOf(file);
    const same = this.byName.get(name);
    if (same) same.add(file);
    else this.byName.set(name, new Set([file]));
    this.direct.clear();
    this.closures.clear();
  }

  remove(file: FileId): void {
    this.written.delete(file);
    this.byName.get(nameOf(file))?.delete(file);
    this.direct.clear();
    this.closures.clear();
  }

  /** All that a file includes, directly or through others, without itself. */
  closure(file: FileId): ReadonlySet<FileId> {
    const known = this.closures.get(file);
    if (known) return known;
    const found = new Set<FileId>();
    const queue = [file];
    for (let next = queue.pop(); next !== undefined && found.size < MOST_FILES; next = queue.pop())
      for (const target of this.included(next))
        if (target !== file && !found.has(target)) {
          found.add(target);
          queue.push(target);
        }
    this.closures.set(file, found);
    return found;
  }

  private included(file: FileId): readonly FileId[] {
    let direct = this.direct.get(file);
    if (!direct) {
      const paths = this.written.get(file) ?? [];
      direct = [...new Set(paths.flatMap((path) => this.targets(file, path)))];
      this.direct.set(file, direct);
    }
    return direct;
  }

  /** The file beside the one that includes it, else the nearest whose path ends so; none where several are as near. */
  private targets(from: FileId, path: string): readonly FileId[] {
    const beside = join(from, path);
    if (beside !== undefined && this.written.has(beside)) return [beside];
    const plain = path.replace(/^(\.{1,2}\/)+/, '');
    const candidates = [...(this.byName.get(nameOf(plain)) ?? [])].filter(
      (file) => file === plain || file.endsWith(`/${plain}`),
    );
    const nearest = nearestOf(candidates, from, (file) => file);
    return nearest.length === 1 ? nearest : [];
  }
}

function join(from: FileId, path: string): FileId | undefined {
  const folders = from.split('/').slice(0, -1);
  for (const part of path.split('/'))
    if (part === '..') {
      if (folders.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') folders.push(part);
  return folders.join('/');
}

/** Those of several things that lie in the folders nearest to a file. */
export function nearestOf<Item>(
  items: readonly Item[],
  from: FileId,
  fileOf: (item: Item) => FileId,
): readonly Item[] {
  if (items.length < 2) return items;
  const distances = items.map((item) => commonFolders(fileOf(item), from));
  const nearest = Math.max(...distances);
  return items.filter((_, index) => distances[index] === nearest);
}

/** How near the folder of `a` is to `b`: each folder they share counts twice what each one further costs. */
function commonFolders(a: FileId, b: FileId): number {
  let common = 0;
  let at = 0;
  for (; at < a.length && a.charCodeAt(at) === b.charCodeAt(at); at++)
    if (a.charCodeAt(at) === SLASH) common++;
  let beyond = 0;
  for (; at < a.length; at++) if (a.charCodeAt(at) === SLASH) beyond++;
  return common * 2 - beyond;
}

const SLASH = 47;
