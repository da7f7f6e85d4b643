/** The tokens of one variant and the replacements made in its text: letter for letter as long as what they cover. */
import type { CText } from './ctext.js';
import type { Item } from './items.js';
import { NAME, PUNCTUATION, type Tokens } from './tokens.js';
import type { Variant } from './variants.js';
import { CAPITALS, MASKED, MASKED_CALL, OPERATOR, RESERVED, isKnown } from './words.js';

export const OPEN = 40;
export const CLOSE = 41;
export const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const COLON = 58;
export const SEMICOLON = 59;
export const EQUALS = 61;
const MINUS = 45;
const GREATER = 62;
export const BRACKET = 91;
export const UNBRACKET = 93;
export const BRACE = 123;
export const UNBRACE = 125;

const codes = (characters: string): readonly number[] =>
  Array.from({ length: characters.length }, (_, index) => characters.charCodeAt(index));
const OPERAND_FOLLOWS = codes('=(,[?:+-/&|<>!%^~');
const OPERAND_ENDS = codes(';,)]?:+-*/&|<>=%^}');

/** Whether a word between two characters of punctuation is an operand there: `= NAME;`. */
export function isOperandBetween(before: number, next: number): boolean {
  return next !== 0 && OPERAND_FOLLOWS.includes(before) && OPERAND_ENDS.includes(next);
}

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
  readonly tokens: Tokens;
  private readonly kinds: Uint8Array;
  private readonly words: Uint16Array;
  /** Token of position 0, where all of the item's are there. */
  private readonly first: number;
  /** Tokens by position; undefined where all of the item's are there. */
  private readonly live: readonly number[] | undefined;
  readonly length: number;
  /** Position of the brace of a function's body, -1 where there is none. */
  readonly body: number;

  constructor(
    { tokens, words }: CText,
    readonly item: Item,
    private readonly variant: Variant,
  ) {
    this.tokens = tokens;
    this.kinds = tokens.kinds;
    this.words = words;
    this.first = item.first;
    this.live = variant;
    this.length = variant ? variant.length : item.past - item.first;
    if (this.hasMasks()) {
      this.live = this.unmasked();
      this.length = this.live.length;
    }
    this.body = item.body < 0 ? -1 : this.position(item.body);
  }

  private position(token: number): number {
    if (!this.live) return token - this.first;
    let low = 0;
    let high = this.live.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.live[middle] ?? 0;
      if (found === token) return middle;
      if (found < token) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The token at a position, -1 out of bounds. */
  private token(at: number): number {
    if (at < 0 || at >= this.length) return -1;
    return this.live ? (this.live[at] ?? -1) : this.first + at;
  }

  kind(at: number): number {
    if (at < 0 || at >= this.length) return 0;
    return this.kinds[this.live ? (this.live[at] ?? 0) : this.first + at] ?? 0;
  }

  /** The character of a punctuation, else 0. */
  code(at: number): number {
    const kind = this.kind(at);
    return kind >= PUNCTUATION ? kind : 0;
  }

  /** What is known of a word; 0 for all that is none. */
  bits(at: number): number {
    if (at < 0 || at >= this.length) return 0;
    return this.words[this.live ? (this.live[at] ?? 0) : this.first + at] ?? 0;
  }

  /** Whether a word has one of some bits. */
  is(at: number, bits: number): boolean {
    return (this.bits(at) & bits) !== 0;
  }

  start(at: number): number {
    const token = this.token(at);
    return token < 0 ? this.item.end : (this.tokens.starts[token] ?? 0);
  }

  end(at: number): number {
    const token = this.token(at);
    return token < 0 ? this.item.end : (this.tokens.ends[token] ?? 0);
  }

  text(at: number): string {
    return this.kind(at) === 0 ? '' : this.tokens.text.slice(this.start(at), this.end(at));
  }

  /** Whether a word ends in another, or is it. */
  ends(at: number, word: string): boolean {
    const from = this.end(at) - word.length;
    if (from < this.start(at) || !this.tokens.text.startsWith(word, from)) return false;
    return from === this.start(at) || this.tokens.text[from - 1] === '_';
  }

  isWord(at: number): boolean {
    return this.kind(at) === NAME;
  }

  /** A word in capitals, as macros are written. */
  isCapitals(at: number): boolean {
    return this.is(at, CAPITALS);
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
    const { length } = this;
    for (; at < length; at++) {
      const kind = this.kind(at);
      if (kind === OPEN || kind === BRACKET || kind === BRACE) depth++;
      else if ((kind === CLOSE || kind === UNBRACKET || kind === UNBRACE) && --depth === 0) return at;
    }
    return length - 1;
  }

  /** What the new text leaves over becomes white space; newlines stay newlines. */
  replace(start: number, end: number, text: string): void {
    this.replacements.push({ start, end, text: text + this.blanks(start + text.length, end) });
  }

  /** White space as long as a stretch of the text, with its newlines. */
  private blanks(start: number, end: number): string {
    if (end <= start) return '';
    const { text } = this.tokens;
    let made = '';
    let at = start;
    for (
      let newline = text.indexOf('\n', at);
      newline !== -1 && newline < end;
      newline = text.indexOf('\n', at)
    ) {
      made += `${' '.repeat(newline - at)}\n`;
      at = newline + 1;
    }
    return made + ' '.repeat(end - at);
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
    this.replace(start, end, isKnown(name, RESERVED) ? `_${name.slice(1)}` : name);
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

  private hasMasks(): boolean {
    for (let at = 0; at < this.length; at++) if ((this.bits(at) & MASKED) !== 0) return true;
    return false;
  }

  private unmasked(): number[] {
    const live: number[] = [];
    for (let at = 0; at < this.length; at++) {
      if (!this.is(at, MASKED) || this.isOperand(at)) {
        live.push(this.token(at));
        continue;
      }
      const past = this.is(at, MASKED_CALL) && this.code(at + 1) === OPEN ? this.closing(at + 1) + 1 : at + 1;
      for (let masked = at; masked < past; masked++) this.blank(masked, masked + 1);
      at = past - 1;
    }
    return live;
  }

  /** A name that stands for nothing is left where something must stand: `x = NAME;`, `p->NAME`, `case NAME:`. */
  private isOperand(at: number): boolean {
    const before = this.code(at - 1);
    const next = this.code(at + 1);
    if (before === DOT || (before === GREATER && this.code(at - 2) === MINUS)) return true;
    if (before === 0) return (next === COLON || next === SEMICOLON) && this.is(at - 1, OPERATOR);
    return isOperandBetween(before, next);
  }

  /** What is no part of the variant: directives, and the branches not taken with all that stands in them. */
  private absent(): Replacement[] {
    const { item, variant, tokens } = this;
    if (!variant || variant.length === item.past - item.first) return [];
    const found: Replacement[] = [];
    const skip = (from: number, past: number): void => {
      if (past <= from) return;
      const start = tokens.starts[from] ?? 0;
      const end = tokens.ends[past - 1] ?? item.end;
      found.push({ start, end, text: this.blanks(start, end) });
    };
    let token = item.first;
    for (const live of variant) {
      if (live !== token) skip(token, live);
      token = live + 1;
    }
    skip(token, item.past);
    return found;
  }
}
