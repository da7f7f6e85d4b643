/** Words, strings and numbers of expressions that a macro has glued together or taken apart. */
import { NAME, NUMBER } from './tokens.js';
import { BRACE, CLOSE, COMMA, type Cloth, DOT, EQUALS, OPEN } from './cloth.js';
import { NO_CALL, TYPE } from './words.js';

const AMPERSAND = 38;

/** `PREFIX NAME` and `"text" FORMAT MORE` where an expression stands: macros that are strings. */
export function dressNeighbours(cloth: Cloth, at: number): number {
  if (!cloth.isWord(at + 1) || cloth.is(at, NO_CALL | TYPE)) return at;
  let past = at + 1;
  for (; cloth.isWord(past) && !cloth.is(past, NO_CALL); past++) if (cloth.is(past, TYPE)) return at;
  // The last word may be a call.
  if (cloth.code(past) === OPEN) past--;
  if (cloth.code(past + 1) === OPEN && cloth.isWord(past)) {
    cloth.blank(at, past);
    return past - 1;
  }
  if (past - at < 2) return at;
  cloth.fill(at, past);
  return past - 1;
}

/** `a(x) OR b(y)`: a macro between two operands. Answers whether it was one. */
export function dressOperator(cloth: Cloth, at: number): boolean {
  const next = cloth.kind(at + 1);
  const room = cloth.end(at) - cloth.start(at);
  const isOperator = cloth.isCapitals(at) || (room === 2 && cloth.isWord(at));
  if (!isOperator || cloth.is(at, TYPE | NO_CALL) || (next !== NAME && next !== NUMBER)) return false;
  cloth.replace(cloth.start(at), cloth.end(at), '||');
  return true;
}

/** `"a" TEXT(x)`: among strings a macro's call is a name. */
export function dressString(cloth: Cloth, at: number): number {
  if (!cloth.isWord(at + 1)) return at;
  let past = at + 1;
  for (; cloth.isWord(past); past++)
    if (cloth.code(past + 1) === OPEN) {
      past = cloth.closing(past + 1) + 1;
      break;
    }
  if (past - at <= 2) return at;
  cloth.fill(at + 1, past);
  return past - 1;
}

/** A number that is none, `4A`, is glued to something by a macro. */
export function dressNumber(cloth: Cloth, at: number): void {
  const text = cloth.text(at);
  if (
    /[A-Za-z_]/.test(text) &&
    !/^(0[xX][0-9a-fA-F'.]+([pP][+-]?\d+)?|0[bB][01]+|[\d.']+([eE][+-]?\d+)?)[uUlLfFzZ]*$/.test(text)
  )
    cloth.fill(at, at + 1);
}

/** `CHECK(f(a * b))`: the grammar would rather see a type that ends in `*`. A remainder binds alike and is none. */
export function dressProduct(cloth: Cloth, at: number): void {
  const isFactor = cloth.isWord(at - 1) && !cloth.is(at - 1, TYPE | NO_CALL);
  if (isFactor && !cloth.isWord(at - 2) && (cloth.isWord(at + 1) || cloth.kind(at + 1) === NUMBER))
    cloth.replace(cloth.start(at), cloth.end(at), '%');
}

/** `.PRIVATE(field) = value`: the macro gives the field's name. */
export function dressDesignator(cloth: Cloth, at: number): void {
  const before = cloth.code(at - 1);
  if ((before !== BRACE && before !== COMMA) || !cloth.isWord(at + 1)) return;
  if (cloth.code(at + 2) !== OPEN || cloth.code(at + 4) !== CLOSE) return;
  cloth.blank(at + 1, at + 3);
  cloth.blank(at + 4, at + 5);
}

/** `case A ... B:` */
export function dressRange(cloth: Cloth, at: number): void {
  if (cloth.code(at + 1) !== DOT || cloth.code(at + 2) !== DOT) return;
  cloth.replace(cloth.start(at), cloth.end(at + 2), ' + ');
}

export function dressLabelAddress(cloth: Cloth, at: number): void {
  if (cloth.code(at + 1) !== AMPERSAND || cloth.start(at + 1) !== cloth.end(at) || !cloth.isWord(at + 2))
    return;
  const before = cloth.code(at - 1);
  if (before === OPEN || before === COMMA || before === EQUALS || before === BRACE) cloth.blank(at, at + 1);
}

export function dressOffset(cloth: Cloth, at: number): number {
  const close = cloth.closing(at + 1);
  for (let comma = at + 2; comma < close; comma++)
    if (cloth.code(comma) === COMMA && close - comma > 2) {
      cloth.fill(comma + 1, close);
      return close;
    }
  return close;
}
