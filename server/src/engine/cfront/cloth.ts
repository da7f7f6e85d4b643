/** The tokens of one variant and the replacements made in its text: letter for letter as long as what they cover. */
import type { Item } from './items.js';
import type { Masks } from './masks.js';
import { NAME, PUNCTUATION, type Tokens } from './tokens.js';
import type { Variant } from './variants.js';

export const OPEN = 40;
export const CLOSE = 41;
export const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const COLON = 58;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const BRACKET = 91;
export const UNBRACKET = 93;
export const BRACE = 123;
export const UNBRACE = 125;

export const TYPE_WORDS: ReadonlySet<string> = new Set(
  'struct union enum unsigned signed int char long short float double void const volatile _Bool bool register static _Complex'.split(
    ' ',
  ),
);
export const STORAGE: ReadonlySet<string> = new Set(
  'static extern const volatile register typedef inline'.split(' '),
);
export const JUMPS: ReadonlySet<string> = new Set(['return', 'goto', 'break', 'continue']);
/** Words that a bracket may follow without being a call. */
export const NO_CALL: ReadonlySet<string> = new Set(
  'if while for switch return sizeof _Alignof alignof __alignof __alignof__ _Generic offsetof case do else goto typeof __typeof__ __typeof asm __asm__ __asm defined'.split(
    ' ',
  ),
);
const NO_NAME = new RegExp(`^(${[...TYPE_WORDS, ...JUMPS].join('|')}|else|default|case|if|do|for)$`);

const codes = (characters: string): readonly number[] =>
  Array.from({ length: characters.length }, (_, index) => characters.charCodeAt(index));
const OPERAND_FOLLOWS = codes('=(,[?:+-/&|<>!%^~');
const OPERAND_ENDS = codes(';,)]?:+-*/&|<>=%^}');

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Positions are indices among the tokens that are left after masking; out of bounds there is nothing. */
export class Cloth {
  private replacements: Replacement[] = [];
  prefix = '';
  suffix = '';
  private readonly live: readonly number[];

  constructor(
    readonly tokens: Tokens,
    readonly item: Item,
    private readonly variant: Variant,
    masks: Masks,
  ) {
    this.live = this.unmasked(masks);
  }

  get length(): number {
    return this.live.length;
  }

  position(token: number): number {
    return this.live.indexOf(token);
  }

  kind(at: number): number {
    const token = this.live[at];
    return token === undefined ? 0 : (this.tokens.kinds[token] ?? 0);
  }

  /** The character of a punctuation, else 0. */
  code(at: number): number {
    return this.kind(at) === PUNCTUATION ? this.tokens.text.charCodeAt(this.start(at)) : 0;
  }

  start(at: number): number {
    return this.tokens.starts[this.live[at] ?? -1] ?? this.item.end;
  }

  end(at: number): number {
    return this.tokens.ends[this.live[at] ?? -1] ?? this.item.end;
  }

  text(at: number): string {
    return this.kind(at) === 0 ? '' : this.tokens.text.slice(this.start(at), this.end(at));
  }

  isWord(at: number): boolean {
    return this.kind(at) === NAME;
  }

  /** A word in capitals, as macros are written. */
  isCapitals(at: number): boolean {
    return this.isWord(at) && /^[A-Z_][A-Z0-9_]{2,}$/.test(this.text(at));
  }

  newlineAfter(at: number): boolean {
    return this.tokens.text.slice(this.end(at), this.start(at + 1)).includes('\n');
  }

  /** An offset of white space right behind a position, no newline if it can be helped. */
  gapBehind(at: number): number | undefined {
    const { text } = this.tokens;
    const start = this.end(at);
    const past = this.start(at + 1);
    let place = start;
    while (place < past && text[place] === '\n') place++;
    if (place < past && /\s/.test(text[place] ?? '')) return place;
    return start < past ? start : undefined;
  }

  /** The position of the bracket that closes the one at a position; the last position where none does. */
  closing(at: number): number {
    let depth = 0;
    for (; at < this.live.length; at++) {
      const code = this.code(at);
      if (code === OPEN || code === BRACKET || code === BRACE) depth++;
      else if ((code === CLOSE || code === UNBRACKET || code === UNBRACE) && --depth === 0) return at;
    }
    return this.live.length - 1;
  }

  /** What the new text leaves over becomes white space; newlines stay newlines. */
  replace(start: number, end: number, text: string): void {
    const rest = this.tokens.text.slice(start + text.length, end);
    this.replacements.push({ start, end, text: text + rest.replace(/[^\n]/g, ' ') });
  }

  blank(from: number, past: number): void {
    if (past > from) this.replace(this.start(from), this.end(past - 1), '');
  }

  /** Tokens become one name; replacements made inside are forgotten. */
  fill(from: number, past: number): void {
    if (past <= from) return;
    const [start, end] = [this.start(from), this.end(past - 1)];
    this.replacements = this.replacements.filter((each) => each.end <= start || each.start >= end);
    const line = /^.*/.exec(this.tokens.text.slice(start, end))?.[0] ?? '';
    const name = line.replace(/\W/g, '_').replace(/^\d/, '_');
    this.replace(start, end, NO_NAME.test(name) ? `_${name.slice(1)}` : name);
  }

  /** The text to parse, from the item's start to its end. */
  cut(): string {
    const { text } = this.tokens;
    const { start, end } = this.item;
    const all = [...this.replacements, ...this.absent()];
    if (all.length === 0) return text.slice(start, end);
    const pieces: string[] = [];
    let at = start;
    for (const each of all.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (each.start < at) continue;
      pieces.push(text.slice(at, each.start), each.text);
      at = each.end;
    }
    pieces.push(text.slice(at, end));
    return pieces.join('');
  }

  private unmasked(masks: Masks): number[] {
    const { tokens, variant } = this;
    const live: number[] = [];
    for (let index = 0; index < variant.length; index++) {
      const token = variant[index] ?? 0;
      const takes =
        tokens.kinds[token] === NAME
          ? masks.takes(tokens.text.slice(tokens.starts[token], tokens.ends[token]))
          : undefined;
      if (takes === undefined || this.isOperand(index)) {
        live.push(token);
        continue;
      }
      const last = takes === 'arguments' ? this.pastArguments(index) : index;
      for (; index < last; index++) this.mask(variant[index] ?? 0);
      this.mask(variant[index] ?? 0);
    }
    return live;
  }

  /** A name that stands for nothing is left where something must stand: `x = NAME;`, `p->NAME`. */
  private isOperand(index: number): boolean {
    const before = this.codeOf(index - 1);
    if (before === 0 && this.isAfterOperator(index)) return true;
    if (before === DOT || (before === 62 && this.codeOf(index - 2) === 45)) return true;
    const next = this.codeOf(index + 1);
    return before !== 0 && next !== 0 && OPERAND_FOLLOWS.includes(before) && OPERAND_ENDS.includes(next);
  }

  /** `case NAME:` */
  private isAfterOperator(index: number): boolean {
    const former = this.variant[index - 1];
    if (former === undefined || this.tokens.kinds[former] !== NAME) return false;
    const next = this.codeOf(index + 1);
    return (
      (next === COLON || next === SEMICOLON) &&
      /^(case|return|goto)$/.test(
        this.tokens.text.slice(this.tokens.starts[former], this.tokens.ends[former]),
      )
    );
  }

  private codeOf(index: number): number {
    const token = this.variant[index];
    return token !== undefined && this.tokens.kinds[token] === PUNCTUATION
      ? this.tokens.text.charCodeAt(this.tokens.starts[token] ?? 0)
      : 0;
  }

  private mask(token: number): void {
    this.replace(this.tokens.starts[token] ?? 0, this.tokens.ends[token] ?? 0, '');
  }

  /** Index of the bracket that closes the arguments of a masked name, or of the name where it has none. */
  private pastArguments(index: number): number {
    const { variant } = this;
    let depth = 0;
    for (let at = index + 1; at < variant.length; at++) {
      const code = this.codeOf(at);
      if (depth === 0 && code !== OPEN) return index;
      if (code === OPEN) depth++;
      else if (code === CLOSE && --depth === 0) return at;
    }
    return index;
  }

  /** What is no part of the variant: directives, and the branches not taken with all that stands in them. */
  private absent(): Replacement[] {
    const { item, variant, tokens } = this;
    if (variant.length === item.past - item.first) return [];
    const found: Replacement[] = [];
    const skip = (from: number, past: number): void => {
      if (past <= from) return;
      const start = tokens.starts[from] ?? 0;
      const end = tokens.ends[past - 1] ?? item.end;
      found.push({ start, end, text: tokens.text.slice(start, end).replace(/[^\n]/g, ' ') });
    };
    let token = item.first;
    for (const live of variant) {
      skip(token, live);
      token = live + 1;
    }
    skip(token, item.past);
    return found;
  }
}
