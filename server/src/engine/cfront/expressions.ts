/** Words, strings and numbers of expressions that a macro has glued together or taken apart. */
import { NUMBER } from './tokens.js';
import { BRACE, COMMA, type Cloth, DOT, EQUALS, NO_CALL, OPEN, TYPE_WORDS } from './cloth.js';

const AMPERSAND = 38;

/** `PREFIX NAME` and `"text" FORMAT MORE` where an expression stands: macros that are strings. */
export function dressNeighbours(cloth: Cloth, at: number): number {
  const word = cloth.text(at);
  if (!cloth.isWord(at + 1) || NO_CALL.has(word) || TYPE_WORDS.has(word)) return at;
  let past = at + 1;
  for (; cloth.isWord(past) && !NO_CALL.has(cloth.text(past)); past++)
    if (TYPE_WORDS.has(cloth.text(past))) return at;
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
  const isFactor =
    cloth.isWord(at - 1) && !TYPE_WORDS.has(cloth.text(at - 1)) && !NO_CALL.has(cloth.text(at - 1));
  const isTagged = /^(struct|union|enum)$/.test(cloth.text(at - 2)) || cloth.isWord(at - 2);
  if (isFactor && !isTagged && (cloth.isWord(at + 1) || cloth.kind(at + 1) === NUMBER))
    cloth.replace(cloth.start(at), cloth.end(at), '%');
}

/** `.PRIVATE(field) = value`: the macro gives the field's name. */
export function dressDesignator(cloth: Cloth, at: number): void {
  const close = cloth.closing(at + 2);
  const before = cloth.code(at - 1);
  if (before !== BRACE && before !== COMMA) return;
  if (!cloth.isWord(at + 1) || cloth.code(at + 2) !== OPEN || close !== at + 4) return;
  cloth.blank(at + 1, at + 3);
  cloth.blank(close, close + 1);
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
