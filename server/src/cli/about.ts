/** What the command knows of itself and its surroundings. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The package's folder: the bundle lies in `dist/`, the source in `server/src/cli/`. */
function packageFolder(): string {
  for (let folder = here; ; folder = dirname(folder))
    if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
}

export function version(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string })
    .version;
}

/** The folder of the grammars, which the build puts beside the bundles. */
export function wasmFolder(): string {
  return join(packageFolder(), 'dist');
}

/** The date by which suppressions end, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Unasked, no more threads than this: each holds the grammars, and the main one must keep them busy. */
const MOST_CORES = 8;

export function threads(): number {
  return Math.min(availableParallelism(), MOST_CORES);
}
