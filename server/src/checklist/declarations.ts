/** `skarp.checklist.yaml`: what the maker says of each provision. The shipped JSON schema is generated from here. */
import {
  type Document,
  type Pair,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';
import { z } from 'zod';
import type { FileId, ProvisionId } from '../../../rules/kit/index.js';
import type { Standard } from '../../../rules/standard/standard.js';
import { Lines } from '../engine/lines.js';
import { isInside } from './evidence.js';
import { ROLES, type Role, WORDS } from './words.js';
import { DEEPEST, tooDeepAt } from './nesting.js';
import { editionsOf, nearestIds, provisionsNamed } from './provision-names.js';

export const DECLARATIONS_FILE = 'skarp.checklist.yaml';
export const SCHEMA = 1;
/** Characters: three thousand for each provision, and little enough that no text keeps the parser busy for long. */
export const LARGEST_DECLARATIONS = 256 * 1024;

const said = (what: string): z.ZodString =>
  z.string(`say ${what}, as text; put a number in quotes`).regex(/\S/, `say ${what}`);
const date = z
  .string('a date is written YYYY-MM-DD')
  .refine(isDate, 'a date is written YYYY-MM-DD and exists in the calendar')
  .meta({ format: 'date' });

const entry = z.strictObject({
  declared: z
    .enum(WORDS, `it must be one of ${WORDS.join(', ')}`)
    .describe('What the maker says of the provision.'),
  because: said('why').describe('Why it is so, for a reader who does not know the product.'),
  by: said('who declares it').describe('Who declares it.'),
  on: date.describe('The day of the declaration.'),
  owner: said('who sees to it').optional().describe('Who sees to it that it stays true.'),
  'review-by': date.optional().describe('The day by which somebody looks at it again.'),
  evidence: z
    .array(
      z.strictObject({
        file: z
          .string('name a file')
          .refine(isInside, "evidence is a file in the product's folder, named from there with `/`")
          .describe("A file in the product's folder, named from there."),
        sha256: z
          .string('64 hexadecimal digits are expected')
          .regex(
            /^[0-9a-f]{64}$/,
            '64 hexadecimal digits are expected; `skarp declare --evidence` writes them',
          )
          .describe('SHA-256 of the file after CRLF became LF.'),
      }),
    )
    .optional()
    .describe('Files that show it.'),
});

const answer = z.strictObject({
  level: z
    .int('a level is a number from 0 to 3')
    .min(0, 'a level is a number from 0 to 3')
    .max(3, 'a level is a number from 0 to 3')
    .describe('0 nothing known, 1 declared, 2 supported by code, 3 enforced.'),
  by: said('who answers').describe('Who answers.'),
  on: date.describe('The day of the answer.'),
});
const answersOfRole = z
  .record(z.string().regex(/^(?:[1-9]|1[0-3])$/, 'a heading is a number from 1 to 13'), answer)
  .nullish();
const roles = Object.fromEntries(ROLES.map((role) => [role, answersOfRole])) as Record<
  Role,
  typeof answersOfRole
>;

export const declarationsSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  declarations: z.record(z.string(), entry).nullish().describe('By the quoted id of a provision.'),
  answers: z
    .strictObject(roles)
    .nullish()
    .describe('How far each role believes the product to be, by the quoted number of a heading.'),
});

export type Entry = z.infer<typeof entry>;
export type Answer = z.infer<typeof answer>;
/** By role, and within it by the number of a heading. */
export type Answers = Readonly<Partial<Record<Role, Readonly<Record<string, Answer>>>>>;
export type Declarations = ReadonlyMap<ProvisionId, Entry>;

/** Why a file is not read, in one line that says where and what to do. */
export interface Refusal {
  readonly problem: string;
}

/** What a file says. */
export interface SaidInFile {
  readonly declarations: Declarations;
  readonly answers: Answers;
}

export interface Read extends SaidInFile {
  readonly document: Document;
}

/** Reads a file, or says what is wrong with it. Never throws, whatever the text. */
export function readDeclarations(file: FileId, text: string, standard: Standard): Read | Refusal {
  const refused = (offset: number, words: string): Refusal => {
    const { line, column } = new Lines(text).position(offset);
    return {
      problem: `${file}:${String(line + 1)}:${String(column + 1)}: ${words}; correct it and run again`,
    };
  };
  if (text.length > LARGEST_DECLARATIONS)
    return refused(0, `it is larger than ${String(LARGEST_DECLARATIONS / 1024)} kB`);
  const conflict = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(text);
  if (conflict) return refused(conflict.index, 'a merge conflict is not resolved');
  const deep = tooDeepAt(text);
  if (deep !== undefined) return refused(deep, 'it is nested too deeply');
  let document: Document;
  try {
    // Keys are compared below, where their number does not matter.
    document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
    });
  } catch (error) {
    return refused(0, plain(error instanceof Error ? error.message : String(error)));
  }
  const [broken] = [...document.errors, ...document.warnings];
  if (broken)
    return broken.code === 'MULTIPLE_DOCS'
      ? refused(broken.pos[0], 'it holds two documents; keep one `---`')
      : refused(broken.pos[0], plain(broken.message));
  const odd = oddity(document, standard);
  if (odd) return refused(odd.offset, odd.words);
  if (isEmpty(document)) return { declarations: new Map(), answers: {}, document };
  const result = declarationsSchema.safeParse(document.toJS());
  if (!result.success) {
    const { offset, words } = placed(document, result.error.issues[0]);
    return refused(offset, words);
  }
  return {
    declarations: new Map(Object.entries(result.data.declarations ?? {})) as Declarations,
    answers: Object.fromEntries(
      Object.entries(result.data.answers ?? {}).filter(([, said]) => said !== null && said !== undefined),
    ),
    document,
  };
}

export function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

interface Slip {
  readonly offset: number;
  readonly words: string;
}

/** What plain values would not show any more: aliases, keys that are no text or stand twice, a newer schema, unknown provisions. */
function oddity(document: Document, standard: Standard): Slip | undefined {
  const root = document.contents;
  const slip = keysOf(root, 'here', 0);
  if (slip) return slip;
  if (!isMap(root)) return undefined;
  const schema = root.get('schema', true);
  if (isScalar(schema) && typeof schema.value === 'number' && schema.value > SCHEMA)
    return {
      offset: startOf(schema),
      words: `it is of schema ${String(schema.value)}, which a newer Skarp wrote; this one reads schema ${String(SCHEMA)}`,
    };
  const declarations = root.get('declarations', true);
  if (!isMap(declarations)) return undefined;
  for (const { key } of declarations.items)
    if (isScalar(key)) {
      const name = String(key.value);
      const words = unknownProvision(name, standard);
      if (words !== undefined) return { offset: startOf(key), words };
    }
  return undefined;
}

function keysOf(node: unknown, where: string, depth: number): Slip | undefined {
  if (isAlias(node)) return { offset: startOf(node), words: 'aliases are not read here; write it out' };
  if (depth > DEEPEST) return { offset: startOf(node), words: 'it is nested too deeply' };
  if (isSeq(node)) {
    for (const item of node.items) {
      const slip = keysOf(item, where, depth + 1);
      if (slip) return slip;
    }
    return undefined;
  }
  if (!isMap(node)) return undefined;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const source = isScalar(key) ? (key.source ?? '') : '';
    if (!isScalar(key) || typeof key.value !== 'string')
      return {
        offset: startOf(key, startOf(value, startOf(node))),
        words: source === '' ? 'a key must be text' : `put ${source} in quotes: "${source}"`,
      };
    if (seen.has(key.value))
      return { offset: startOf(key), words: `${short(key.value)} stands twice ${where}; keep one` };
    seen.add(key.value);
    const slip = keysOf(value, `in ${short(key.value)}`, depth + 1);
    if (slip) return slip;
  }
  return undefined;
}

/** Undefined for the id of a provision. */
function unknownProvision(name: string, standard: Standard): string | undefined {
  const named = provisionsNamed(standard, name);
  if (named.some(({ id }) => id === name)) return undefined;
  const [first] = named;
  if (!first)
    return `${short(name)} is no provision; the nearest are ${nearestIds(standard, name).join(', ')}`;
  const ids = named.map(({ id }) => `"${id}"`).join(' or ');
  return `${name} is a label of edition ${editionsOf(first, name).join(' and ')}; write ${ids}`;
}

/** Where an issue of the schema lies, and what it says in plain words. */
function placed(document: Document, issue: z.core.$ZodIssue | undefined): Slip {
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? part.toString() : part));
  const lead = path.length === 0 ? '' : `${path.map((part) => short(String(part))).join(' › ')}: `;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const pair = pairAt(document, [...path, key]);
    return { offset: startOf(pair?.key), words: `${lead}${short(key)} is not known here` };
  }
  let offset = startOf(document.contents);
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    const from = isNode(node) && node.range ? node : pairAt(document, path.slice(0, length))?.key;
    if (from === undefined) continue;
    offset = startOf(from);
    break;
  }
  if (path.length === 0) return { offset, words: 'it must begin with `schema: 1`' };
  if (path.length === 1 && path[0] === 'schema')
    return { offset, words: `it must hold \`schema: ${String(SCHEMA)}\`` };
  if (issue?.code === 'invalid_key') return { offset, words: `${lead}${issue.issues[0]?.message ?? ''}` };
  const last = path.at(-1);
  const isMissing = last !== undefined && document.getIn(path) === undefined;
  return {
    offset,
    words: `${lead}${isMissing ? 'it is missing' : plain(issue?.message ?? 'it is not what is expected here')}`,
  };
}

function pairAt(document: Document, path: readonly (string | number)[]): Pair | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const found = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  return isPair(found) ? found : undefined;
}

function startOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

/** Words of others, on one line and without capitals and a full stop. */
function plain(message: string): string {
  const line = message.replace(/\s+/g, ' ').replace(/[.:;]+$/, '');
  return short(line.charAt(0).toLowerCase() + line.slice(1), 160);
}

/** Text of the file within a message: hostile text must not flood or steer a terminal. */
function short(text: string, most = 40): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return safe.length > most ? `${safe.slice(0, most)}…` : safe;
}

export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
