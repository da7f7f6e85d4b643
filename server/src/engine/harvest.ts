/** Calls that are gathered for a list, beside what rules say: the engine finds them and does not know what the list is. */
import type { At, Call, Lang } from '../../../rules/kit/index.js';

/** What one call puts on the list. */
export interface Item {
  readonly table: number;
  /** Taken from the code; empty where it is no constant there. */
  readonly name: string;
  readonly says: string;
  /** The name is what the callers of this function hand over: it has to be looked for there. */
  readonly from?: { readonly func: string; readonly param: number };
}

export interface GatheredItem extends Item {
  /** The library's name of what is called. */
  readonly api: string;
  readonly at: At;
}

/** By resolved callee, for each language. */
export type Harvest = Readonly<Record<Lang, ReadonlyMap<string, (call: Call) => readonly Item[]>>>;

export const NO_HARVEST: Harvest = { c: new Map(), ts: new Map() };
