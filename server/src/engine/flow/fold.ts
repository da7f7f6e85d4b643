/** Puts values together by operators: constants are worked out, equal expressions become one value. */
import { add } from './memory.js';
import { integerType, isPointer, plainType } from './types.js';
import { type Node, type Values, isNumber } from './values.js';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? NaN : Math.trunc(a / b)),
  '%': (a, b) => (b === 0 ? NaN : a % b),
  '<<': (a, b) => a * 2 ** b,
  '>>': (a, b) => Math.floor(a / 2 ** b),
  '&': (a, b) => Number(BigInt(a) & BigInt(b)),
  '|': (a, b) => Number(BigInt(a) | BigInt(b)),
  '^': (a, b) => Number(BigInt(a) ^ BigInt(b)),
  '==': (a, b) => Number(a === b),
  '===': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '!==': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
};

/** Whether a value is an address, as far as its type tells. */
function isPointerNode(node: Node): boolean {
  if (node.kind === 'address' || isPointer(node.type)) return true;
  return node.kind === 'binary' && node.name === '+' && node.of[0] !== undefined && isPointerNode(node.of[0]);
}

export class Fold {
  constructor(
    private readonly values: Values,
    private readonly isC: boolean,
  ) {}

  binary(operator: string, a: Node, b: Node): Node {
    if (isNumber(a) && isNumber(b)) {
      const safe = Number.isSafeInteger(a.value) && Number.isSafeInteger(b.value);
      const result = safe ? ARITHMETIC[operator]?.(a.value, b.value) : undefined;
      if (result !== undefined && Number.isSafeInteger(result)) return this.values.number(result);
    }
    if (a.kind === 'text' && b.kind === 'text') {
      if (operator === '+') return this.values.text(String(a.value) + String(b.value));
      if (/^===?$/.test(operator)) return this.values.number(Number(a.value === b.value));
    }
    if (operator === '+' && isNumber(a) && !isNumber(b)) return this.binary('+', b, a);
    if (operator === '+' && a.kind === 'address' && this.isC) {
      const [offset] = a.of;
      const moved = add(offset, b, this.values);
      if (a.object && moved) return this.values.address(a.object, a.name ?? '', moved);
    }
    if (operator === '-' && this.isC && isPointerNode(a) && isPointerNode(b))
      return this.values.compound('pure', 'distance', [a, b], 'ptrdiff_t');
    // (x + 2) + 3 is x + 5, so that a pointer walked by constants stays the same pointer.
    const [inner, step] = a.of;
    if (isNumber(b) && a.kind === 'binary' && a.name === '+' && inner && step && isNumber(step)) {
      const sum =
        operator === '+' ? step.value + b.value : operator === '-' ? step.value - b.value : undefined;
      if (sum === 0) return inner;
      if (sum !== undefined) return this.values.compound('binary', '+', [inner, this.values.number(sum)]);
    }
    return this.values.compound('binary', operator, [a, b]);
  }

  unary(operator: string, a: Node): Node {
    if (isNumber(a)) {
      if (operator === '-') return this.values.number(-a.value);
      if (operator === '!') return this.values.number(Number(a.value === 0));
    }
    return this.values.compound('unary', operator, [a]);
  }

  /** A value as a variable or cast of a type keeps it: only what changes it makes a new value. */
  cast(type: string, value: Node): Node {
    const integer = integerType(type);
    if (!integer || isPointer(type) || !this.isC) return value;
    if (isNumber(value)) {
      const size = 2 ** integer.bits;
      if (value.value >= 0 && value.value < size / 2) return value;
      if (!integer.signed && Number.isSafeInteger(value.value) && integer.bits <= 32)
        return this.values.number(((value.value % size) + size) % size);
      return value;
    }
    const own = integerType(value.type);
    if (own && own.bits <= integer.bits && own.signed === integer.signed) return value;
    if (own && own.bits < integer.bits && !own.signed) return value;
    if (/^(address|function|text|name)$/.test(value.kind)) return value;
    return this.values.compound('cast', plainType(type), [value], plainType(type));
  }
}
