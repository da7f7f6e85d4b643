/** The folder of the product that somebody works in. */
import { CONFIG_FILE } from '../project/jsonc.js';
import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { DECLARATIONS_FILE } from '../checklist/declarations.js';
import { nearest, repositoryOf } from '../host/node-upwards.js';
import { parseConfig } from '../project/config.js';
import { LARGEST_FILE } from '../project/files.js';
import { manifestOf } from '../project/manifests/index.js';
import { partialRoot } from './place.js';
import { keptText } from './text-file.js';

/**
 * The nearest folder upwards that has declarations already or whose `skarp.json` says `product`; else, within the
 * repository, the nearest one with an application manifest; else the root that a run here would have. Throws `Failure`
 * and `ConfigError`.
 */
export function productFolder(from: string): string {
  const here = realpathSync(from);
  const repository = repositoryOf(here);
  return (
    nearest(
      here,
      (folder) => existsSync(join(folder, DECLARATIONS_FILE)) || saysProduct(folder),
      repository,
    ) ??
    (repository === undefined ? undefined : nearest(here, hasManifest, repository)) ??
    (hasManifest(here) ? here : partialRoot(here, from))
  );
}

/** The config at a path; undefined where there is none. Throws `Failure`. */
export function configText(file: string, shown: string): string | undefined {
  return keptText(file, shown, { what: 'a config', largest: LARGEST_FILE });
}

function saysProduct(folder: string): boolean {
  const file = join(folder, CONFIG_FILE);
  // What is no plain file is no config of a product, wherever it leads.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return parseConfig(CONFIG_FILE, configText(file, file) ?? '').product !== undefined;
}

function hasManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => manifestOf(name)?.framework !== undefined);
  } catch {
    return false;
  }
}
