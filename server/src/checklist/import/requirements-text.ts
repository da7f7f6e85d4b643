/** What became of a customer's list, for a terminal of 80 columns. */
import { labelOf } from '../rows.js';
import { createColors } from 'picocolors';
import type { Asked, Requirements } from './requirements.js';

const TITLES: readonly (readonly [Asked['answer'], string])[] = [
  ['met', 'They ask, and you meet'],
  ['lacking', 'They ask, and you lack'],
  ['not-applicable', 'They ask, and it does not apply to this product'],
  ['beyond', 'They ask beyond the standard'],
];
const LONGEST = 240;

export function requirementsText(
  { asked, forgotten, edition }: Requirements,
  { color, wrap }: { readonly color: boolean; readonly wrap: (text: string, indent: number) => string[] },
): string {
  const colors = createColors(color);
  const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
  const how = (each: Asked): string => {
    if (each.by === 'nothing') return '';
    const open = each.open.length > 0 ? `; not met: ${each.open.join(', ')}` : '';
    const by = each.by === 'words' ? 'by words, so look at it' : `it names ${each.named.join(', ')}`;
    return `${each.provisions.join(', ')} (${by})${open}`;
  };
  const part = (title: string, count: number, lines: readonly string[]): string[] =>
    count === 0 ? [] : [colors.bold(`${title} (${String(count)})`), ...lines, ''];
  return [
    ...TITLES.flatMap(([answer, title]) => {
      const own = asked.filter((each) => each.answer === answer);
      return part(
        title,
        own.length,
        own.flatMap((each) => [
          `  ${each.name}`,
          ...wrap(cut(each.text), 6),
          ...(how(each) === '' ? [] : wrap(how(each), 6).map(colors.dim)),
        ]),
      );
    }),
    ...part(
      'The standard asks, and they forgot',
      forgotten.length,
      forgotten.flatMap((row) => [
        `  ${labelOf(row, edition).padEnd(10)}${row.standing}`,
        ...wrap(row.wording, 12),
      ]),
    ),
  ].join('\n');
}
