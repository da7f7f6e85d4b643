/** Which headers of a product its `.c` files include, without knowing any compiler's search path. */
import type { FileId } from '../../../rules/kit/index.js';
import { nameOf } from '../engine/paths.js';

/**
 * All headers that some root includes, directly or through others. A path means every header that ends so: reading one
 * too many costs little, reading one too few would hide what is in it.
 */
export function reachedFrom(
  roots: Iterable<FileId>,
  files: Iterable<FileId>,
  includes: (file: FileId) => readonly string[],
): Set<FileId> {
  const byName = new Map<string, FileId[]>();
  for (const file of files) {
    const name = nameOf(file);
    const same = byName.get(name);
    if (same) same.push(file);
    else byName.set(name, [file]);
  }
  const reached = new Set<FileId>();
  const asked = new Set<string>();
  const queue = [...roots];
  for (let file = queue.pop(); file !== undefined; file = queue.pop())
    for (const written of includes(file)) {
      const path = written.replace(/^(?:\.{1,2}\/)+/, '').replace(/\/(?:\.\/)+/g, '/');
      if (asked.has(path)) continue;
      asked.add(path);
      for (const target of byName.get(nameOf(path)) ?? [])
        if (!reached.has(target) && endsSo(target, path)) {
          reached.add(target);
          queue.push(target);
        }
    }
  return reached;
}

/** What stands before a `..` says nothing of where the file lies. */
function endsSo(file: FileId, path: string): boolean {
  const [plain = ''] = path.split('../').slice(-1);
  return file === plain || file.endsWith(`/${plain}`);
}
