/** The API tables of a run, compiled: those that ship, and a team's own. */
import { catalogue } from '../../rules/index.js';
import { Apis, apiTable, type ApiTable } from './engine/apis.js';

export type ApisByLang = Readonly<Record<'c' | 'ts', Apis>>;

let shipped: { readonly tables: readonly ApiTable[]; readonly apis: ApisByLang } | undefined;

/** The tables that ship, checked and compiled once a process. */
export function shippedApis(): ApisByLang {
  return theShipped().apis;
}

/** With a team's own tables behind them. */
export function apisOf(own: readonly ApiTable[]): ApisByLang {
  return own.length === 0 ? shippedApis() : compiled([...theShipped().tables, ...own]);
}

function theShipped(): NonNullable<typeof shipped> {
  if (!shipped) {
    const tables = catalogue.tables.map((table) => apiTable.parse(table));
    shipped = { tables, apis: compiled(tables) };
  }
  return shipped;
}

function compiled(tables: readonly ApiTable[]): ApisByLang {
  return { c: new Apis(tables, 'c'), ts: new Apis(tables, 'ts') };
}
