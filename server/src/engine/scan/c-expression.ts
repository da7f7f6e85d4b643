/** C expressions out of plain text: the bodies of macros, enumerators and array sizes, which no tree holds. */
import { characterValue, cut, numberValue, unquote } from '../facts/literals.js';
import type { ExprFact, PropFact } from '../facts/model.js';
import { isTypeWord } from './c-types.js';

type Kind = 'string' | 'char' | 'name' | 'number' | 'mark';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s*(?:((?:L|u8|u|U)?"(?:[^"\\]|\\.)*")|((?:L|u8|u|U)?'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(0[xX][0-9a-fA-F]+\w*|\.?[0-9](?:[eE][+-]|[\w.])*)|(->|<<|>>|&&|\|\||[=!<>]=|[-+*/%&|^~!?:()[\]{},.=<>])|$)/y;
const KINDS: readonly Kind[] = ['string', 'char', 'name', 'number', 'mark'];

/** Longer or deeper texts than these are no constants. */
const LONGEST = 8000;
const DEEPEST = 60;

const BINARY: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

/** The expression that a text is, its places counted from `offset`; `other` for everything else. */
export function cExpression(text: string, offset = 0): ExprFact {
  const other: ExprFact = { kind: 'other', start: offset, end: offset + text.length, text: cut(text) };
  if (text.length > LONGEST) return other;
  const tokens = tokenize(text);
  if (!tokens || tokens.length === 0) return other;
  const reader = new Reader(text, offset, tokens);
  return reader.whole() ?? other;
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const found = match.slice(1).findIndex((group: string | undefined) => group !== undefined);
    const kind = KINDS[found];
    if (kind === undefined) return tokens;
    const written = match[found + 1] ?? '';
    tokens.push({ kind, text: written, start: TOKEN.lastIndex - written.length, end: TOKEN.lastIndex });
  }
  return undefined;
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): ExprFact | undefined {
    const expression = this.isMark('{') ? this.initializer() : this.conditional();
    return this.at === this.tokens.length ? expression : undefined;
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  private isMark(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'mark' && token.text === text;
  }

  private take(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.at++;
    return true;
  }

  /** A fact from a token on, up to the one read last. */
  private fact(from: number, kind: ExprFact['kind'], more: Partial<ExprFact> = {}): ExprFact {
    const start = this.tokens[from]?.start ?? 0;
    const end = this.tokens[this.at - 1]?.end ?? start;
    return {
      kind,
      start: this.offset + start,
      end: this.offset + end,
      text: cut(this.text.slice(start, end)),
      ...more,
    };
  }

  private conditional(): ExprFact | undefined {
    if (this.depth > DEEPEST) return undefined;
    this.depth++;
    const from = this.at;
    const condition = this.binary(1);
    let result = condition;
    if (condition && this.take('?')) {
      const yes = this.conditional();
      const no = yes && this.take(':') ? this.conditional() : undefined;
      result = yes && no && this.fact(from, 'conditional', { parts: [condition, yes, no] });
    }
    this.depth--;
    return result;
  }

  private binary(least: number): ExprFact | undefined {
    const from = this.at;
    let left = this.unary();
    for (let token = this.token; left && token?.kind === 'mark'; token = this.token) {
      const strength = BINARY[token.text];
      if (strength === undefined || strength < least) break;
      this.at++;
      const right = this.binary(strength + 1);
      left = right && this.fact(from, 'binary', { operator: token.text, parts: [left, right] });
    }
    return left;
  }

  private unary(): ExprFact | undefined {
    if (this.depth > DEEPEST) return undefined;
    this.depth++;
    const result = this.prefixed();
    this.depth--;
    return result;
  }

  private prefixed(): ExprFact | undefined {
    const from = this.at;
    const token = this.token;
    if (token?.kind === 'mark' && /^[-+~!&*]$/.test(token.text)) {
      this.at++;
      const operand = this.unary();
      const kind = token.text === '&' ? 'address' : 'unary';
      return operand && this.fact(from, kind, { operator: token.text, parts: [operand] });
    }
    if (token?.kind === 'name' && token.text === 'sizeof') return this.sizeof();
    const type = this.isMark('(') ? this.typeInside() : undefined;
    if (type !== undefined) {
      if (this.isMark('{')) {
        const value = this.initializer();
        return value && { ...value, ...this.fact(from, value.kind), type: plain(type) };
      }
      const value = this.unary();
      return value && { ...value, type: plain(type), casts: [...(value.casts ?? []), type] };
    }
    return this.postfix();
  }

  private sizeof(): ExprFact | undefined {
    const from = this.at++;
    const type = this.isMark('(') ? this.typeInside() : undefined;
    if (type !== undefined) return this.fact(from, 'sizeof', { parts: [this.fact(from, 'other', { type })] });
    const operand = this.unary();
    return operand && this.fact(from, 'sizeof', { parts: [operand] });
  }

  /** The type of `(type)`, where what stands between the brackets can be nothing else; it is then read. */
  private typeInside(): string | undefined {
    let ahead = 1;
    let words = 0;
    let sure = false;
    for (; this.tokens[this.at + ahead]?.kind === 'name'; ahead++, words++) {
      const word = this.tokens[this.at + ahead]?.text ?? '';
      if (isTypeWord(word)) sure = true;
    }
    if (words === 0) return undefined;
    let stars = 0;
    for (; this.isMark('*', ahead); ahead++) stars++;
    if (!this.isMark(')', ahead)) return undefined;
    const next = this.tokens[this.at + ahead + 1];
    // `(name) 5` and `(name) other` are nothing but casts.
    const followed = next !== undefined && /^(number|name|char)$/.test(next.kind);
    if (!sure && stars === 0 && (words > 1 || !followed)) return undefined;
    const first = this.tokens[this.at + 1];
    const last = this.tokens[this.at + ahead - 1];
    this.at += ahead + 1;
    return this.text.slice(first?.start, last?.end).replace(/\s+/g, ' ');
  }

  private postfix(): ExprFact | undefined {
    const from = this.at;
    let value = this.primary();
    while (value) {
      if (this.take('[')) {
        const index = this.conditional();
        value = index && this.take(']') ? this.fact(from, 'subscript', { parts: [value, index] }) : undefined;
      } else if (this.isMark('.') || this.isMark('->')) {
        this.at++;
        const name = this.token;
        if (name?.kind !== 'name') return undefined;
        this.at++;
        value =
          value.path === undefined
            ? this.fact(from, 'member', { parts: [value] })
            : this.fact(from, 'member', { path: `${value.path}.${name.text}` });
      } else if (this.isMark('(') && value.kind === 'name') value = this.call(from, value);
      else break;
    }
    return value;
  }

  private call(from: number, callee: ExprFact): ExprFact | undefined {
    this.at++;
    const args: ExprFact[] = [];
    while (!this.take(')')) {
      if (args.length > 0 && !this.take(',')) return undefined;
      const argument = this.conditional();
      if (!argument) return undefined;
      args.push(argument);
    }
    const { start, end } = this.fact(from, 'call');
    const call = {
      start,
      end,
      path: callee.path ?? '',
      callee: { start: callee.start, end: callee.end },
      args,
      isNew: false,
      func: -1,
      result: 'used' as const,
    };
    return this.fact(from, 'call', { call });
  }

  private primary(): ExprFact | undefined {
    const from = this.at;
    if (this.take('(')) {
      const inner = this.conditional();
      return inner && this.take(')') ? { ...inner, grouped: true } : undefined;
    }
    const parts: ExprFact[] = [];
    for (let token = this.token; token; token = this.token) {
      const part = this.piece(token);
      if (!part) break;
      parts.push(part);
      // Only strings, and macros that stand for strings, follow each other.
      if (part.kind !== 'string' && part.kind !== 'name') break;
      if (this.token?.kind !== 'string' && this.token?.kind !== 'name') break;
    }
    const [only] = parts;
    if (parts.length < 2) return only;
    return parts.every((part) => part.kind === 'string' || part.kind === 'name')
      ? this.fact(from, 'template', { parts })
      : undefined;
  }

  private piece(token: Token): ExprFact | undefined {
    if (token.kind === 'mark') return undefined;
    const from = this.at++;
    switch (token.kind) {
      case 'string':
        return this.fact(from, 'string', { value: unquote(token.text) });
      case 'char':
        return this.fact(from, 'number', valued(characterValue(token.text)));
      case 'number':
        return this.fact(from, 'number', valued(numberValue(token.text)));
      case 'name':
        if (token.text === 'true' || token.text === 'false')
          return this.fact(from, 'boolean', { value: token.text });
        if (token.text === 'NULL') return this.fact(from, 'null', { value: 'null' });
        return this.fact(from, 'name', { path: token.text });
    }
  }

  /** `{ .a = 1, .b = { … } }`; also `{ 1, 2 }`, the fields of which have no names here. */
  private initializer(): ExprFact | undefined {
    if (this.depth > DEEPEST) return undefined;
    this.depth++;
    const from = this.at++;
    const props: PropFact[] = [];
    const items: ExprFact[] = [];
    while (!this.take('}')) {
      if (props.length + items.length > 0 && !this.take(',')) return undefined;
      if (this.take('}')) break;
      const begin = this.at;
      let key = '';
      while (this.isMark('.') && this.tokens[this.at + 1]?.kind === 'name') {
        key += `${key === '' ? '' : '.'}${this.tokens[this.at + 1]?.text ?? ''}`;
        this.at += 2;
      }
      if (key !== '' && !this.take('=')) return undefined;
      const value = this.isMark('{') ? this.initializer() : this.conditional();
      if (!value) return undefined;
      if (key === '') items.push(value);
      else {
        const { start, end } = this.fact(begin, 'other');
        props.push({ key, at: { start, end }, value });
      }
    }
    this.depth--;
    const zero = items.length === 1 && props.length === 0 && items[0]?.value === '0';
    if (items.length > 0 && props.length === 0 && !zero)
      return this.fact(from, 'array', { parts: items, open: true });
    return this.fact(from, 'object', { props, ...(items.length > 0 && !zero && { open: true }) });
  }
}

function valued(value: string | undefined): { value?: string } {
  return value === undefined ? {} : { value };
}

function plain(type: string): string {
  return type
    .replace(/\b(?:const|volatile)\b|\*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
