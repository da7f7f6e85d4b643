/** Which calls speak for a row of which table, and where the row's name stands in the call. */
import data from '../../../../rules/standard/ixit.json' with { type: 'json' };
import { type Call, type Expr, type Lang, looksSecretName } from '../../../../rules/kit/index.js';
import type { GatheredItem, Harvest, Item } from '../../engine/harvest.js';

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
/** More names are not taken from one table of the code. */
const MOST_NAMES = 64;

export const IXIT_HARVEST: Harvest = harvestOf(data.signs);

/**
 * Calls of the product's own functions that hand a name on to a call of a sign: one level of wrappers. Undefined where
 * no name comes from a caller.
 */
export function wrappersOf(gathered: readonly GatheredItem[]): Harvest | undefined {
  const signs = new Map<string, Sign>();
  for (const item of gathered) {
    const { from } = item;
    const behind = from && signBehind(item);
    if (behind && from.func !== '')
      signs.set(JSON.stringify([from.func, behind.table, behind.says]), {
        ...behind,
        least: 0,
        arg: from.param,
        calls: [from.func],
      });
  }
  return signs.size === 0 ? undefined : harvestOf([...signs.values()]);
}

/** The calls without those whose name callers gave, which are rows of their own; what nobody calls a secret is none. */
export function withoutWrappers(
  gathered: readonly GatheredItem[],
  given: readonly GatheredItem[],
): readonly GatheredItem[] {
  const named = new Set(given.map(({ api }) => api));
  return gathered.filter(
    (item) => !item.from || (!named.has(item.from.func) && signBehind(item)?.secret !== true),
  );
}

function signBehind({ table, says, api }: GatheredItem): Sign | undefined {
  return (data.signs as readonly Sign[]).find(
    (each) => each.table === table && each.says === says && each.calls.includes(api),
  );
}

function harvestOf(signs: readonly Sign[]): Harvest {
  return { c: ofLanguage(signs, 'c'), ts: ofLanguage(signs, 'ts') };
}

function ofLanguage(signs: readonly Sign[], lang: Lang): Harvest['c'] {
  const byCallee = new Map<string, (call: Call) => readonly Item[]>();
  for (const sign of signs) {
    if (sign.lang !== lang) continue;
    for (const callee of sign.calls) {
      const others = byCallee.get(callee);
      byCallee.set(callee, (call) => [...(others?.(call) ?? []), ...itemsOf(sign, call)]);
    }
  }
  return byCallee;
}

function itemsOf(sign: Sign, call: Call): Item[] {
  const { table, says, least = 0, secret = false, unlessBeside, arg } = sign;
  if (call.args.length < least) return [];
  if (unlessBeside !== undefined && call.inside?.calls.has(unlessBeside) === true) return [];
  const given = arg === undefined ? undefined : call.args[arg];
  const param = given && paramOf(given, call);
  if (param !== undefined) return [{ table, name: '', says, from: { func: call.inside?.name ?? '', param } }];
  const names = given ? namesOf(sign, given) : [''];
  return names.filter((name) => !secret || looksSecretName(name)).map((name) => ({ table, name, says }));
}

/** Which parameter of the function around it an argument is, unless its value is known. */
function paramOf({ kind, value, thing, text }: Expr, { inside }: Call): number | undefined {
  if (kind !== 'name' || value !== undefined || (thing && thing.fields.size > 0)) return undefined;
  const at = inside?.params.indexOf(text) ?? -1;
  return at === -1 ? undefined : at;
}

/** Constants, also all those of a table that is walked through. */
function namesOf({ fields }: Sign, given: Expr): readonly string[] {
  const entries = entriesOf(given);
  if (entries.length > 0) return entries.slice(0, MOST_NAMES);
  if (!fields) return [written(given)];
  const field = fields.flatMap((path) => given.thing?.fields.get(path) ?? [])[0];
  // A text in the place of the options is the address itself.
  return [field ? written(field) : given.literal === 'string' ? written(given) : ''];
}

/** The texts in the array behind `KEYS[i]` and `ROWS[i].key`, whose index is not known. */
function entriesOf({ kind, value, parts }: Expr): string[] {
  if (value !== undefined) return [];
  if (kind === 'member') return parts[0]?.kind === 'subscript' ? entriesOf(parts[0]) : [];
  if (kind !== 'subscript') return [];
  return (parts[0]?.parts ?? [])
    .flatMap((row) => [row, ...row.parts, ...(row.thing?.fields.values() ?? [])])
    .flatMap((each) => (each.literal === 'string' && each.value !== undefined ? [each.value] : []));
}

/** A constant of a library goes by its name, `UART_NUM_1`; what a variable holds, nobody knows. */
function written({ value, kind, text }: Expr): string {
  const name = value ?? (kind === 'name' && /^[A-Z][A-Z0-9_]*$/.test(text) ? text : '');
  return name.length <= LONGEST && !name.includes('\n') ? name : '';
}
