/** Tables and shares for a terminal. */

/** Rows under a head, each column as wide as its widest cell; the first to the left, all others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      widths
        .map((width, column) =>
          column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `12 of 40 (30 %)`. */
export function share(some: number, all: number): string {
  const percent = all === 0 ? '–' : `${((100 * some) / all).toFixed(0)} %`;
  return `${String(some)} of ${String(all)} (${percent})`;
}
