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

/** An argument by position, `3..` for it and all that follow, `this` for what a method is called on. */
const position = z.string().regex(/^(\d+(\.\.)?|this)$/);
const result = z.union([position, z.literal('return')]);
/** An argument, or a field of what it is: `0.url`. */
const part = z.string().regex(/^(\d+(\.\.)?|this)(\.[\w$-]+)*$/);
/**
 * Values by argument or field: names, numbers, texts; `*` for any known one, `^http://` for all texts that begin so,
 * `!html` for all that do not hold the word, none where it is left out.
 */
const allowed = z.record(part, z.array(z.string()));

/** What an argument or a part of it is used as, under conditions that must be known to hold. */
const sink = z.strictObject({
  role: z.string(),
  at: part,
  when: allowed.optional(),
  /** Only where this argument goes by this mark, or by none of this name. */
  marked: z.tuple([position, z.string()]).optional(),
  unmarked: z.tuple([position, z.string()]).optional(),
});

/** What a call does with values, for the analysis of flow. Nothing of it is known from a name alone. */
const flowing = {
  /**
   * Kind of what comes from outside: in the result (`return`), behind an argument (`1`), or as a parameter of a function
   * given as an argument (`1.0`: the first parameter of argument 1).
   */
  source: z.record(z.union([result, z.string().regex(/^\d+\.\d+$/)]), z.string()).optional(),
  /** `{ "2": "1" }`: what comes in behind argument 2 is called as argument 1 says, and a secret if that is a secret's name. */
  named: z.record(result, z.string().regex(/^\d+$/)).optional(),
  /** What comes in so was sent by whoever asks: a secret among it is what they want to come in with. */
  offered: z.literal(true).optional(),
  /** Sources count only where these arguments have one of these values: `{ "0": ["message"] }`. */
  when: z.record(z.string(), z.array(z.string())).optional(),
  /** What an argument is used as: `a copy length`, `a command`. */
  sink: z.record(position, z.union([z.string(), z.array(z.string())])).optional(),
  /** The same for a part of an argument, or only under conditions. */
  sinks: z.array(sink).optional(),
  /** Says something of an argument or the result that sinks ask for later: a content type, a client without TLS. */
  marks: z.array(z.strictObject({ at: result, as: z.string(), when: allowed.optional() })).optional(),
  /** Gives back what it was called on, or this argument, itself. */
  gives: position.optional(),
  /** This argument is an address: `a plain channel` is one only where its scheme is not encrypted and leads elsewhere. */
  address: z.number().int().nonnegative().optional(),
  /** `"1 -> 0"`: what argument 1 holds is afterwards behind argument 0. `[]`: nothing goes anywhere. */
  flow: z.array(z.string().regex(/^(\d+(\.\.)?|this) -> (\d+|this|return)$/)).optional(),
  /** `{ "0": "2" }`: up to argument 2 bytes are written behind argument 0. */
  fills: z.record(position, z.string().regex(/^\d+$/)).optional(),
  /** `{ "1": "2" }`: up to argument 2 bytes are read behind argument 1. */
  takes: z.record(position, z.string().regex(/^\d+$/)).optional(),
  /** What argument 0 holds stays, and what `fills` says is added to it. */
  appends: z.literal(true).optional(),
  /** `{ "0": "1" }`: all of the text in argument 1 and its end are written behind argument 0, however much fits there. */
  whole: z.record(position, position).optional(),
  /** Position of a printf format: only texts among the values after it carry text on. */
  format: z.number().int().nonnegative().optional(),
  /** `{ "2": "0" }`: behind argument 2 stands a digest of argument 0: no secret any more, and as easy to guess. */
  digests: z.record(position, position).optional(),
  /** What a result or an argument is free of afterwards: `text`, `number`, a role, `*` for all. */
  cleans: z.record(result, z.array(z.string())).optional(),
  /** What an argument is free of where the result is true. */
  checks: z.record(position, z.array(z.string())).optional(),
  /** What an argument is free of where the result is false, if what is looked for is one of these: `strstr(path, "..")`. */
  refuses: z
    .array(z.strictObject({ at: position, when: allowed.optional(), of: z.array(z.string()) }))
    .optional(),
  /** `{ "0": "this" }`: argument 0 is matched with the pattern that the method belongs to; the pattern says what of. */
  matches: z.record(position, position).optional(),
  /** Asks a function of each element: false means no for all, or true means yes for all. */
  asks: z.enum(['some', 'every']).optional(),
  /** What this pattern finds is taken away or replaced in the result. */
  strips: position.optional(),
  /** What is found of the result is found of this argument: `path.relative(root, path)`. */
  about: position.optional(),
  /** This argument begins as argument 0 where the result, a position, is zero. */
  begins: position.optional(),
  /** One argument begins as the other where the result is zero: `strncmp`. */
  prefix: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).optional(),
  /** Two arguments are the same text where the result is zero: `strcmp`. */
  equal: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).optional(),
  /** This argument is true afterwards, or the call does not come back: `assert`. */
  holds: z.number().int().nonnegative().optional(),
  /** `"return <= 2"`: the result is at most argument 2. */
  bounds: z.array(z.string().regex(/^return (<=|>=) (-?\d+|#-?\d+)$/)).optional(),
  /** How a failure shows in the result. */
  fails: z.enum(['null', 'negative']).optional(),
  frees: z.array(z.number().int().nonnegative()).optional(),
  /** Gives back memory of its own: size as arguments, `"0"`, `"0*1"`; empty where the size is not told. */
  allocates: z
    .string()
    .regex(/^(\d+(\*\d+)?)?$/)
    .optional(),
  /** What it allocates is the function's own and gone when that ends: `alloca`. */
  onStack: z.literal(true).optional(),
  /** Overwrites what lies behind the argument, and no compiler takes that away. */
  wipes: z.array(z.number().int().nonnegative()).optional(),
  /** Arguments behind which the same byte is written: no secret is left, though compilers may drop the call. */
  overwrites: z.array(z.number().int().nonnegative()).optional(),
  /** `{ "3": "0" }`: what lies behind argument 3 must not be the same twice under the key in argument 0. */
  once: z.record(z.string().regex(/^\d+$/), z.string().regex(/^\d+$/)).optional(),
  /** Does not come back. */
  exits: z.literal(true).optional(),
};

const callEntry = z.strictObject({
  ...flowing,
  settings: z.array(callSetting).optional(),
  /** Type of the result: `mqtt.MqttClient`. */
  returns: z.string().optional(),
  /** Arguments that are objects or pointers to structs of a known type; the call leaves them as they are. */
  options: z.record(z.string(), z.string()).optional(),
  /** Argument 0 is a plugin of one of these names, argument 1 an object of that type: its options. */
  plugins: z.record(z.string(), z.string()).optional(),
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
  /** Fields that come from outside: `{ "query": "http request" }`; `*` for every field. */
  source: z.record(z.string(), z.string()).optional(),
  /** Fields from outside that hold others by name, and are no text themselves. */
  records: z.array(z.string()).optional(),
  /** Its fields are what people call them, and secrets where that is a secret's name. */
  named: z.literal(true).optional(),
  /** Types of fields: `{ "request": "koa.Request" }`; `*` for every field. */
  fields: z.record(z.string(), z.string()).optional(),
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
  /** Values of the library that come from outside: `process.env`. */
  values: z
    .record(z.string(), z.strictObject({ source: z.string().optional(), type: z.string().optional() }))
    .default({}),
  /** Functions that a framework calls, by the names of their first parameters, where the product imports the module. */
  handlers: z
    .array(
      z.strictObject({ params: z.array(z.string()).min(2), types: z.array(z.string()), imports: z.string() }),
    )
    .default([]),
  /** Functions of the product that somebody outside calls, and what their parameters bring: `main`. */
  entries: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Variables of the library and their types: `ble_hs_cfg`. */
  globals: z.record(z.string(), z.string()).default({}),
  /** Macros and functions that check the result of a call given to them: `ESP_ERROR_CHECK`. */
  checking: z.array(z.string()).default([]),
});

/** Role, for the analysis of flow, of what nobody else should know; and the roles of settings that say so. */
export const PASSWORD = 'a password or key';
/** The same where callers hand it over: a text that stands there is in the source. */
export const HANDED = 'a password that is handed over';
const PASSWORDS = new Set(
  'wifi.password provisioning.pop mqtt.password auth.password auth.psk crypto.key jwt.secret session.secret'.split(
    ' ',
  ),
);

export type ApiTable = z.infer<typeof apiTable>;
export type CallEntry = z.infer<typeof callEntry> & {
  /** Arguments and their fields that hold a password or key, as settings say. */
  readonly passwords?: readonly SinkEntry[];
};
export type SinkEntry = z.infer<typeof sink>;
export type Handler = ApiTable['handlers'][number];
export type CallSetting = z.infer<typeof callSetting>;
export type TypeEntry = z.infer<typeof typeEntry>;
export type Values = z.infer<typeof values>;

/** All tables of one language, joined. A name in two tables has the settings of both. */
export class Apis {
  private readonly calls = new Map<string, CallEntry>();
  private readonly types = new Map<string, TypeEntry>();
  readonly globals = new Map<string, string>();
  readonly entryPoints = new Map<string, Readonly<Record<string, string>>>();
  readonly values = new Map<
    string,
    { readonly source?: string | undefined; readonly type?: string | undefined }
  >();
  readonly checking = new Set<string>();
  readonly handlers: Handler[] = [];

  constructor(tables: readonly ApiTable[], lang: Lang) {
    for (const table of tables) {
      if (table.lang !== lang) continue;
      for (const [name, entry] of Object.entries(table.calls)) {
        const known = this.calls.get(name);
        const settings = [...(known?.settings ?? []), ...(entry.settings ?? [])];
        this.calls.set(name, {
          ...known,
          ...entry,
          ...(settings.length > 0 && { settings }),
          ...joined('sink', known, entry),
          ...joined('source', known, entry),
          ...listed('sinks', known, entry),
          ...listed('marks', known, entry),
          ...listed('refuses', known, entry),
        });
      }
      for (const [name, entry] of Object.entries(table.types)) {
        const known = this.types.get(name);
        this.types.set(name, {
          ...known,
          ...entry,
          settings: { ...known?.settings, ...entry.settings },
          ...(known?.source && entry.source && { source: { ...known.source, ...entry.source } }),
          ...(known?.fields && entry.fields && { fields: { ...known.fields, ...entry.fields } }),
        });
      }
      for (const [name, params] of Object.entries(table.entries)) this.entryPoints.set(name, params);
      for (const [name, value] of Object.entries(table.values)) this.values.set(name, value);
      for (const [name, type] of Object.entries(table.globals)) this.globals.set(name, type);
      for (const name of table.checking) this.checking.add(name);
      this.handlers.push(...table.handlers);
    }
    for (const [name, entry] of this.calls) {
      const passwords = this.passwordsOf(entry);
      if (passwords.length > 0) this.calls.set(name, { ...entry, passwords });
    }
  }

  private passwordsOf({ settings = [], options = {} }: CallEntry): SinkEntry[] {
    const both = (setting: string, at: string, when?: SinkEntry['when']): SinkEntry[] =>
      PASSWORDS.has(setting)
        ? // A text that is a key to a derivation is mostly a label.
          [PASSWORD, ...(setting === 'crypto.key' ? [] : [HANDED])].map((role) => ({ role, at, when }))
        : [];
    const given = settings.flatMap(({ role, at, when }) =>
      at === undefined ? [] : both(role, String(at), when),
    );
    const fields = Object.entries(options).flatMap(([at, type]) =>
      Object.entries(this.types.get(type)?.settings ?? {}).flatMap(([field, { role }]) =>
        both(role, `${at}.${field}`),
      ),
    );
    return [...given, ...fields];
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

/** What two tables say of the same argument holds both. */
function joined<Key extends 'sink' | 'source'>(
  key: Key,
  known: CallEntry | undefined,
  entry: CallEntry,
): Partial<Pick<CallEntry, Key>> {
  const [one, other] = [known?.[key], entry[key]];
  if (!one || !other) return {};
  const both: Record<string, string | string[]> = { ...one };
  for (const [word, said] of Object.entries(other))
    both[word] = key === 'sink' && both[word] !== undefined ? [...new Set([both[word], said].flat())] : said;
  return { [key]: both } as Partial<Pick<CallEntry, Key>>;
}

function listed<Key extends 'sinks' | 'marks' | 'refuses'>(
  key: Key,
  known: CallEntry | undefined,
  entry: CallEntry,
): Partial<Pick<CallEntry, Key>> {
  const [one, other] = [known?.[key], entry[key]];
  return one && other ? ({ [key]: [...one, ...other] } as Partial<Pick<CallEntry, Key>>) : {};
}

/** Roles that a call's arguments are used in, whatever the conditions. */
export function rolesOf({ sink: plain, sinks, passwords }: CallEntry): readonly string[] {
  const parts = [...(sinks ?? []), ...(passwords ?? [])];
  return [...Object.values(plain ?? {}).flat(), ...parts.map(({ role }) => role)];
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

/** Types of arguments by position, those of a plugin's options included; `first` is what argument 0 names. */
export function optionTypes(
  entry: CallEntry | undefined,
  first: { readonly names: readonly string[]; readonly text: string } | undefined,
): readonly (readonly [number, string])[] {
  const types = Object.entries(entry?.options ?? {}).map(([index, type]) => [Number(index), type] as const);
  if (!entry?.plugins || !first) return types;
  const required = /^require\(\s*['"`]([^'"`]+)['"`]\s*\)/.exec(first.text)?.[1];
  const { plugins } = entry;
  const name = [...first.names, required ?? ''].find((each) => Object.hasOwn(plugins, each));
  const type = name === undefined ? undefined : plugins[name];
  return type === undefined ? types : [...types, [1, type]];
}

/** The first spelling of a meaning that is one literal. */
export function spellingOf(table: Values | undefined, means: string): string | undefined {
  return table?.[means]?.find((spelling) => !spelling.startsWith('<') && spelling !== '*');
}
