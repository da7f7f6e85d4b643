/** A portfolio for a terminal of 80 columns: what many share first, then products × headings. */
import { createColors } from 'picocolors';
import { oneLine } from '../checklist/export/escaped.js';
import type { AssessTextOptions } from './text.js';
import type { Portfolio } from './portfolio.js';

/** Provisions named of one heading. */
const MOST_NAMED = 6;
const NAME = 14;

export function portfolioText({ shared, products }: Portfolio, { color, wrap }: AssessTextOptions): string {
  const colors = createColors(color);
  const numbers = headingsOf({ products });
  const weaknesses = shared.flatMap(({ heading, title, products: weak, of, mean, provisions }) => [
    `  ${String(heading).padStart(2)}  ${title}`,
    ...wrap(
      `${String(weak.length)} of ${String(of)} products are at level 0 (mean ${mean.toFixed(1)})${
        provisions.length === 0
          ? ''
          : `; most often held back by ${provisions
              .slice(0, MOST_NAMED)
              .map(({ id }) => id)
              .join(', ')}`
      }`,
      6,
    ),
  ]);
  const row = (name: string, type: string, cells: readonly string[]): string =>
    `  ${fit(name).padEnd(NAME)} ${type.padEnd(11)}${cells.map((cell) => cell.padStart(4)).join('')}`;
  return [
    colors.bold('What several products lack'),
    ...(weaknesses.length === 0 ? ['  No heading is at level 0 in more than one product.'] : weaknesses),
    '',
    colors.bold('Products and headings, 0 nothing known to 3 enforced'),
    colors.dim(row('', '', numbers.map(String))),
    ...products.map(({ name, typology, headings }) =>
      row(
        name,
        typology.type,
        numbers.map((number) => headings.find(({ heading }) => heading === number)?.value.toFixed(1) ?? '–'),
      ),
    ),
    '',
  ].join('\n');
}

/** Numbers of all headings that apply to some product. */
export function headingsOf({ products }: Pick<Portfolio, 'products'>): readonly number[] {
  return [...new Set(products.flatMap(({ headings }) => headings.map(({ heading }) => heading)))].sort(
    (a, b) => a - b,
  );
}

function fit(name: string): string {
  const safe = oneLine(name);
  return safe.length > NAME ? `${safe.slice(0, NAME - 1)}…` : safe;
}
