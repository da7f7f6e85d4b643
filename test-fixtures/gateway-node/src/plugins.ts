import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { insideDir } from './files';
import { createLogger } from './logger';
import type { Reading } from './validate';

const log = createLogger('plugins');

export interface Plugin { onReading(reading: Reading): void }

export async function loadPlugins(root: string, names: readonly string[]): Promise<Plugin[]> {
  const loaded: Plugin[] = [];
  for (const name of names) {
    const entry = insideDir(root, path.join(name, 'index.js'));
    try {
      const module: { default?: Plugin } = await import(pathToFileURL(entry).href);
      if (typeof module.default?.onReading === 'function') loaded.push(module.default);
    } catch (error) {
      log.error('plug-in did not load', error, { name });
    }
  }
  return loaded;
}
