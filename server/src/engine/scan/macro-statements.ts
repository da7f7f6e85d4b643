/** The statements of a macro's body, as far as they say which way the code goes. */

export type Statement =
  | { readonly kind: 'block'; readonly inner: readonly Statement[] }
  /** `do { … } while (0)`. */
  | { readonly kind: 'once'; readonly inner: readonly Statement[] }
  | {
      readonly kind: 'if';
      readonly condition: string;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | { readonly kind: 'leave'; readonly word: string }
  /** An expression or a declaration. */
  | { readonly kind: 'plain'; readonly text: string }
  /** Loops and what else is not followed. */
  | { readonly kind: 'other' };

const DEEPEST = 12;

/** Undefined for a body that is an expression, or that ends in the middle of a statement. */
export function statementsOf(body: string): readonly Statement[] | undefined {
  const text = /^\s*\(\s*(\{[\s\S]*\})\s*\)\s*$/.exec(body)?.[1] ?? body;
  if (!/^\s*(?:\{|(?:do|if|for|while|switch|return|goto|break|continue)\b)|;/.test(text)) return undefined;
  const reader = new Reader(text);
  const statements = reader.all();
  return reader.broken ? undefined : statements;
}

class Reader {
  private at = 0;
  private depth = 0;
  broken = false;

  constructor(private readonly text: string) {}

  all(): Statement[] {
    const found: Statement[] = [];
    this.skip();
    while (this.at < this.text.length && this.text[this.at] !== '}' && !this.broken) {
      found.push(this.statement());
      this.skip();
    }
    return found;
  }

  private statement(): Statement {
    if (++this.depth > DEEPEST) this.broken = true;
    const statement = this.broken ? OTHER : this.read();
    this.depth--;
    return statement;
  }

  private read(): Statement {
    if (this.take('{')) return { kind: 'block', inner: this.block() };
    const word = this.word();
    switch (word) {
      case 'do': {
        this.at += word.length;
        const inner = [this.statement()];
        this.skip();
        if (this.word() !== 'while') this.broken = true;
        else this.at += 'while'.length;
        const condition = this.group();
        this.take(';');
        return condition.trim() === '0' || condition.trim() === 'false' ? { kind: 'once', inner } : OTHER;
      }
      case 'if': {
        this.at += word.length;
        const condition = this.group();
        const yes = [this.statement()];
        this.skip();
        if (this.word() !== 'else') return { kind: 'if', condition, yes, no: [] };
        this.at += 'else'.length;
        this.skip();
        return { kind: 'if', condition, yes, no: [this.statement()] };
      }
      case 'for':
      case 'while':
      case 'switch':
        this.at += word.length;
        this.group();
        this.skip();
        this.statement();
        return OTHER;
      case 'return':
      case 'goto':
      case 'break':
      case 'continue':
        this.upToEnd();
        return { kind: 'leave', word };
      default:
        return { kind: 'plain', text: this.upToEnd().trim() };
    }
  }

  private block(): Statement[] {
    const inner = this.all();
    if (!this.take('}')) this.broken = true;
    return inner;
  }

  private word(): string {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0] ?? '';
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private take(mark: string): boolean {
    this.skip();
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  /** What stands in the brackets that come next; the place behind them is then reached, and blanks are skipped. */
  private group(): string {
    if (!this.take('(')) {
      this.broken = true;
      return '';
    }
    const start = this.at;
    this.walk((char, depth) => char === ')' && depth === 0);
    const inside = this.text.slice(start, this.at);
    if (!this.take(')')) this.broken = true;
    this.skip();
    return inside;
  }

  /** Up to the semicolon, which the last statement of a body may lack. */
  private upToEnd(): string {
    const start = this.at;
    this.walk((char, depth) => depth === 0 && (char === ';' || char === '}'));
    const text = this.text.slice(start, this.at);
    this.take(';');
    return text;
  }

  private walk(stops: (char: string, depth: number) => boolean): void {
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? '';
      if (char === '"' || char === "'") {
        for (this.at++; this.at < this.text.length && this.text[this.at] !== char; this.at++)
          if (this.text[this.at] === '\\') this.at++;
        continue;
      }
      if (stops(char, depth)) return;
      if (char === '(' || char === '[' || char === '{') depth++;
      else if (char === ')' || char === ']' || char === '}') depth--;
    }
  }
}

const OTHER: Statement = { kind: 'other' };
const WORD = /[A-Za-z_]\w*/y;
