/** Which calls speak for a row of which table, and where the row's name stands in the call. */
import data from '../../../../rules/standard/ixit.json' with { type: 'json' };
import { type Call, type Expr, type Lang, looksSecretName } from '../../../../rules/kit/index.js';
import type { Harvest, Item } from '../../engine/harvest.js';

interface Sign {
  readonly table: number;
  readonly lang: string;
  readonly says: string;
  readonly arg?: number;
  readonly fields?: readonly string[];
  readonly least?: number;
  readonly secret?: boolean;
  readonly unlessBeside?: string;
  readonly calls: readonly string[];
}

/** A name longer than this is no name. */
const LONGEST = 120;

export const IXIT_HARVEST: Harvest = { c: signsOf('c'), ts: signsOf('ts') };

function signsOf(lang: Lang): Harvest['c'] {
  const byCallee = new Map<string, (call: Call) => readonly Item[]>();
  for (const sign of data.signs as readonly Sign[]) {
    if (sign.lang !== lang) continue;
    for (const callee of sign.calls) {
      const others = byCallee.get(callee);
      byCallee.set(callee, (call) => [...(others?.(call) ?? []), ...itemOf(sign, call)]);
    }
  }
  return byCallee;
}

function itemOf(sign: Sign, call: Call): Item[] {
  const { table, says, least = 0, secret = false, unlessBeside } = sign;
  if (call.args.length < least) return [];
  if (unlessBeside !== undefined && call.inside?.calls.has(unlessBeside) === true) return [];
  const name = nameOf(sign, call);
  if (secret && !looksSecretName(name)) return [];
  return [{ table, name, says }];
}

/** A constant, else the name under which the code has it; empty for what is computed in place. */
function nameOf({ arg, fields }: Sign, { args }: Call): string {
  const given = arg === undefined ? undefined : args[arg];
  if (!given) return '';
  if (!fields) return written(given);
  const field = fields.flatMap((path) => given.thing?.fields.get(path) ?? [])[0];
  // A text in the place of the options is the address itself.
  return field ? written(field) : given.literal === 'string' ? written(given) : '';
}

function written({ value, kind, text }: Expr): string {
  const name = value ?? (kind === 'name' || kind === 'member' ? text : '');
  return name.length <= LONGEST && !name.includes('\n') ? name : '';
}
