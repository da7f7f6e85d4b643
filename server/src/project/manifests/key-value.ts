/** `key value` and `key=value` files with `#` comments: mosquitto.conf, .npmrc. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

/** Names are given as `prefix:key`. */
export function parseKeyValue(file: FileId, text: string, prefix: string, separator: ' ' | '='): Option[] {
  const options: Option[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const body = line.trimEnd();
    const start = offset + (body.length - body.trimStart().length);
    const end = offset + body.length;
    offset += line.length + 1;
    const content = body.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const match =
      separator === '=' ? /^([^=\s]+)\s*=\s*(.*)$/.exec(content) : /^(\S+)(?:\s+(.*))?$/.exec(content);
    if (!match) continue;
    const value = match[2] ?? '';
    options.push(
      optionAt({ file, start, end }, `${prefix}:${match[1] ?? ''}`, value, {
        file,
        start: end - value.length,
        end,
      }),
    );
  }
  return options;
}
