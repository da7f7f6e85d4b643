/** What TypeScript expressions are worth. */
import type { ExprFact } from '../facts/model.js';
import { type Located, within } from './located.js';
import { type Constant, LONGEST_STRING, plain } from './constant.js';
import type { Views } from './views.js';

export class TsEvaluator {
  constructor(private readonly views: Views) {}

  constant(located: Located): Constant | undefined {
    return this.views.work.step(() => {
      const { final } = this.views.follower.follow(located);
      return final && this.raw(final);
    });
  }

  private raw(here: Located): Constant | undefined {
    const { fact } = here;
    if (fact.value !== undefined) return plain(fact.kind, fact.value);
    const part = (index: number): Constant | undefined => {
      const operand = fact.parts?.[index];
      return operand && this.constant(within(here, operand));
    };
    switch (fact.kind) {
      case 'template':
        return joined((fact.parts ?? []).map((each) => this.constant(within(here, each))));
      case 'unary':
        return unary(fact.operator ?? '', part(0));
      case 'binary':
        return this.binary(fact, part);
      case 'conditional': {
        const condition = part(0);
        if (condition) return part(truth(condition) ? 1 : 2);
        const [yes, no] = [part(1), part(2)];
        return yes?.kind === no?.kind && yes?.value === no?.value ? yes : undefined;
      }
      default:
        return undefined;
    }
  }

  private binary(fact: ExprFact, part: (index: number) => Constant | undefined): Constant | undefined {
    const { operator } = fact;
    const left = part(0);
    if (!left) return undefined;
    if (operator === '&&') return truth(left) ? part(1) : left;
    if (operator === '||') return truth(left) ? left : part(1);
    if (operator === '??') return left.kind === 'null' ? part(1) : left;
    const right = part(1);
    if (!right || isBig(fact.parts?.[0]) || isBig(fact.parts?.[1])) return undefined;
    if (operator === '+' && (left.kind === 'string' || right.kind === 'string')) return joined([left, right]);
    if (operator === '===' || operator === '!==') {
      if (left.kind === 'null' && right.kind === 'null') return undefined;
      return boolean((left.kind === right.kind && left.value === right.value) === (operator === '==='));
    }
    if (left.kind !== 'number' || right.kind !== 'number') return undefined;
    const [a, b] = [Number(left.value), Number(right.value)];
    const arithmetic = ARITHMETIC[operator ?? ''];
    if (arithmetic) return number(arithmetic(a, b));
    const comparison = COMPARISONS[operator ?? ''];
    return comparison && boolean(comparison(a, b));
  }
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function unary(operator: string, operand: Constant | undefined): Constant | undefined {
  if (!operand) return undefined;
  if (operator === '!') return boolean(!truth(operand));
  if (operand.kind !== 'number') return undefined;
  const value = Number(operand.value);
  return operator === '-'
    ? number(-value)
    : operator === '+'
      ? number(value)
      : operator === '~'
        ? number(~value)
        : undefined;
}

/** Strings joined; any part unknown makes the whole unknown. */
function joined(parts: readonly (Constant | undefined)[]): Constant | undefined {
  let value = '';
  for (const part of parts) {
    // `null` and `undefined` are one to us and two to a string.
    if (!part || part.kind === 'null') return undefined;
    value += part.value;
    if (value.length > LONGEST_STRING) return undefined;
  }
  return { kind: 'string', value };
}

function truth({ kind, value }: Constant): boolean {
  if (kind === 'boolean') return value === 'true';
  if (kind === 'number') return Number(value) !== 0;
  return kind === 'string' && value !== '';
}

function boolean(value: boolean): Constant {
  return { kind: 'boolean', value: String(value) };
}

function number(value: number): Constant | undefined {
  return Number.isFinite(value) ? { kind: 'number', value: String(value) } : undefined;
}

/** `10n` counts otherwise than `10`. */
function isBig(fact: ExprFact | undefined): boolean {
  return fact?.kind === 'number' && fact.text.endsWith('n');
}
