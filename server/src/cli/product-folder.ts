/** The folder of the product that somebody works in. */
import { CONFIG_FILE } from '../project/jsonc.js';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DECLARATIONS_FILE } from '../checklist/declarations.js';
import { parseConfig } from '../project/config.js';
import { reasonOf } from '../project/files.js';
import { manifestOf } from '../project/manifests/index.js';
import { Failure } from './failure.js';
import { partialRoot } from './place.js';

/**
 * The nearest folder upwards that has declarations already or whose `skarp.json` says `product`; else, within the
 * repository, the nearest one with an application manifest; else the root that a run here would have. Throws `Failure`
 * and `ConfigError`.
 */
export function productFolder(from: string): string {
  const here = realpathSync(from);
  const repository = above(here, (folder) => existsSync(join(folder, '.git')));
  return (
    above(here, (folder) => existsSync(join(folder, DECLARATIONS_FILE)) || saysProduct(folder), repository) ??
    (repository === undefined ? undefined : above(here, hasManifest, repository)) ??
    (hasManifest(here) ? here : partialRoot(here, from))
  );
}

/** The nearest folder upwards, up to and with `last`, of which something is true. */
function above(from: string, is: (folder: string) => boolean, last?: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (is(folder)) return folder;
    if (folder === last || dirname(folder) === folder) return undefined;
  }
}

function saysProduct(folder: string): boolean {
  const file = join(folder, CONFIG_FILE);
  if (!existsSync(file)) return false;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${reasonOf(error)}`);
  }
  return parseConfig(CONFIG_FILE, text).product !== undefined;
}

function hasManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => manifestOf(name)?.framework !== undefined);
  } catch {
    return false;
  }
}
