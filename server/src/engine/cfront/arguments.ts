/** Arguments that are no expressions, for their callee is a macro: types, operators, jumps, lists of values. */
import {
  BRACE,
  BRACKET,
  CLOSE,
  COMMA,
  type Cloth,
  DOT,
  EQUALS,
  OPEN,
  SEMICOLON,
  STAR,
  UNBRACE,
  UNBRACKET,
} from './cloth.js';
import { JUMP, TYPE } from './words.js';

const HASH = 35;

/** Makes an expression of the argument that ends before a position, if it is none. */
export function dressArgument(
  cloth: Cloth,
  { argument: from, at: open }: { readonly argument: number; readonly at: number },
  past: number,
  isLast: boolean,
): void {
  if (past === from) {
    // f(a,,b): one comma goes, the others stay.
    if (!isLast) cloth.blank(past, past + 1);
    else if (past - 1 > open) cloth.blank(past - 1, past);
    return;
  }
  if (past - from === 1) {
    dressAlone(cloth, from);
    return;
  }
  let last = past;
  while (last > from && cloth.code(last - 1) === SEMICOLON) last--;
  if (last <= from) {
    cloth.fill(from, past);
    return;
  }
  cloth.blank(last, past);
  for (const [first, end] of statements(cloth, from, last)) dressPiece(cloth, first, end);
}

/** An argument of one token: most are. */
function dressAlone(cloth: Cloth, at: number): void {
  if (cloth.code(at) === SEMICOLON) cloth.fill(at, at + 1);
  else dressPiece(cloth, at, at + 1);
}

/** Statements among arguments are parted by commas. */
function statements(cloth: Cloth, from: number, past: number): [from: number, past: number][] {
  const found: [number, number][] = [];
  let depth = 0;
  let first = from;
  for (let at = from; at < past; at++) {
    const code = cloth.code(at);
    if (code === OPEN || code === BRACE || code === BRACKET) depth++;
    else if (code === CLOSE || code === UNBRACE || code === UNBRACKET) depth--;
    else if (code === SEMICOLON && depth === 0) {
      cloth.replace(cloth.start(at), cloth.end(at), ',');
      found.push([first, at]);
      first = at + 1;
    }
  }
  return [...found, [first, past]];
}

function dressPiece(cloth: Cloth, from: number, past: number): void {
  if (past <= from) return;
  if (cloth.isWord(from)) {
    if (cloth.is(from, TYPE) || (past - from > 1 && cloth.code(past - 1) === STAR)) cloth.fill(from, past);
    else if (cloth.is(from, JUMP))
      if (past - from > 1) cloth.blank(from, from + 1);
      else cloth.fill(from, past);
  } else if (cloth.code(from) === DOT && cloth.isWord(from + 1)) cloth.blank(from, from + 1);
  else if (cloth.code(from) !== 0 && isOperator(cloth, from, past)) cloth.fill(from, past);
}

/** `==` alone, or `-= 1`: what a macro puts between its operands. */
function isOperator(cloth: Cloth, from: number, past: number): boolean {
  if (cloth.code(from + 1) === EQUALS && cloth.end(from) === cloth.start(from + 1) && past - from > 2)
    return true;
  for (let at = from; at < past; at++) {
    const code = cloth.code(at);
    if (code === 0 || code === HASH || code === OPEN || code === CLOSE || code === BRACE || code === BRACKET)
      return false;
  }
  return true;
}

/** `{ .a = 1, .b = 2 }` among arguments becomes `( a = 1, b = 2 )`. */
export function dressBraces(cloth: Cloth, open: number): void {
  const close = cloth.closing(open);
  for (let at = open; at <= close; at++) {
    const code = cloth.code(at);
    if (code === BRACE) cloth.replace(cloth.start(at), cloth.end(at), '(');
    else if (code === UNBRACE) cloth.replace(cloth.start(at), cloth.end(at), ')');
    else if (code === DOT && !cloth.isWord(at - 1) && cloth.isWord(at + 1)) cloth.blank(at, at + 1);
    else if (code === COMMA && (cloth.code(at + 1) === UNBRACE || cloth.code(at + 1) === COMMA))
      cloth.blank(at, at + 1);
    else if (code === BRACKET && (cloth.code(at - 1) === BRACE || cloth.code(at - 1) === COMMA)) {
      // [INDEX] = value
      const end = cloth.closing(at);
      cloth.fill(at, end + 1);
      at = end;
    }
  }
}
