/** What somebody may have meant who wrote a name that stands for nothing. */

/** Told of a name that stands for nothing. */
const MOST_NEAR = 3;
/** Of a longer name only the beginning is compared. */
const LONGEST = 16;

/** Names that are written most like the one given, the likest first. */
export function nearest<Name extends string>(written: string, names: readonly Name[]): Name[] {
  const from = written.slice(0, LONGEST);
  return names
    .map((name, order) => ({ name, order, away: distance(from, name) }))
    .sort((a, b) => a.away - b.away || a.order - b.order)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
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
