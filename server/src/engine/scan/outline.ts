/** Enumerators, constants and types of a C text at file scope, read from the text alone. */
import type { Span } from '../facts/model.js';
import { type Comments, blanked, closing, lineBefore } from './c-text.js';
import type { Directive } from './directives.js';

/** A piece of text and where it stands. */
export interface Written {
  readonly text: string;
  readonly start: number;
}

export interface Enumerator extends Span {
  readonly name: string;
  /** The expression it counts from; absent for those that count from nought. */
  readonly base?: Written;
  /** Steps from there; undefined where nobody knows, behind an `#if` or a macro in the list. */
  readonly plus?: number;
  readonly condition?: string;
}

/** `static const int N = 5;`, `const char url[] = "…";`, `char *const p = "…";` */
export interface Constant extends Span {
  readonly name: string;
  readonly body: string;
  /** Declared `static`: another file sees it only by including this one. */
  readonly internal: boolean;
  readonly type: string;
  readonly pointer: boolean;
  /** Array sizes as written, the outermost first. */
  readonly dims: readonly string[];
  readonly condition?: string;
}

export interface Layout {
  /** `struct tag`, and the name that a `typedef` gives it. */
  readonly names: readonly string[];
  readonly union: boolean;
  /** What stands between the braces, comments blanked. */
  readonly body: string;
}

export interface Typedef {
  readonly name: string;
  readonly type: string;
  readonly pointer: boolean;
  readonly dims: readonly string[];
}

export interface Outline {
  readonly enumerators: readonly Enumerator[];
  readonly constants: readonly Constant[];
  readonly layouts: readonly Layout[];
  readonly typedefs: readonly Typedef[];
}

export const EMPTY_OUTLINE: Outline = { enumerators: [], constants: [], layouts: [], typedefs: [] };

/** The `#if`s of a text by place. */
export class Conditions {
  private readonly steps: { at: number; condition: string | undefined; dead: boolean }[] = [];

  /** In order of place. */
  add({ start, conditions, dead }: Directive): void {
    const condition = conditions.length === 0 ? undefined : conditions.map((each) => each.text).join(' && ');
    const last = this.steps.at(-1);
    if (last?.condition !== condition || last?.dead !== dead) this.steps.push({ at: start, condition, dead });
  }

  at(offset: number): { condition: string | undefined; dead: boolean } {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.steps[middle]?.at ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.steps[low - 1] ?? { condition: undefined, dead: false };
  }
}

export function scanOutline(text: string, comments: Comments, conditions: Conditions): Outline {
  const enumerators: Enumerator[] = [];
  const constants: Constant[] = [];
  const layouts: Layout[] = [];
  const typedefs: Typedef[] = [];
  const words = (word: string): Iterable<Place> => places(text, word, comments, conditions);
  for (const { at, condition } of words('enum'))
    for (const each of readEnum(text, at, condition)) enumerators.push(each);
  for (const { at, condition } of words('const')) {
    const constant = readConstant(text, at, condition);
    if (constant && constant.start !== constants.at(-1)?.start) constants.push(constant);
  }
  for (const word of ['struct', 'union'])
    for (const { at } of words(word)) {
      const layout = readLayout(text, at, word);
      if (layout) layouts.push(layout);
    }
  for (const { at } of words('typedef')) {
    const typedef = readTypedef(text, at);
    if (typedef) typedefs.push(typedef);
  }
  return { enumerators, constants, layouts, typedefs };
}

interface Place {
  readonly at: number;
  readonly condition: string | undefined;
}

/** Where a word stands in code that may be built. */
function* places(text: string, word: string, comments: Comments, conditions: Conditions): Generator<Place> {
  const isComment = comments.cursor();
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (isWordPart(text.charCodeAt(at - 1)) || isWordPart(text.charCodeAt(at + word.length))) continue;
    if (isComment(at)) continue;
    const { condition, dead } = conditions.at(at);
    if (!dead) yield { at, condition };
  }
}

function isWordPart(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
  );
}

const ENUM = /enum(?:\s+[A-Za-z_]\w*){0,3}\s*(?::\s*\w+\s*)?\{/y;
const ENUMERATOR = /^\s*([A-Za-z_]\w*)\s*(?:=\s*(\S[\s\S]*?))?\s*$/;

function readEnum(text: string, at: number, condition: string | undefined): Enumerator[] {
  ENUM.lastIndex = at;
  if (!ENUM.test(text)) return [];
  const open = ENUM.lastIndex - 1;
  const end = closing(text, open);
  if (end === undefined) return [];
  const written = blanked(text.slice(open + 1, end - 1));
  const body = written.replace(/^[ \t]*#.*$/gm, (line) => '#'.padEnd(line.length));
  const found: Enumerator[] = [];
  let base: Written | undefined;
  let plus: number | undefined = 0;
  for (const item of pieces(body, ',')) {
    // Behind an `#if` nobody knows where the counting stands.
    if (item.text.includes('#')) plus = undefined;
    const match = ENUMERATOR.exec(item.text.replaceAll('#', ' '));
    const name = match?.[1];
    if (!match || name === undefined) {
      if (item.text.trim() !== '') plus = undefined;
      continue;
    }
    const start = open + 1 + item.start + item.text.indexOf(name);
    if (match[2] !== undefined) {
      base = { text: match[2], start: open + 1 + item.start + item.text.lastIndexOf(match[2]) };
      plus = 0;
    }
    found.push({
      name,
      start,
      end: start + name.length,
      ...(base && { base }),
      ...(plus !== undefined && { plus }),
      ...(condition !== undefined && { condition }),
    });
    if (plus !== undefined) plus++;
    // A directive behind the item on lines of its own belongs to the next one.
  }
  return found;
}

/** Parts of a text between separators that stand outside brackets and quotes. */
export function pieces(text: string, separator: string): Written[] {
  const found: Written[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      for (at++; at < text.length && text[at] !== char && text[at] !== '\n'; at++)
        if (text[at] === '\\') at++;
    } else if (char === '(' || char === '{' || char === '[') depth++;
    else if (char === ')' || char === '}' || char === ']') depth--;
    else if (at === text.length || (char === separator && depth === 0)) {
      found.push({ text: text.slice(from, at), start: from });
      from = at + 1;
    }
  }
  return found;
}

const HEAD = /^((?:[A-Za-z_]\w*[\s*]+)+)([A-Za-z_]\w*)\s*((?:\[[^\]]*\]\s*)*)$/;
/** A longer head is no declaration, a longer value no constant that anybody compares with. */
const LONGEST_HEAD = 300;
const LONGEST_VALUE = 4000;

/** Where the value of a declaration ends; at once where it is none that can be told in short. */
function valueEnd(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < begin + LONGEST_VALUE && at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      for (at++; at < text.length && text[at] !== char && text[at] !== '\n'; at++)
        if (text[at] === '\\') at++;
    } else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '{' || char === '#') return begin;
    else if (char === ';' || (char === ',' && depth === 0)) return at;
  }
  return begin;
}

/** Only what begins a line without indentation stands at file scope. */
function readConstant(text: string, at: number, condition: string | undefined): Constant | undefined {
  const from = at - lineBefore(text, at).length;
  const ahead = text.slice(from, from + LONGEST_HEAD);
  if (!/^[A-Za-z_]/.test(ahead)) return undefined;
  const stop = /[=;(){}#"]/.exec(ahead);
  if (stop?.[0] !== '=' || from + stop.index < at) return undefined;
  const head = HEAD.exec(blanked(ahead.slice(0, stop.index)).trim());
  if (!head) return undefined;
  const [, words = '', name = '', sizes = ''] = head;
  const pointer = words.includes('*');
  if (!/\bconst\b/.test(words) || (pointer && !/\*\s*const\s*$/.test(words))) return undefined;
  const begin = from + stop.index + 1;
  const first = blanked(text.slice(begin, valueEnd(text, begin)));
  const body = first.trim();
  if (body === '' || body.startsWith('{')) return undefined;
  const start = begin + first.indexOf(body);
  return {
    name,
    start,
    end: start + body.length,
    body,
    internal: /\bstatic\b/.test(words),
    type: withoutQualifiers(words),
    pointer,
    dims: dimensions(sizes),
    ...(condition !== undefined && { condition }),
  };
}

const LAYOUT = /(?:struct|union)(?:\s+[A-Za-z_]\w*){0,3}\s*\{/y;
const BEHIND = /\s*(?:[A-Z_][A-Z0-9_]*\s+)?([A-Za-z_]\w*)?\s*[;,]/y;

function readLayout(text: string, at: number, word: string): Layout | undefined {
  LAYOUT.lastIndex = at;
  const match = LAYOUT.exec(text);
  if (!match) return undefined;
  const open = LAYOUT.lastIndex - 1;
  const end = closing(text, open);
  if (end === undefined) return undefined;
  const names: string[] = [];
  const tag = /\s([A-Za-z_]\w*)\s*\{$/.exec(match[0])?.[1];
  if (tag !== undefined) names.push(`${word} ${tag}`);
  if (/\btypedef\s+$/.test(lineBefore(text, at))) {
    BEHIND.lastIndex = end;
    const alias = BEHIND.exec(text)?.[1];
    if (alias !== undefined) names.push(alias);
  }
  if (names.length === 0) return undefined;
  return { names, union: word === 'union', body: blanked(text.slice(open + 1, end - 1)) };
}

const TYPEDEF = /typedef\s+((?:[A-Za-z_]\w*[\s*]+)+)([A-Za-z_]\w*)\s*((?:\[[^\];]*\]\s*)*);/y;

function readTypedef(text: string, at: number): Typedef | undefined {
  TYPEDEF.lastIndex = at;
  const match = TYPEDEF.exec(text);
  if (!match) return undefined;
  const [, words = '', name = '', sizes = ''] = match;
  return { name, type: withoutQualifiers(words), pointer: words.includes('*'), dims: dimensions(sizes) };
}

/** `[4][N + 1]` → `4`, `N + 1`. */
export function dimensions(sizes: string): string[] {
  return [...sizes.matchAll(/\[([^\]]*)\]/g)].map((match) => (match[1] ?? '').trim());
}

export function withoutQualifiers(type: string): string {
  return type
    .replace(/\b(?:const|volatile|static|extern|register|restrict|inline)\b|\*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
