/** From what people call a provision to its id. */
import type { ProvisionId } from '../../../rules/kit/index.js';
import type { EditionId, Provision, Standard } from '../../../rules/standard/standard.js';

/** The provisions that a name stands for: an id, or a label of any edition, of which one label may have become several ids. */
export function provisionsNamed(standard: Standard, name: string): Provision[] {
  const exact = standard.provisions.filter(({ id }) => id === name);
  if (exact.length > 0) return exact;
  return standard.provisions.filter(({ labels }) =>
    Object.values(labels).some((names) => names.includes(name)),
  );
}

/** Editions in which a provision goes by a name. */
export function editionsOf({ labels }: Provision, name: string): EditionId[] {
  return (Object.keys(labels) as EditionId[]).filter((edition) => labels[edition].includes(name));
}

/** Told of a name that stands for nothing. */
const MOST_NEAR = 3;

/** Ids that are written most like a name, the likest first. */
export function nearestIds(standard: Standard, name: string): ProvisionId[] {
  const written = name.slice(0, 16);
  return standard.provisions
    .map(({ id }, order) => ({ id, order, away: distance(written, id) }))
    .sort((a, b) => a.away - b.away || a.order - b.order)
    .slice(0, MOST_NEAR)
    .map(({ id }) => id);
}

/** Letters to add, drop or change (Levenshtein). */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const here = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      here.push(Math.min(change, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    above = here;
  }
  return above.at(-1) ?? 0;
}
