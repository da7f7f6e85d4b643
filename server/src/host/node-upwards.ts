/** Folders above a folder. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder upwards, from the first up to and with `last`, of which something is true. */
export function nearest(from: string, is: (folder: string) => boolean, last?: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (is(folder)) return folder;
    if (folder === last || dirname(folder) === folder) return undefined;
  }
}

/** The top of the git repository in which a folder lies, be it a work tree or a submodule. */
export function repositoryOf(from: string): string | undefined {
  return nearest(from, (folder) => existsSync(join(folder, '.git')));
}
