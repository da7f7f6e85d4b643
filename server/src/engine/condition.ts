/**
 * `#if` conditions judged by the product's own config. Three answers: true, false, and undefined where somebody else
 * decides. Only symbols that a config file may set are known; an unknown part leaves the whole open unless the other
 * part settles it.
 */

/** What a config says of a symbol: its value, `false` where it is known not to be set, undefined where unknown. */
export type ConfigValue = string | false | undefined;

/** Whether what stands under a condition is built. */
export function isBuilt(condition: string, config: (symbol: string) => ConfigValue): boolean | undefined {
  const value = new Evaluation(condition, config).whole();
  return value === undefined ? undefined : value !== 0;
}

const TOKEN = /\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]*|([A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[<>!()+-])|(\S))/y;
/** Deeper nesting is no condition that a person wrote. */
const DEEPEST = 60;

type Value = number | undefined;

class Evaluation {
  private readonly tokens: string[] = [];
  private at = 0;
  private depth = 0;
  private failed = false;

  constructor(
    condition: string,
    private readonly config: (symbol: string) => ConfigValue,
  ) {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(condition); match && match[0] !== ''; match = TOKEN.exec(condition)) {
      if (match[4] !== undefined) this.failed = true;
      this.tokens.push((match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim());
    }
  }

  whole(): Value {
    const value = this.or();
    return this.failed || this.at < this.tokens.length ? undefined : value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private or(): Value {
    let left = this.and();
    while (this.take('||')) {
      const right = this.and();
      left = isTrue(left) || isTrue(right) ? 1 : left === undefined || right === undefined ? undefined : 0;
    }
    return left;
  }

  private and(): Value {
    let left = this.comparison();
    while (this.take('&&')) {
      const right = this.comparison();
      left = left === 0 || right === 0 ? 0 : left === undefined || right === undefined ? undefined : 1;
    }
    return left;
  }

  private comparison(): Value {
    const left = this.unary();
    const operator = this.tokens[this.at] ?? '';
    const compare = COMPARE[operator];
    if (!compare) {
      // `A + 1` and other arithmetic: somebody else's to decide.
      if (operator === '+' || operator === '-') this.failed = true;
      return left;
    }
    this.at++;
    const right = this.unary();
    return left === undefined || right === undefined ? undefined : Number(compare(left, right));
  }

  private unary(): Value {
    if (++this.depth > DEEPEST) this.failed = true;
    try {
      if (this.failed) return undefined;
      if (this.take('!')) {
        const value = this.unary();
        return value === undefined ? undefined : Number(value === 0);
      }
      if (this.take('(')) {
        const value = this.or();
        if (!this.take(')')) this.failed = true;
        return value;
      }
      return this.operand();
    } finally {
      this.depth--;
    }
  }

  private operand(): Value {
    const token = this.tokens[this.at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    if (!/^\w+$/.test(token)) {
      this.failed = true;
      return undefined;
    }
    if (token === 'defined') {
      const symbol = this.argument();
      const value = this.config(symbol);
      return value === undefined ? undefined : Number(value !== false);
    }
    if (token === 'IS_ENABLED' || token === 'IS_BUILTIN') return truth(this.config(this.argument()));
    if (this.tokens[this.at] === '(') {
      this.failed = true;
      return undefined;
    }
    return truth(this.config(token));
  }

  /** The name behind `defined`, in brackets or not. */
  private argument(): string {
    const bracket = this.take('(');
    const symbol = this.tokens[this.at++] ?? '';
    if (bracket && !this.take(')')) this.failed = true;
    return symbol;
  }
}

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
};

function isTrue(value: Value): boolean {
  return value !== undefined && value !== 0;
}

/** A symbol's value in a condition: `y` is 1, what is not set is 0, a text is nothing that can be compared. */
function truth(value: ConfigValue): Value {
  if (value === undefined) return undefined;
  if (value === false) return 0;
  if (value === 'y') return 1;
  return /^(0[xX][0-9a-fA-F]+|\d+)$/.test(value) ? Number(value) : undefined;
}
