/** systemd units: `systemd:Service.User`; what `Environment=` gives is `env:NAME`, as in environment files. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { assignments } from './env.js';
import { optionAt } from './option.js';

export function parseIni(file: FileId, text: string): Option[] {
  const options: Option[] = [];
  let section = '';
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    const body = line.trim();
    const head = /^\[([^\]]+)\]$/.exec(body);
    if (head) section = head[1] ?? '';
    const pair = /^([A-Za-z]\w*)\s*=\s*(.*)$/.exec(body);
    if (!pair) continue;
    const lead = line.length - line.trimStart().length;
    const end = start + lead + body.length;
    const value = pair[2] ?? '';
    if (pair[1] === 'Environment') {
      for (const each of assignments(file, text, end - value.length, end)) options.push(each);
      continue;
    }
    options.push(
      optionAt({ file, start: start + lead, end }, `systemd:${section}.${pair[1] ?? ''}`, value, {
        file,
        start: end - value.length,
        end,
      }),
    );
  }
  return options;
}
