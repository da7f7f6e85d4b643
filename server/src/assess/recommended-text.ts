/** Recommendations for a terminal of 80 columns. */
import { oneLine } from '../checklist/export/escaped.js';
import type { Recommendation, Recommendations } from './recommended.js';

/** Of each kind; the rest is counted. */
const MOST = 8;

export function recommendationsText(
  { matter, mayBeLeft, left, undecided }: Recommendations,
  label: (row: Recommendation) => string,
  bold: (text: string) => string,
  wrap: (text: string, indent: number) => string[],
): string[] {
  const listed = <T>(all: readonly T[], lines: (each: T) => string[]): string[] => [
    ...all.slice(0, MOST).flatMap(lines),
    ...(all.length > MOST ? [`  and ${String(all.length - MOST)} more; --format json has all`] : []),
  ];
  const withWhy = (each: Recommendation): string[] => [
    `  ${label(each).padEnd(10)}weight ${String(each.weight)}`,
    ...wrap(each.wording, 12),
    ...wrap(each.why.length === 0 ? '(nothing speaks for it yet)' : `(${each.why.join('; ')})`, 12),
  ];
  return [
    ...(matter.length === 0
      ? []
      : ['', bold('Recommendations that matter here'), ...listed(matter, withWhy)]),
    ...(mayBeLeft.length === 0
      ? []
      : [
          '',
          bold('Recommendations that may be left, with a reason'),
          ...wrap(`${mayBeLeft.map(label).join(', ')}: say why with skarp declare … not-met --because …`, 2),
        ]),
    ...(left.length === 0
      ? []
      : [
          '',
          bold('Recommendations that are left'),
          ...listed(left, (each) => [`  ${label(each)}`, ...wrap(oneLine(each.reason), 12)]),
        ]),
    ...(undecided.length === 0
      ? []
      : [
          '',
          ...wrap(
            `Of ${String(undecided.length)} more nobody has said whether they apply: say under "product" in skarp.json what the product has (skarp init asks).`,
            2,
          ),
        ]),
  ];
}
