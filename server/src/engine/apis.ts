/** API tables: what the functions and types of frameworks mean for security, as data. Compiled once for look-up. */
import { z } from 'zod';
import type { Lang } from '../../../rules/kit/index.js';

/** Meanings by the values that carry them: names, literals, `<2048` for numbers below, `*` for any other known value. */
const values = z.record(z.string(), z.array(z.string()));

const callSetting = z
  .strictObject({
    role: z.string(),
    /** Position of the argument that carries the value; absent where the call itself is the setting. */
    at: z.number().int().nonnegative().optional(),
    values: values.optional(),
    /** What the call itself means, where there is no argument to ask. */
    means: z.string().optional(),
    /** Only where these arguments have one of these values: `{ "1": ["CURLOPT_SSL_VERIFYPEER"] }`. */
    when: z.record(z.string(), z.array(z.string())).optional(),
  })
  .refine(
    (setting) => (setting.at === undefined) === (setting.means !== undefined),
    'either `at` or `means`',
  );

const callEntry = z.strictObject({
  settings: z.array(callSetting).optional(),
  /** Type of the result: `mqtt.MqttClient`. */
  returns: z.string().optional(),
  /** Arguments that are objects or pointers to structs of a known type; the call leaves them as they are. */
  options: z.record(z.string(), z.string()).optional(),
  /** Types of the parameters of a function given as that argument; `*` for any position. */
  callbacks: z.record(z.string(), z.array(z.string())).optional(),
  /** Does not change or keep what it is given: a struct passed to it stays known. */
  reads: z.literal(true).optional(),
});

const typeEntry = z.strictObject({
  /** The same word for the same kind of thing in all libraries: `tls-client`. */
  kind: z.string().optional(),
  /** Of a type of functions: the types of its parameters. */
  params: z.array(z.string()).optional(),
  /** By dotted path of the field. */
  settings: z.record(z.string(), z.strictObject({ role: z.string(), values: values.optional() })).optional(),
});

export const apiTable = z.strictObject({
  $schema: z.string().optional(),
  framework: z.string(),
  lang: z.enum(['c', 'ts']),
  /** Which headers or declarations the names were checked against. */
  source: z.string(),
  calls: z.record(z.string(), callEntry).default({}),
  types: z.record(z.string(), typeEntry).default({}),
  /** Variables of the library and their types: `ble_hs_cfg`. */
  globals: z.record(z.string(), z.string()).default({}),
  /** Macros and functions that check the result of a call given to them: `ESP_ERROR_CHECK`. */
  checking: z.array(z.string()).default([]),
});

export type ApiTable = z.infer<typeof apiTable>;
export type CallEntry = z.infer<typeof callEntry>;
export type CallSetting = z.infer<typeof callSetting>;
export type TypeEntry = z.infer<typeof typeEntry>;
export type Values = z.infer<typeof values>;

/** All tables of one language, joined. A name in two tables has the settings of both. */
export class Apis {
  private readonly calls = new Map<string, CallEntry>();
  private readonly types = new Map<string, TypeEntry>();
  readonly globals = new Map<string, string>();
  readonly checking = new Set<string>();

  constructor(tables: readonly ApiTable[], lang: Lang) {
    for (const table of tables) {
      if (table.lang !== lang) continue;
      for (const [name, entry] of Object.entries(table.calls)) {
        const known = this.calls.get(name);
        const settings = [...(known?.settings ?? []), ...(entry.settings ?? [])];
        this.calls.set(name, { ...known, ...entry, ...(settings.length > 0 && { settings }) });
      }
      for (const [name, entry] of Object.entries(table.types)) {
        const known = this.types.get(name);
        this.types.set(name, { ...known, ...entry, settings: { ...known?.settings, ...entry.settings } });
      }
      for (const [name, type] of Object.entries(table.globals)) this.globals.set(name, type);
      for (const name of table.checking) this.checking.add(name);
    }
  }

  call(name: string): CallEntry | undefined {
    return this.calls.get(name);
  }

  type(name: string): TypeEntry | undefined {
    return this.types.get(name);
  }

  entries(): Iterable<readonly [string, CallEntry]> {
    return this.calls;
  }

  get typeNames(): Iterable<string> {
    return this.types.keys();
  }
}

/** The table's word for a value: by its names first, then by the literal; `*` takes any other known value. */
export function meaningOf(
  table: Values | undefined,
  names: readonly string[],
  value: string | undefined,
): string | undefined {
  if (!table) return undefined;
  for (const [means, spellings] of Object.entries(table))
    for (const spelling of spellings)
      if (names.includes(spelling) || spelling === value || isBelow(spelling, value)) return means;
  if (value === undefined) return undefined;
  return Object.entries(table).find(([, spellings]) => spellings.includes('*'))?.[0];
}

function isBelow(spelling: string, value: string | undefined): boolean {
  if (!spelling.startsWith('<') || value === undefined) return false;
  const number = Number(value);
  return Number.isFinite(number) && number < Number(spelling.slice(1));
}

/** The first spelling of a meaning that is one literal. */
export function spellingOf(table: Values | undefined, means: string): string | undefined {
  return table?.[means]?.find((spelling) => !spelling.startsWith('<') && spelling !== '*');
}
