/**
 * The tokens of a C text, as flat arrays: what the front end knows of a file before anything is parsed.
 *
 * Comments are no tokens; a whole preprocessor line, its continuations included, is one. Any text is accepted: a quote
 * that nothing closes ends with its line.
 */

/** Kinds of tokens. The kind of a punctuation, always one character long, is the code of that character. */
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
export const CHAR = 4;
export const DIRECTIVE = 5;
/** Kinds from here on are punctuation. */
export const PUNCTUATION = 32;

export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Starts and ends of comments, one after the other. */
  readonly comments: readonly number[];
  /** Starts of directives. */
  readonly directives: readonly number[];
}

// Classes of the first 128 characters; all others may stand in names.
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const CLASSES = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 13, 32]) CLASSES[code] = SPACE;
for (let code = 48; code < 58; code++) CLASSES[code] = DIGIT;
for (let code = 65; code < 91; code++) CLASSES[code] = CLASSES[code + 32] = LETTER;
CLASSES[95] = CLASSES[36] = LETTER;

const NEWLINE = 10;
const BACKSLASH = 92;

export function tokenize(text: string): Tokens {
  const { length } = text;
  let room = 1024 + (length >> 2);
  let kinds = new Uint8Array(room);
  let starts = new Int32Array(room);
  let ends = new Int32Array(room);
  const comments: number[] = [];
  const directives: number[] = [];
  let count = 0;
  let lineStart = true;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const what = code < 128 ? (CLASSES[code] ?? 0) : LETTER;
    if (what === SPACE) {
      if (code === NEWLINE) lineStart = true;
      at++;
      continue;
    }
    const start = at;
    // A control character is nothing that anybody looks for.
    let kind = code < PUNCTUATION ? PUNCTUATION : code;
    if (what === LETTER) {
      at = wordEnd(text, at + 1);
      kind = NAME;
      const next = text.charCodeAt(at);
      // L"wide" and u8"utf-8" are one literal.
      if ((next === 34 || next === 39) && at - start <= 2 && /^(L|u8?|U|R)$/.test(text.slice(start, at))) {
        kind = next === 34 ? STRING : CHAR;
        at = quoteEnd(text, at, next);
      }
    } else if (what === DIGIT) {
      at = numberEnd(text, at + 1);
      kind = NUMBER;
    } else if (code === 34 || code === 39) {
      at = quoteEnd(text, at, code);
      kind = code === 34 ? STRING : CHAR;
    } else if (code === 47 && text.charCodeAt(at + 1) === 47) {
      at = lineEnd(text, at);
      comments.push(start, at);
      continue;
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf('*/', at + 2);
      at = close === -1 ? length : close + 2;
      comments.push(start, at);
      continue;
    } else if (code === 35 && lineStart) {
      at = directiveEnd(text, at, comments);
      kind = DIRECTIVE;
      directives.push(start);
    } else if (code === BACKSLASH) {
      // A joined line outside of a directive is white space.
      at++;
      continue;
    } else if (code === 46 && CLASSES[text.charCodeAt(at + 1)] === DIGIT) {
      at = numberEnd(text, at + 1);
      kind = NUMBER;
    } else at++;
    lineStart = false;
    if (count === room) {
      room *= 2;
      kinds = grown(kinds, new Uint8Array(room));
      starts = grown(starts, new Int32Array(room));
      ends = grown(ends, new Int32Array(room));
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count++] = at;
  }
  return { text, count, kinds, starts, ends, comments, directives };
}

function grown<Numbers extends Uint8Array | Int32Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}

function wordEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && (CLASSES[code] ?? 0) < LETTER) break;
  }
  return at;
}

/** A number as the preprocessor sees it: `0x1p-3`, `1'000`, `10ULL`. */
function numberEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46 || (code < 128 && (CLASSES[code] ?? 0) >= LETTER)) continue;
    const signed = (code === 43 || code === 45) && /[eEpP]/.test(text.charAt(at - 1));
    if (!signed || /^0[xX][^pP]*$/.test(text.slice(Math.max(0, at - 20), at).replace(/.*[^\w.]/, ''))) break;
  }
  return at;
}

function quoteEnd(text: string, at: number, quote: number): number {
  for (at++; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      if (text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === NEWLINE) at++;
      at++;
    } else if (code === quote) return at + 1;
    else if (code === NEWLINE) return at;
  }
  return text.length;
}

/** The end of a line that may be continued. */
function lineEnd(text: string, at: number): number {
  for (;;) {
    const newline = text.indexOf('\n', at);
    if (newline === -1) return text.length;
    const before = text.charCodeAt(newline - 1) === 13 ? newline - 2 : newline - 1;
    if (text.charCodeAt(before) !== BACKSLASH) return newline;
    at = newline + 1;
  }
}

/** A directive ends with its line, but a block comment that begins there may go on. */
function directiveEnd(text: string, at: number, comments: number[]): number {
  let end = lineEnd(text, at);
  for (let slash = text.indexOf('/', at); slash !== -1 && slash < end; slash = text.indexOf('/', slash + 1)) {
    const next = text.charCodeAt(slash + 1);
    if (next === 47) {
      comments.push(slash, end);
      break;
    }
    if (next !== 42 || inQuotes(text, at, slash)) continue;
    const close = text.indexOf('*/', slash + 2);
    const past = close === -1 ? text.length : close + 2;
    comments.push(slash, past);
    if (past > end) end = lineEnd(text, past);
    slash = past - 1;
  }
  return end;
}

/** Whether a place of a line stands in a string: `#include "a/*.h"`. */
function inQuotes(text: string, from: number, at: number): boolean {
  let inside = false;
  for (; from < at; from++) {
    const code = text.charCodeAt(from);
    if (code === BACKSLASH) from++;
    else if (code === 34) inside = !inside;
  }
  return inside;
}

/** The word of a directive: `if`, `else`, `define`; empty for a lone `#`. */
export function directiveWord(text: string, start: number): string {
  let at = start + 1;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at++;
  return text.slice(at, wordEnd(text, at));
}

/** What a directive says behind its word, without comments and the ends of joined lines. */
export function directiveText({ text, starts, ends }: Tokens, index: number): string {
  return text
    .slice(starts[index], ends[index])
    .replace(/^#\s*\w+/, '')
    .replace(/\/\*[\s\S]*?(\*\/|$)|\/\/.*|\\\r?\n/g, ' ');
}
