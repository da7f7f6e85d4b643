/** What a rule sees of C text that macros and conditions make hard to read. */
import type { Call } from '../../rules/kit/index.js';
import { Masks } from '../../server/src/engine/cfront/masks.js';
import { CText } from '../../server/src/engine/cfront/ctext.js';
import { scanC } from '../../server/src/engine/scan/scan.js';
import { type Files, hear, valuesOf } from './seen.js';

/** `function: values` of each `use(…)`, its condition behind it, and a line for each stretch that could not be read. */
export async function usesIn(files: Files): Promise<string[]> {
  const { problems, gaps } = await hear(typeof files === 'string' ? { 'main.c': files } : files, {
    call: { use: (call: Call) => valuesOf(call) },
  });
  return [
    ...problems.map(
      ({ func, problem, condition }) =>
        `${func ?? '-'}: ${problem.says ?? ''}${condition === undefined ? '' : ` if ${condition}`}`,
    ),
    ...Array<string>(gaps).fill('a gap'),
  ];
}

/** A body in a function. */
export const inF = (body: string): string => `int f(void) {\n${body}\n}\n`;

/** A text before it is parsed, under the masks that its own `#define`s teach. */
export function frontOf(text: string, own: readonly string[] = []): CText {
  return new CText(text, new Masks(scanC(text).macros, own));
}
