/** C files to measure properties on: ours, or those of the folder that `SKARP_CORPUS` names. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const corpus: string | undefined = process.env['SKARP_CORPUS'];

/** Texts by path: at most so many, spread evenly over all C files that are neither tiny nor tables. */
export function corpusFiles(folder: string, most: number): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith('.c'))
    .map((each) => join(each.parentPath, each.name))
    .sort();
  const texts: Record<string, string> = {};
  for (let at = 0; at < most; at++) {
    const [from, past] = [at, at + 1].map((each) => Math.floor((each * found.length) / most));
    for (const file of found.slice(from, past)) {
      const text = readFileSync(file, 'latin1');
      if (text.length < 2000 || text.length > 40_000) continue;
      texts[file.slice(folder.length + 1)] = text;
      break;
    }
  }
  return texts;
}

/** A device of ours that is full of what firmware is written with. */
export function deviceFiles(): Record<string, string> {
  const folder = 'test-fixtures/thermostat-esp-idf/main';
  const names = readdirSync(folder).filter((name) => name.endsWith('.c'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
