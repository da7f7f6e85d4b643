/** What C expressions are worth: whole numbers by C's own rules, strings joined, macros applied. */
import type { ExprFact } from '../facts/model.js';
import { integerType } from '../scan/c-types.js';
import {
  type CInteger,
  DataModel,
  balanced,
  computed,
  converted,
  integer,
  literal,
  negated,
} from './c-integers.js';
import { CSizes } from './c-sizes.js';
import { type Located, within } from './located.js';
import { type Constant, LONGEST_STRING } from './constant.js';
import type { Views } from './views.js';

type Value =
  | CInteger
  | { readonly kind: 'real'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'null' };

export class CEvaluator {
  private readonly sizes: CSizes;

  private constructor(
    private readonly views: Views,
    private readonly model: DataModel,
  ) {
    this.sizes = new CSizes(views, (located) => this.size(located));
  }

  /** Known only where all platforms agree. */
  static constant(views: Views, located: Located): Constant | undefined {
    const narrow = new DataModel(32);
    const first = asConstant(new CEvaluator(views, narrow).value(located));
    if (!first || !narrow.asked) return first;
    const second = asConstant(new CEvaluator(views, new DataModel(64)).value(located));
    return second?.value === first.value ? first : undefined;
  }

  /** Elements of the array that an expression names. */
  static elements(views: Views, located: Located): number | undefined {
    return views.work.step(() => new CEvaluator(views, new DataModel(32)).sizes.count(located));
  }

  /**
   * `bare`: it stands among operators, without brackets. A macro that then turns into several terms would be torn
   * apart by them, and is unknown.
   */
  private value(here: Located, bare = false): Value | undefined {
    return this.views.work.step(() => {
      const { fact } = here;
      const value =
        fact.kind === 'name' || fact.kind === 'member' ? this.named(here, bare) : this.raw(here, bare);
      return (fact.casts ?? []).reduce<Value | undefined>((cast, type) => this.cast(cast, type, here), value);
    });
  }

  private named(here: Located, bare: boolean): Value | undefined {
    const next = this.views.follower.step(here);
    if (!next) return undefined;
    const { by, to, type } = next;
    if (by === 'variable') {
      const value = this.value(to);
      return type === undefined ? value : this.cast(value, type, to);
    }
    const stays = bare && here.fact.grouped !== true && (by === 'macro' || by === 'argument');
    return stays && isTorn(to.fact) ? undefined : this.value(to, stays);
  }

  private raw(here: Located, bare: boolean): Value | undefined {
    const { fact } = here;
    const operand = (index: number): Value | undefined => {
      const part = fact.parts?.[index];
      return part && this.value(within(here, part), true);
    };
    switch (fact.kind) {
      case 'string':
        return fact.value === undefined ? undefined : { kind: 'string', value: fact.value };
      case 'number':
        return fact.parts ? minus(operand(0)) : this.number(fact);
      case 'boolean':
        return { ...integer(fact.value === 'true'), word: fact.value ?? '' };
      case 'null':
        return { kind: 'null' };
      case 'template':
        return this.joined((fact.parts ?? []).map((part) => this.value(within(here, part))));
      case 'address': {
        const target = fact.parts?.[0];
        return target && this.value(within(here, target));
      }
      case 'unary': {
        const value = operand(0);
        if (fact.operator === '-') return minus(value);
        return value?.kind === 'integer' ? negated(fact.operator ?? '', value) : undefined;
      }
      case 'binary':
        return this.binary(here, operand);
      case 'conditional':
        return this.choice(operand);
      case 'sizeof': {
        const sized = fact.parts?.[0];
        const size = sized && this.sizes.of(within(here, sized));
        return size === undefined ? undefined : converted(integer(size), 'size_t', this.model);
      }
      case 'subscript': {
        const element = this.views.follower.element(here);
        return element && this.value(element);
      }
      case 'call':
        return this.applied(here, bare);
      default:
        return undefined;
    }
  }

  private number(fact: ExprFact): Value | undefined {
    const value = literal(fact.text, this.model);
    if (value) return value;
    if (fact.value === undefined) return undefined;
    if (/^-?[0-9]+$/.test(fact.value) && !/[0-9.]/.test(fact.text.charAt(0)))
      return integer(BigInt(fact.value));
    return { kind: 'real', value: Number(fact.value) };
  }

  private binary(here: Located, operand: (index: number) => Value | undefined): Value | undefined {
    const { operator = '', parts } = here.fact;
    const [dividend, divisor] = parts ?? [];
    if (operator === '/' && dividend?.kind === 'sizeof' && divisor?.kind === 'sizeof') {
      const count = this.sizes.elements(within(here, dividend), within(here, divisor));
      if (count !== undefined) return converted(integer(count), 'size_t', this.model);
    }
    const left = operand(0);
    if (!left) return undefined;
    // The other side of these is not looked at when the first one decides.
    if (left.kind === 'integer' && operator === '&&' && left.value === 0n) return integer(0);
    if (left.kind === 'integer' && operator === '||' && left.value !== 0n) return integer(1);
    const right = operand(1);
    if (left.kind === 'integer' && right?.kind === 'integer') return computed(operator, left, right);
    return undefined;
  }

  /** Both sides have their common type, whichever is chosen. */
  private choice(operand: (index: number) => Value | undefined): Value | undefined {
    const condition = operand(0);
    const [yes, no] = [operand(1), operand(2)];
    const both = (chosen: Value | undefined, other: Value | undefined): Value | undefined => {
      if (chosen?.kind !== 'integer') return chosen;
      if (other?.kind === 'integer') return balanced(chosen, other);
      return chosen.value >= 0n ? chosen : undefined;
    };
    if (condition?.kind === 'integer') return condition.value === 0n ? both(no, yes) : both(yes, no);
    const [first, second] = [asConstant(both(yes, no)), asConstant(both(no, yes))];
    return first && first.kind === second?.kind && first.value === second.value ? both(yes, no) : undefined;
  }

  /** A macro with arguments, `KB(4)`. */
  private applied(here: Located, bare: boolean): Value | undefined {
    const body = this.views.follower.applied(here);
    if (body) return bare && isTorn(body.fact) ? undefined : this.value(body, bare);
    const { call } = here.fact;
    const [array] = call?.args ?? [];
    if (!call || !array || call.args.length !== 1 || !COUNTS.has(call.path)) return undefined;
    const count = this.sizes.count(within(here, array));
    return count === undefined ? undefined : converted(integer(count), 'size_t', this.model);
  }

  private joined(parts: readonly (Value | undefined)[]): Value | undefined {
    let value = '';
    for (const part of parts) {
      if (part?.kind !== 'string') return undefined;
      value += part.value;
      if (value.length > LONGEST_STRING) return undefined;
    }
    return { kind: 'string', value };
  }

  private cast(value: Value | undefined, type: string, at: Located): Value | undefined {
    if (!value || value.kind === 'string' || value.kind === 'null' || type.includes('*')) return value;
    const name = this.views.follower.types.plainType(type, at);
    if (value.kind === 'integer') return REAL.has(name) ? asReal(value) : converted(value, name, this.model);
    if (REAL.has(name)) return value;
    if (!integerType(name) || Math.abs(value.value) > Number.MAX_SAFE_INTEGER) return undefined;
    return converted({ ...integer(BigInt(Math.trunc(value.value))), bits: 64 }, name, this.model);
  }

  /** A number of elements. */
  private size(located: Located): number | undefined {
    const value = this.value(located);
    return value?.kind === 'integer' && value.value >= 0n && value.value < 1n << 31n
      ? Number(value.value)
      : undefined;
  }
}

const REAL = new Set(['float', 'double']);

/** Macros that every framework has under one of these names, often beyond the product's own files. */
const COUNTS = new Set([
  'ARRAY_SIZE',
  'ARRAY_LEN',
  'ARRAY_COUNT',
  'COUNT_OF',
  'NELEMS',
  'LWIP_ARRAYSIZE',
  '_countof',
]);

function minus(value: Value | undefined): Value | undefined {
  if (value?.kind === 'real') return { ...value, value: -value.value };
  return value?.kind === 'integer' ? negated('-', value) : undefined;
}

/** Several terms without brackets. */
function isTorn(fact: ExprFact): boolean {
  return fact.grouped !== true && (fact.kind === 'binary' || fact.kind === 'conditional');
}

function asReal({ value }: CInteger): Value | undefined {
  return Number.isSafeInteger(Number(value)) ? { kind: 'real', value: Number(value) } : undefined;
}

function asConstant(value: Value | undefined): Constant | undefined {
  switch (value?.kind) {
    case 'integer':
      return value.word === undefined
        ? { kind: 'number', value: value.value.toString() }
        : { kind: 'boolean', value: value.word };
    case 'real':
      return { kind: 'number', value: String(value.value) };
    case 'string':
      return { kind: 'string', value: value.value };
    case 'null':
      return { kind: 'null', value: 'null' };
    default:
      return undefined;
  }
}
