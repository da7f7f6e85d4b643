/** `CONFIG_X=y` files: sdkconfig, its defaults and fragments, prj.conf and overlays. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

const LINE =
  /^[ \t]*(?:(?<name>(?:SB_)?CONFIG_\w+)[ \t]*=[ \t]*(?<value>.*?)|#[ \t]*(?<unset>(?:SB_)?CONFIG_\w+) is not set)[ \t]*\r?$/gm;

export function parseKconfig(file: FileId, text: string): Option[] {
  const options: Option[] = [];
  for (const match of text.matchAll(LINE)) {
    const { name, value = '', unset } = match.groups ?? {};
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const end = match.index + match[0].trimEnd().length;
    if (name !== undefined) {
      const valueStart = end - value.length;
      options.push(
        optionAt({ file, start, end }, name, value, { file, start: valueStart, end }, (to) =>
          to === 'n' ? 'n' : to,
        ),
      );
    } else if (unset !== undefined) {
      const at = { file, start, end };
      options.push({
        name: unset,
        value: 'n',
        at,
        valueAt: at,
        set: (to) => ({ at, text: `${unset}=${to}` }),
      });
    }
  }
  return options;
}
