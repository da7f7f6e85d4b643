/** Kconfig files, where a product declares its own options: the text that an option is by default, `kconfig:NAME`. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

const LINE =
  /^[ \t]*(?:(?:menu)?config[ \t]+(?<name>\w+)|default[ \t]+(?<value>"[^"\n]*")(?<when>[ \t]+if\b.*)?)[ \t]*\r?$/gm;

export function parseKconfigMenu(file: FileId, text: string): Option[] {
  const options: Option[] = [];
  let name: string | undefined;
  for (const match of text.matchAll(LINE)) {
    const { name: declared, value } = match.groups ?? {};
    if (declared !== undefined) name = declared;
    if (name === undefined || value === undefined) continue;
    const start = match.index + match[0].indexOf('default');
    const valueStart = match.index + match[0].indexOf(value);
    const end = valueStart + value.length;
    options.push(optionAt({ file, start, end }, `kconfig:${name}`, value, { file, start: valueStart, end }));
  }
  return options;
}
