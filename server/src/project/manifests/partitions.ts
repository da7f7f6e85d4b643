/** ESP-IDF partition tables: one option a row, `partition:<name>`, with `type,subtype,flags` as its value. */
import type { FileId, Option } from '../../../../rules/kit/index.js';

export function parsePartitions(file: FileId, text: string): Option[] {
  const options: Option[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    const body = line.replace(/#.*$/, '').trimEnd();
    const cells = body.split(',').map((cell) => cell.trim());
    if (body.trim() === '' || cells.length < 4) continue;
    const at = { file, start: start + (body.length - body.trimStart().length), end: start + body.length };
    const rest = [cells[1] ?? '', cells[2] ?? '', cells[5] ?? ''].join(',');
    options.push({
      name: `partition:${cells[0] ?? ''}`,
      value: rest,
      at,
      valueAt: at,
      /** Sets the flags column. */
      set: (flags) => ({
        at,
        text: [...cells.slice(0, 5), ...Array<string>(Math.max(0, 5 - cells.length)).fill(''), flags].join(
          ', ',
        ),
      }),
    });
  }
  return options;
}
