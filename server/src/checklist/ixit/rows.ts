/** Rows proposed for the tables of implementation facts: what the code shows, for the maker to complete. */
import data from '../../../../rules/standard/ixit.json' with { type: 'json' };
import type { FileId } from '../../../../rules/kit/index.js';
import type { GatheredItem } from '../../engine/harvest.js';
import { type Range, rangesIn } from '../../report/model.js';

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
  'Proposed from calls of known libraries in the code: a beginning for the maker, who adds what code does not show. An empty table says nothing of the product.';

/** Every table that code can feed, in order, also those without a row; what is the same is one row. */
export function ixitOf(gathered: readonly GatheredItem[], text: (file: FileId) => string | undefined): Ixit {
  const range = rangesIn(text);
  const items = [...gathered].sort(
    (a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) || a.at.start - b.at.start,
  );
  const ixit = data.tables.map(({ number, title }): IxitTable => {
    const rows = new Map<string, IxitRow>();
    for (const { table, name, api, says, at } of items) {
      if (table !== number) continue;
      const key = JSON.stringify([name, api, says]);
      const known = rows.get(key);
      rows.set(
        key,
        known
          ? { ...known, more: known.more + 1 }
          : { name, api, says, file: at.file, range: range(at), more: 0 },
      );
    }
    const all = [...rows.values()];
    return {
      table: number,
      title,
      rows: all.slice(0, MOST_ROWS),
      left: Math.max(0, all.length - MOST_ROWS),
    };
  });
  return { schema: 'skarp-ixit/1', says: IXIT_SAYS, ixit };
}
