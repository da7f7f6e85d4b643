/** Which characters a regular expression lets through: read roughly, and on the side of letting through. */

/** Stands for every character that is not named. */
const ANY = 'any';

/** Characters, or all but these. */
interface Class {
  readonly chars: ReadonlySet<string>;
  readonly isNegated: boolean;
}

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const WORD = ASCII.filter((char) => /\w/.test(char));
const DIGIT = ASCII.filter((char) => /\d/.test(char));
const SPACE = [' ', '\t', '\n', '\r', '\f', '\v'];
const LINES = ['\n', '\r'];

export class Pattern {
  readonly isGlobal: boolean;
  private readonly source: string;
  private readonly ignoresCase: boolean;

  constructor(written: string) {
    const end = written.lastIndexOf('/');
    this.source = written.slice(1, end);
    const flags = written.slice(end + 1);
    this.isGlobal = flags.includes('g');
    this.ignoresCase = flags.includes('i');
  }

  /** Whether it speaks of the text from its start to its end, and not of a line or an alternative only. */
  get isWhole(): boolean {
    return (
      this.source.startsWith('^') &&
      /(^|[^\\])(\\\\)*\$$/.test(this.source) &&
      (!hasBar(this.source) || /^\^\((?:\?:)?[^()]*\)\$$/.test(this.source))
    );
  }

  /** Whether it begins with an address whose host is fixed: `^https://api\.example\.com/`. */
  get fixesHost(): boolean {
    return /^\^[a-z]+\??:\\?\/\\?\/(?:[\w-]|\\\.)+(?::\d+)?\\?\//.test(this.source);
  }

  /** Whether a text that matches as a whole may hold a character. */
  lets(char: string): boolean {
    return this.parts().some((part) => holds(part, char, this.ignoresCase));
  }

  /** Whether every text that holds the character matches somewhere. */
  finds(char: string): boolean {
    return alternatives(this.source).some((each) => {
      const [only, ...rest] = partsOf(each.replace(/^\((?:\?:)?(.*)\)\+?$/, '$1').replace(/[+]$/, ''));
      return only !== undefined && rest.length === 0 && holds(only, char, this.ignoresCase);
    });
  }

  /** The text that it finds, where it is a plain one: `..`. */
  get plain(): string | undefined {
    const text = this.source.replace(/\\([./\\-])/g, '$1');
    return /[\\^$*+?()[\]{}|]/.test(text) || /(^|[^\\])\./.test(this.source) ? undefined : text;
  }

  private parts(): readonly Class[] {
    return partsOf(this.source);
  }
}

function hasBar(source: string): boolean {
  return /(^|[^\\])\|/.test(source.replace(/\[(?:\\.|[^\]\\])*\]/g, ''));
}

/** Alternatives of the outermost level, where there are no groups. */
function alternatives(source: string): string[] {
  const found = [''];
  const add = (text: string): void => {
    found.push((found.pop() ?? '') + text);
  };
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === '\\') {
      add(char + (source[++at] ?? ''));
      continue;
    }
    if (char === '[') inClass = true;
    if (char === ']') inClass = false;
    if (char === '|' && !inClass) found.push('');
    else add(char);
  }
  return found;
}

function holds({ chars, isNegated }: Class, char: string, ignoresCase: boolean): boolean {
  const named =
    chars.has(char) ||
    (ignoresCase && (chars.has(char.toLowerCase()) || chars.has(char.toUpperCase()))) ||
    chars.has(ANY);
  return named !== isNegated;
}

/** What may stand in a text that matches: one class for each part of the pattern that takes a character. */
function partsOf(source: string): Class[] {
  const parts: Class[] = [];
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === '\\') {
      const letter = source[++at] ?? '';
      if (letter !== 'b' && letter !== 'B') parts.push(escaped(letter));
    } else if (char === '.') parts.push({ chars: new Set(LINES), isNegated: true });
    else if (char === '[') {
      const end = endOfClass(source, at);
      parts.push(classOf(source.slice(at + 1, end)));
      at = end;
    } else if (char === '{') at = Math.max(at, source.indexOf('}', at));
    else if (char === '(' && source[at + 1] === '?') {
      // A group's own marks, and what is only looked at.
      const mark = /^\(\?(?:[:=!]|<[=!]|<\w+>)/.exec(source.slice(at))?.[0] ?? '(';
      at += mark.length - 1;
    } else if (!/[()*+?^$|]/.test(char)) parts.push({ chars: new Set([char]), isNegated: false });
  }
  return parts;
}

function endOfClass(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ']' && at > start + 1) return at;
  }
  return source.length;
}

function classOf(inner: string): Class {
  const isNegated = inner.startsWith('^');
  const chars = new Set<string>();
  const text = isNegated ? inner.slice(1) : inner;
  for (let at = 0; at < text.length; at++) {
    let char = text[at] ?? '';
    if (char === '\\') {
      const found = escaped(text[++at] ?? '');
      for (const each of found.isNegated ? ASCII.filter((one) => !found.chars.has(one)) : found.chars)
        chars.add(each);
      if (found.isNegated) chars.add(ANY);
      char = found.chars.size === 1 ? ([...found.chars][0] ?? '') : '';
    } else chars.add(char);
    const last = text[at + 2];
    if (char !== '' && text[at + 1] === '-' && last !== undefined) {
      const to = last === '\\' ? (text[at + 3] ?? '') : last;
      for (let code = char.charCodeAt(0); code <= Math.min(to.charCodeAt(0), 127); code++)
        chars.add(String.fromCharCode(code));
      at += last === '\\' ? 3 : 2;
    }
  }
  return { chars, isNegated };
}

function escaped(letter: string): Class {
  const of = (chars: readonly string[], isNegated = false): Class => ({ chars: new Set(chars), isNegated });
  switch (letter) {
    case 'w':
      return of(WORD);
    case 'W':
      return of(WORD, true);
    case 'd':
      return of(DIGIT);
    case 'D':
      return of(DIGIT, true);
    case 's':
      return of(SPACE);
    case 'S':
      return of(SPACE, true);
    case 'n':
      return of(['\n']);
    case 'r':
      return of(['\r']);
    case 't':
      return of(['\t']);
    case 'p':
    case 'P':
    case 'u':
    case 'x':
      return of([ANY]);
    default:
      return of([letter]);
  }
}
