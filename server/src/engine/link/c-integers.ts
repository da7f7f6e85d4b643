/** Whole numbers as C computes with them. Where the platform decides the answer there is none. */
import { integerType, type IntegerType } from '../scan/c-types.js';

/** What differs between the platforms that firmware is built for; `asked` says whether it mattered. */
export class DataModel {
  asked = false;

  constructor(private readonly width: 32 | 64) {}

  get wide(): 32 | 64 {
    this.asked = true;
    return this.width;
  }
}

export interface CInteger {
  readonly kind: 'integer';
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly unsigned: boolean;
  /** Written as a word: `true`, `false`. */
  readonly word?: string;
}

const LITERAL = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/;

/** A literal by its digits and suffix; undefined when it is no whole number. */
export function literal(text: string, model: DataModel): CInteger | undefined {
  const match = LITERAL.exec(text.replaceAll("'", ''));
  if (!match) return undefined;
  let digits = match[1] ?? '';
  const decimal = !digits.startsWith('0') || digits === '0';
  if (/^0[0-9]+$/.test(digits)) {
    if (!/^[0-7]+$/.test(digits)) return undefined;
    digits = `0o${digits.slice(1)}`;
  }
  if (digits.length > 70) return undefined;
  const value = BigInt(digits);
  const suffix = (match[2] ?? '').toLowerCase();
  const least = suffix.includes('ll') ? 64 : suffix.includes('l') ? model.wide : 32;
  for (const bits of [32, 64] as const) {
    if (bits < least) continue;
    for (const unsigned of [false, true]) {
      if (suffix.includes('u') && !unsigned) continue;
      if (unsigned && decimal && !suffix.includes('u')) continue;
      if (value < 1n << BigInt(unsigned ? bits : bits - 1)) return { kind: 'integer', value, bits, unsigned };
    }
  }
  return undefined;
}

export function integer(value: bigint | number | boolean): CInteger {
  return { kind: 'integer', value: BigInt(value), bits: 32, unsigned: false };
}

/** The value after a cast or an assignment to a type; undefined where the type is unknown and might change it. */
export function converted(
  from: CInteger,
  type: string | IntegerType,
  model: DataModel,
): CInteger | undefined {
  const to = typeof type === 'string' ? integerType(type) : type;
  if (!to) return from.value >= 0n && from.value < 128n ? from : undefined;
  if (to.truth) {
    const value = from.value === 0n ? 0n : 1n;
    return { ...integer(value), ...(value === from.value && from.word !== undefined && { word: from.word }) };
  }
  if (to.either === true && (from.value < 0n || from.value > 127n)) return undefined;
  const bits = typeof to.bits === 'number' ? to.bits : model.wide;
  if (to.atLeast) {
    const narrow = converted(from, { bits: to.bits, unsigned: to.unsigned }, model);
    return narrow?.value === from.value ? narrow : undefined;
  }
  const value = to.unsigned ? BigInt.asUintN(bits, from.value) : BigInt.asIntN(bits, from.value);
  // What is narrower than `int` is computed with as `int`.
  const kept =
    bits < 32 ? { bits: 32 as const, unsigned: false } : { bits: bits as 32 | 64, unsigned: to.unsigned };
  return {
    kind: 'integer',
    value,
    ...kept,
    ...(value === from.value && from.word !== undefined && { word: from.word }),
  };
}

export function negated(operator: string, { value, bits, unsigned }: CInteger): CInteger | undefined {
  switch (operator) {
    case '+':
      return { kind: 'integer', value, bits, unsigned };
    case '-':
      return fitted(-value, bits, unsigned);
    case '~':
      return fitted(~value, bits, unsigned);
    case '!':
      return integer(value === 0n);
    default:
      return undefined;
  }
}

export function computed(operator: string, left: CInteger, right: CInteger): CInteger | undefined {
  switch (operator) {
    case '&&':
      return integer(left.value !== 0n && right.value !== 0n);
    case '||':
      return integer(left.value !== 0n || right.value !== 0n);
    case '<<':
    case '>>':
      return shifted(operator, left, right.value);
  }
  const { value: a, bits, unsigned } = balanced(left, right);
  const { value: b } = balanced(right, left);
  switch (operator) {
    case '+':
      return fitted(a + b, bits, unsigned);
    case '-':
      return fitted(a - b, bits, unsigned);
    case '*':
      return fitted(a * b, bits, unsigned);
    case '/':
      return b === 0n ? undefined : fitted(a / b, bits, unsigned);
    case '%':
      return b === 0n ? undefined : fitted(a % b, bits, unsigned);
    case '&':
      return fitted(a & b, bits, unsigned);
    case '|':
      return fitted(a | b, bits, unsigned);
    case '^':
      return fitted(a ^ b, bits, unsigned);
    case '==':
      return integer(a === b);
    case '!=':
      return integer(a !== b);
    case '<':
      return integer(a < b);
    case '>':
      return integer(a > b);
    case '<=':
      return integer(a <= b);
    case '>=':
      return integer(a >= b);
    default:
      return undefined;
  }
}

/** A number in the type that it and another one have in common. */
export function balanced(one: CInteger, other: CInteger): CInteger {
  const { bits, unsigned } =
    one.bits === other.bits
      ? { bits: one.bits, unsigned: one.unsigned || other.unsigned }
      : one.bits > other.bits
        ? one
        : other;
  if (bits === one.bits && unsigned === one.unsigned) return one;
  return { kind: 'integer', value: unsigned ? BigInt.asUintN(bits, one.value) : one.value, bits, unsigned };
}

/** The type is that of the left side alone; bits pushed into the sign stay there, as every compiler has it. */
function shifted(
  operator: '<<' | '>>',
  { value, bits, unsigned }: CInteger,
  by: bigint,
): CInteger | undefined {
  if (by < 0n || by >= BigInt(bits) || (operator === '<<' && value < 0n)) return undefined;
  const result = operator === '<<' ? value << by : value >> by;
  const fits = unsigned ? BigInt.asUintN(bits, result) : BigInt.asIntN(bits, result);
  // Bits that fall out of a signed number are an error of the program.
  if (!unsigned && BigInt.asUintN(bits, result) !== result && value >= 0n) return undefined;
  return { kind: 'integer', value: fits, bits, unsigned };
}

/** Unsigned numbers wrap; a signed one that does not fit is an error of the program. */
function fitted(value: bigint, bits: 32 | 64, unsigned: boolean): CInteger | undefined {
  if (unsigned) return { kind: 'integer', value: BigInt.asUintN(bits, value), bits, unsigned };
  return BigInt.asIntN(bits, value) === value ? { kind: 'integer', value, bits, unsigned } : undefined;
}
