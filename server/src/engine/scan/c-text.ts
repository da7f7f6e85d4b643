/** What a C text looks like to somebody who only reads it: where comments are, and the text without them. */

const HIDDEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|\\\r?\n/g;

/** Comments and line joins replaced by as many spaces: every offset stays true. Quotes are respected. */
export function blanked(text: string): string {
  if (!/\/[/*]|\\\r?\n/.test(text)) return text;
  return text.replace(HIDDEN, (token) =>
    token.startsWith('/') || token.startsWith('\\') ? ' '.repeat(token.length) : token,
  );
}

/** A line is looked back at no farther than this: a text of one line must not cost its square. */
const LONGEST_LOOK = 400;

/** Where the block comments of a text are. */
export class Comments {
  /** Starts and ends by turns. */
  private readonly ranges: number[] = [];

  constructor(text: string) {
    for (let at = text.indexOf('/*'); at !== -1; at = text.indexOf('/*', at)) {
      if (isQuotedOrCommented(text, at)) {
        at += 2;
        continue;
      }
      const close = text.indexOf('*/', at + 2);
      this.ranges.push(at, close === -1 ? Infinity : close + 2);
      if (close === -1) break;
      at = close + 2;
    }
  }

  /** Asks for places in ascending order: each question goes on where the last one ended. */
  cursor(): (offset: number) => boolean {
    let next = 0;
    return (offset) => {
      while ((this.ranges[next + 1] ?? Infinity) <= offset) next += 2;
      return (this.ranges[next] ?? Infinity) <= offset;
    };
  }
}

const NEWLINE = 10;
const QUOTE = 34;
const SLASH = 47;

/** Whether a place on a line stands behind `//` or an odd number of quotes. */
function isQuotedOrCommented(text: string, offset: number): boolean {
  let quotes = 0;
  const stop = Math.max(0, offset - LONGEST_LOOK);
  for (let at = offset - 1; at >= stop; at--) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) break;
    if (code === QUOTE) quotes++;
    else if (code === SLASH && text.charCodeAt(at - 1) === SLASH) return true;
  }
  return (quotes & 1) === 1;
}

/** What stands before a place on its line. */
export function lineBefore(text: string, offset: number): string {
  const from = Math.max(0, offset - LONGEST_LOOK);
  const line = text.slice(from, offset);
  return line.slice(line.lastIndexOf('\n') + 1);
}

/** Whether nothing but blanks stands before a place on its line. */
export function beginsLine(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return true;
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}

/** The end of the line, joined lines counted as one. */
export function logicalLineEnd(text: string, from: number): number {
  for (let end = from; ;) {
    const newline = text.indexOf('\n', end);
    if (newline === -1) return text.length;
    if (text[newline - 1] !== '\\' && !(text[newline - 1] === '\r' && text[newline - 2] === '\\'))
      return newline;
    end = newline + 1;
  }
}

/** The place behind the bracket that closes the one at `open`; undefined when none does or it is far away. */
export function closing(text: string, open: number, farthest = 200_000): number | undefined {
  const pairs = text[open] === '{' ? '{}' : '()';
  const limit = Math.min(text.length, open + farthest);
  let depth = 0;
  for (let at = open; at < limit; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      for (at++; at < limit && text[at] !== char && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (char === '/' && text[at + 1] === '/') at = logicalLineEnd(text, at);
    else if (char === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return undefined;
      at = end + 1;
    } else if (char === pairs[0]) depth++;
    else if (char === pairs[1] && --depth === 0) return at + 1;
  }
  return undefined;
}
