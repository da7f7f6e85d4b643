/** Rows proposed for the tables of implementation facts: what the code shows, for the maker to complete. */
import data from '../../../../rules/standard/ixit.json' with { type: 'json' };
import type { FileId } from '../../../../rules/kit/index.js';
import type { GatheredItem } from '../../engine/harvest.js';
import { type Range, rangesIn } from '../../report/model.js';
import { speaksForProduct } from '../own-code.js';

export interface IxitRow {
  /** From the code: a route, a topic, a key, an address; empty where it is no constant. */
  readonly name: string;
  readonly api: string;
  readonly says: string;
  /** The first place. */
  readonly file: FileId;
  readonly range: Range;
  /** Other places that say the same. */
  readonly more: number;
}

export interface IxitTable {
  readonly table: number;
  readonly title: string;
  readonly rows: readonly IxitRow[];
  /** Rows beyond those that one table holds. */
  readonly left: number;
}

/** `skarp-ixit/1`: by itself and as a part of the checklist. */
export interface Ixit {
  readonly schema: 'skarp-ixit/1';
  /** What the rows are and what they are not. */
  readonly says: string;
  readonly ixit: readonly IxitTable[];
}

const MOST_ROWS = 500;

export const IXIT_SAYS =
  'Proposed from calls of known libraries, headers, packages and options: a beginning for the maker, who adds what code does not show. An empty table says nothing of the product.';

/** What speaks for a row, at its place. */
export type IxitItem = Omit<IxitRow, 'more'> & { readonly table: number };

/** Calls of the product's own code, at their places. */
export function callItems(
  gathered: readonly GatheredItem[],
  text: (file: FileId) => string | undefined,
): IxitItem[] {
  const range = rangesIn(text);
  return gathered
    .filter(({ at }) => speaksForProduct(at.file))
    .map(({ table, name, api, says, at }) => ({ table, name, api, says, file: at.file, range: range(at) }));
}

/**
 * Every table that code can feed, in order, also those without a row; what is the same is one row. What is only
 * mentioned makes a row where no call says the same, and one row whatever it is mentioned by.
 */
export function ixitOf(calls: readonly IxitItem[], mentions: readonly IxitItem[]): Ixit {
  const called = new Set(calls.map(({ table, says }) => `${String(table)} ${says}`));
  const others = mentions.filter(
    ({ table, says, name }) => name !== '' || !called.has(`${String(table)} ${says}`),
  );
  const ixit = data.tables.map(({ number, title }): IxitTable => {
    const isHere = ({ table }: IxitItem): boolean => table === number;
    const all = [
      ...rowsOf(calls.filter(isHere), ({ name, api, says }) => [name, api, says]),
      ...rowsOf(others.filter(isHere), ({ name, says }) => [name, says]),
    ];
    return {
      table: number,
      title,
      rows: all.slice(0, MOST_ROWS),
      left: Math.max(0, all.length - MOST_ROWS),
    };
  });
  return { schema: 'skarp-ixit/1', says: IXIT_SAYS, ixit };
}

/** Rows in the order of their first places; items of one key are one row. */
function rowsOf(items: readonly IxitItem[], keyOf: (item: IxitItem) => readonly string[]): IxitRow[] {
  const sorted = [...items].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.column - b.range.start.column,
  );
  const rows = new Map<string, IxitRow>();
  for (const item of sorted) {
    const key = JSON.stringify(keyOf(item));
    const known = rows.get(key);
    const { name, api, says, file, range } = item;
    rows.set(key, known ? { ...known, more: known.more + 1 } : { name, api, says, file, range, more: 0 });
  }
  return [...rows.values()];
}
