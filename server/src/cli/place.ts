/** From the paths on the command line to the root of the run and its scope. */
import { CONFIG_FILE } from '../project/jsonc.js';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { nearest, repositoryOf } from '../host/node-upwards.js';
import { reasonOf } from '../project/files.js';
import type { Scope } from '../session.js';

export interface Place {
  readonly root: string;
  readonly scope: Scope;
  /** One line for each named path that cannot be used. */
  readonly problems: readonly string[];
}

/**
 * A folder is a whole run over the products inside it and is the root itself; several paths have their common folder
 * as root. Files alone are a partial run whose root is the nearest config, else the git root, else the working folder.
 */
export function placeOf(paths: readonly string[], from: string): Place {
  const problems: string[] = [];
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(from, path);
    try {
      (statSync(full).isDirectory() ? folders : files).push(realpathSync(full));
    } catch (error) {
      problems.push(`${path}: ${reasonOf(error)}; name a file or folder that can be read`);
    }
  }
  if (folders.length === 0) {
    const root = files[0] === undefined ? from : partialRoot(common(files.map(dirname)), from);
    return { root, scope: { files: files.map((file) => inside(root, file)) }, problems };
  }
  const root = common([...folders, ...files.map(dirname)]);
  return { root, scope: { whole: [...folders, ...files].map((path) => inside(root, path)) }, problems };
}

export function partialRoot(folder: string, from: string): string {
  const marked = nearest(folder, (here) => existsSync(join(here, CONFIG_FILE))) ?? repositoryOf(folder);
  if (marked !== undefined) return marked;
  const cwd = realpathSync(from);
  return inside(cwd, folder).startsWith('..') ? folder : cwd;
}

export function inside(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function common(folders: readonly string[]): string {
  const [first = sep, ...rest] = folders;
  return rest.reduce((shared, folder) => {
    let here = shared;
    while (folder !== here && !folder.startsWith(here.endsWith(sep) ? here : here + sep))
      here = dirname(here);
    return here;
  }, first);
}
