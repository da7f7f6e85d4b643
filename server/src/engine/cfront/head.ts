/** Heads of functions and declarations: what stands before a body or a name. */
import { BRACE, BRACKET, COMMA, type Cloth, EQUALS, OPEN, SEMICOLON, STAR } from './cloth.js';
import { ASM, STORAGE, TAG, TYPE } from './words.js';

/** How much of a head is kept: what the first way cannot save, the next one may. */
export type Effort = 'usual' | 'name and parameters' | 'name';

/** What stands before a function's body. A function that a macro defines gets a type. */
export function dressHead(cloth: Cloth, effort: Effort): void {
  const { body } = cloth;
  if (body < 0) return;
  const group = parameters(cloth, body);
  if (!group) return;
  const { open, close } = group;
  if (effort === 'usual') {
    if (open !== 1 || cloth.code(open + 1) === STAR || cloth.is(0, TYPE)) return;
    cloth.prefix = 'int ';
    dressParameters(cloth, open, close);
    return;
  }
  cloth.prefix = 'int ';
  cloth.blank(0, open - 1);
  cloth.blank(close + 1, body);
  if (effort === 'name') cloth.blank(open + 1, close);
  else dressParameters(cloth, open, close);
}

interface Group {
  readonly open: number;
  readonly close: number;
}

/** The bracket group that holds the parameters: the last one that looks like declarations, else the first. */
function parameters(cloth: Cloth, body: number): Group | undefined {
  const groups: Group[] = [];
  for (let at = 0; at < body; at++)
    if (cloth.code(at) === OPEN) {
      const close = cloth.closing(at);
      if (close >= body) break;
      if (cloth.isWord(at - 1)) groups.push({ open: at, close });
      at = close;
    }
  const declares = ({ open, close }: Group): boolean =>
    close === open + 1 ||
    (cloth.isWord(open + 1) &&
      (cloth.text(open + 1) === 'void' || cloth.isWord(open + 2) || cloth.code(open + 2) === STAR));
  return groups.findLast(declares) ?? groups[0];
}

/** Parameters that are none, such as the arguments of a macro, become the names of types. */
function dressParameters(cloth: Cloth, open: number, close: number): void {
  for (const [from, past] of partsOf(cloth, open, close)) {
    const words: number[] = [];
    let plain = true;
    for (let at = from; at < past; at++)
      if (cloth.isWord(at)) words.push(at);
      else if (cloth.code(at) !== STAR) plain = false;
    if (past === from) continue;
    if (!plain && words.length < 2 && !isVariadic(cloth, from)) cloth.fill(from, past);
    // Attributes that nobody has told of stand before the type or before the name.
    else if (plain && words.length > 2 && !words.some((at) => cloth.is(at, TYPE)))
      for (const at of words.slice(0, -2)) cloth.blank(at, at + 1);
  }
}

function isVariadic(cloth: Cloth, at: number): boolean {
  return cloth.text(at) === '.';
}

/** From and past of what commas part inside a bracket. */
export function partsOf(cloth: Cloth, open: number, close: number): [from: number, past: number][] {
  const parts: [number, number][] = [];
  let from = open + 1;
  for (let at = from; at <= close; at++) {
    const code = cloth.code(at);
    if (at === close || code === COMMA) {
      parts.push([from, at]);
      from = at + 1;
    } else if (code === OPEN || code === BRACKET || code === BRACE)
      at = Math.min(cloth.closing(at), close - 1);
  }
  return parts;
}

/** Words that begin a declaration: one that is none of a type, a struct's name and the declared name is an attribute. */
export function dressDeclaration(cloth: Cloth, at: number): void {
  let from = at;
  while (cloth.is(from, STORAGE)) from++;
  let past = from;
  while (cloth.isWord(past)) past++;
  const tagged = cloth.is(from, TAG) ? 1 : 0;
  if (past - from >= 2) {
    const kept = dressTypeWords(cloth, from, past);
    if (!kept && isDeclared(cloth, past) && isUntyped(cloth, from + tagged, past))
      for (let each = from + tagged; each < past - 2; each++) cloth.blank(each, each + 1);
  }
  // const char ALIGNED(4) name[]
  if (past - from >= 2 && cloth.code(past) === OPEN && cloth.is(past - 2, TYPE)) {
    const behind = cloth.closing(past) + 1;
    if (cloth.isWord(behind) && isDeclared(cloth, behind + 1)) cloth.blank(past - 1, behind);
  }
  // uint32_t name PLACED(".section") =
  if (past - from >= 3 && cloth.code(past) === OPEN && cloth.code(cloth.closing(past) + 1) === EQUALS)
    cloth.blank(past - 1, cloth.closing(past) + 1);
  // const char * ATTRIBUTE const name
  if (cloth.code(past) !== STAR) return;
  while (cloth.code(past) === STAR) past++;
  from = past;
  while (cloth.isWord(past)) past++;
  if (isDeclared(cloth, past))
    for (let each = from; each < past - 1; each++) if (!cloth.is(each, TYPE)) cloth.blank(each, each + 1);
}

/** Whether none of some words is part of a type that C itself knows. */
function isUntyped(cloth: Cloth, from: number, past: number): boolean {
  for (let each = from; each < past; each++) if (cloth.is(each, TYPE)) return false;
  return true;
}

/** `int a[4] ATTRIBUTE = { 0 };` */
export function dressBehind(cloth: Cloth, at: number): void {
  if (!cloth.isWord(at) || cloth.is(at, ASM)) return;
  const past = cloth.code(at + 1) === OPEN ? cloth.closing(at + 1) + 1 : at + 1;
  if (isDeclared(cloth, past)) cloth.blank(at, past);
}

/** `struct { int a; } ATTRIBUTE x;` */
export function dressDeclared(cloth: Cloth, at: number): void {
  if (cloth.isWord(at) && !cloth.is(at, TYPE) && cloth.isWord(at + 1) && isDeclared(cloth, at + 2))
    cloth.blank(at, at + 1);
}

/** `FLASH_ATTR const char x[]`; answers whether something was masked. */
function dressTypeWords(cloth: Cloth, from: number, past: number): boolean {
  if (cloth.is(from, TYPE)) return false;
  let masked = false;
  for (let each = from; each < past; each++)
    if (cloth.isCapitals(each) && cloth.is(each + 1, TYPE)) {
      cloth.blank(each, each + 1);
      masked = true;
    }
  return masked;
}

/** Whether what stands at a position follows a declared name. */
function isDeclared(cloth: Cloth, at: number): boolean {
  const next = cloth.code(at);
  return next === EQUALS || next === SEMICOLON || next === BRACKET || next === COMMA;
}

/**
 * `static LIST_HEAD(a, b) list;`: a macro that makes a type; `static BITFIELD(map, 32);`: one that declares;
 * `ALIGNED(4) int x;`: an attribute. Answers whether it was one.
 */
export function dressTypeMacro(cloth: Cloth, name: number): boolean {
  const close = cloth.closing(name + 1);
  const next = close + 1;
  if (cloth.isWord(next) && (cloth.is(next, TYPE) || cloth.isWord(next + 1))) cloth.blank(name, next);
  else if (
    (cloth.isWord(next) && isDeclared(cloth, next + 1)) ||
    (cloth.code(next) === STAR && cloth.isWord(next + 1))
  )
    cloth.fill(name, next);
  else if (cloth.code(next) !== COMMA && isDeclared(cloth, next)) dressList(cloth, name, '');
  else return false;
  return true;
}

/** `LIST(name) { a, b };` and `BITFIELD(map, 32) = { 0 };`: the macro is the type, its arguments are the name. */
export function dressList(cloth: Cloth, name: number, behind: string): void {
  const close = cloth.closing(name + 1);
  cloth.blank(name + 1, name + 2);
  cloth.fill(name + 2, close);
  cloth.replace(cloth.start(close), cloth.end(close), behind);
}
