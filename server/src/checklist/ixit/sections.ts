/** The rows as people read them: a section a table, each row with a link to its place. */
import type { Section } from '../export/page.js';
import { fileUri } from '../../report/uri.js';
import type { IxitRow, IxitTable } from './rows.js';

export const NO_ROW = 'The code shows none that is known.';

export function ixitSections(tables: readonly IxitTable[]): Section[] {
  return tables.map((each) => ({
    title: `${ixitTitle(each)}${each.left === 0 ? '' : ` (and ${String(each.left)} rows more)`}`,
    head: ['What it is', 'Name', 'Seen by', 'Where'],
    rows: each.rows.map((row) => [
      row.says,
      row.name,
      row.api,
      { text: ixitPlace(row), href: `${fileUri(row.file)}#L${String(row.range.start.line)}` },
    ]),
    otherwise: NO_ROW,
  }));
}

export function ixitTitle({ table, title }: Pick<IxitTable, 'table' | 'title'>): string {
  return `IXIT ${String(table)}. ${title}`;
}

/** `main/net.c:12 and 2 more places` */
export function ixitPlace({ file, range, more }: IxitRow): string {
  const others = more === 0 ? '' : ` and ${String(more)} more ${more === 1 ? 'place' : 'places'}`;
  return `${file}:${String(range.start.line)}${others}`;
}
