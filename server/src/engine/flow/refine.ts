/** What a condition says of values where it holds, and where it does not. */
import { lower, upper } from './bounds.js';
import { narrowExits } from './exits.js';
import type { Subject } from './checks.js';
import { withoutText } from './dangers.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import { type Fact, type State, both, either } from './state.js';
import { integerType } from './types.js';
import { type Node, isNumber } from './values.js';

const NEGATED: Readonly<Record<string, string>> = {
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!=',
  '!==': '==',
};
const EVERYTHING: ReadonlySet<string> = new Set(['*']);
const TEXT: ReadonlySet<string> = new Set(['text']);

/** Adds to a state what holds where a condition is true or false. Answers false where that cannot be. */
export function refine(frame: Frame, state: State, condition: Ex, truth: boolean): boolean {
  return refineNode(frame, state, frame.evaluator.eval(state, condition), truth);
}

export function refineNode(frame: Frame, state: State, node: Node, truth: boolean): boolean {
  if (isNumber(node)) return (node.value !== 0) === truth;
  if (node.kind === 'text') return (node.value !== '') === truth;
  const [a, b] = node.of;
  if (node.kind === 'unary' && node.name === '!' && a) return refineNode(frame, state, a, !truth);
  if (node.kind === 'cast' && a) refineNode(frame, state, a, truth);
  if (node.kind === 'binary' && a && b && NEGATED[node.name ?? ''] !== undefined) {
    const operator = (node.name ?? '').slice(0, 2);
    return compare(frame, state, truth ? plain(operator) : (NEGATED[node.name ?? ''] ?? ''), a, b);
  }
  const same = truth ? undefined : frame.equals.get(node.id);
  if (same) sameText(frame, state, ...same);
  if (
    node.kind === 'phi' &&
    !narrowWays(frame, state, node, (value) =>
      typeof value === 'number' ? (value !== 0) === truth : undefined,
    )
  )
    return false;
  checked(frame, state, node, truth);
  narrowExits(frame, state, node, (value) =>
    typeof value === 'number' ? (value !== 0) === truth : undefined,
  );
  if (state.fact(node).is0 && truth) return false;
  if (state.fact(node).not0 && !truth) return false;
  state.learn(
    node,
    truth ? { not0: true, ...(lower(node, state) >= 0 && { lo: 1 }) } : { is0: true, hi: 0, lo: 0 },
  );
  return true;
}

type Passes = (value: number | string | undefined) => boolean | undefined;

/**
 * `ok = n < max; … if (ok)`, `err = TOO_LONG; … if (err != OK) return;`: only ways whose constant passes lead on, and what
 * was known on all of these is known again. Answers false where none does.
 */
function narrowWays(frame: Frame, state: State, node: Node, passes: Passes): boolean {
  if (!isSomeOut(node, passes, MOST_CHOICES)) return true;
  const left: ReadonlyMap<number, Fact>[] = [];
  if (!collect(frame.allocations, node, passes, undefined, left, MOST_CHOICES)) return true;
  if (left.length === 0) return false;
  shared(frame.allocations, left, (id, fact) => {
    const known = state.facts.get(id);
    if (id !== node.id && known !== fact) state.setFact(id, known ? both(known, fact) : fact);
  });
  return true;
}

/** Choices of choices are followed so deep, and so many ways are told apart. */
const MOST_CHOICES = 4;
const MOST_WAYS = 24;

/** Whether some way of a value is out, its choices of choices followed `depth` deep. */
function isSomeOut(node: Node, passes: Passes, depth: number): boolean {
  for (const { node: each } of node.ways?.values() ?? [])
    if (isChoice(each, node, depth) ? isSomeOut(each, passes, depth - 1) : passes(constantOf(each)) === false)
      return true;
  return false;
}

function isChoice(way: Node, of: Node, depth: number): boolean {
  return way.kind === 'phi' && way !== of && depth > 0 && way.ways !== undefined;
}

function constantOf(node: Node): number | string | undefined {
  return isNumber(node) ? node.value : node.kind === 'name' ? node.name : undefined;
}

/**
 * Gathers what was known on each way on which a value passes; a choice of choices has the ways of both, unless all of
 * them lead on. Answers whether these are all: it stops where there are too many.
 */
function collect(
  allocations: ReadonlySet<number>,
  node: Node,
  passes: Passes,
  outer: ReadonlyMap<number, Fact> | undefined,
  left: ReadonlyMap<number, Fact>[],
  depth: number,
): boolean {
  const ways = [...(node.ways?.values() ?? [])];
  const made = outer ? [...allocations].filter((id) => ways.some(({ facts }) => facts.has(id))) : [];
  for (const { node: each, facts } of ways) {
    if (left.length > MOST_WAYS) return false;
    const isForked = isChoice(each, node, depth);
    if (!isForked && passes(constantOf(each)) === false) continue;
    const elsewhere = made.filter((id) => !facts.has(id));
    const here = outer ? joined(facts, outer, elsewhere) : facts;
    const before = left.length;
    if (!isForked || !isSomeOut(each, passes, depth - 1)) left.push(here);
    // Of too many what its own ways add is not known.
    else if (!collect(allocations, each, passes, here, left, depth - 1))
      left.splice(before, left.length, here);
  }
  return true;
}

/** Tells every fact that holds on all ways. Memory that was not made on a way is there as it should be. */
function shared(
  allocations: ReadonlySet<number>,
  ways: readonly ReadonlyMap<number, Fact>[],
  tell: (id: number, fact: Fact) => void,
): void {
  const distinct = [...new Set(ways)].sort((a, b) => a.size - b.size);
  const [least] = distinct;
  if (!least) return;
  const onAll = (id: number): Fact | undefined => {
    let fact: Fact | undefined;
    for (const way of distinct) {
      const here = way.get(id);
      if (!here && !allocations.has(id)) return undefined;
      if (!here) continue;
      fact = fact === undefined ? here : either(fact, here);
      if (!fact) return undefined;
    }
    return fact;
  };
  for (const id of new Set([...least.keys(), ...allocations])) {
    const fact = onAll(id);
    if (fact) tell(id, fact);
  }
}

/**
 * What was known on a way, and later on the way that leads on from there. `elsewhere` is memory that was only made on ways
 * beside the earlier one: what is known of it later is not about this way.
 */
function joined(
  earlier: ReadonlyMap<number, Fact>,
  later: ReadonlyMap<number, Fact>,
  elsewhere: readonly number[],
): ReadonlyMap<number, Fact> {
  if (earlier === later) return earlier;
  const facts = new Map(later);
  for (const id of elsewhere) facts.delete(id);
  for (const [id, fact] of earlier) {
    const known = facts.get(id);
    if (known !== fact) facts.set(id, known ? both(known, fact) : fact);
  }
  return facts;
}

/** `===` and `==` are one here, and so are their opposites. */
function plain(operator: string): string {
  return operator === '==' || operator === '=' ? '==' : operator;
}

/** What the result of a call tells of its arguments where it is true or false. */
function checked(frame: Frame, state: State, node: Node, truth: boolean): void {
  const check = frame.checks.get(node.id);
  // A position is true wherever something is found but at the start, and where nothing is.
  if (check && !check.isPosition) tell(frame, state, truth ? check.yes : check.no);
}

function tell(frame: Frame, state: State, subjects: readonly Subject[]): void {
  for (const { node, roles } of subjects) clean(frame, state, node, roles);
}

/** `list.indexOf(x) !== -1`, `path.indexOf(root) === 0`. */
function located(frame: Frame, state: State, operator: string, node: Node, value: number): void {
  const check = frame.checks.get(node.id);
  if (!check?.isPosition) return;
  const test = `${operator} ${String(value)}`;
  if (/^(!= -1|>= 0|> -1|== 0)$/.test(test)) tell(frame, state, check.yes);
  if (/^(== -1|< 0|<= -1)$/.test(test)) tell(frame, state, check.no);
  if (test === '== 0') tell(frame, state, check.start);
}

const HOST = /^(host|hostname|origin)$/;
const ADDRESS: ReadonlySet<string> = new Set(['a request URL']);

/** Whose host was checked is an address that leads where it may: `new URL(text).hostname`. */
function hosted(state: State, node: Node, depth: number): void {
  state.learn(node, { clean: ADDRESS });
  const [inner] = node.of;
  if (inner && depth > 0 && (node.kind === 'content' || node.kind === 'pure'))
    hosted(state, inner, depth - 1);
}

/** What was checked is clean, and so is the value it was read from in another shape: `text.trim()`. */
function clean(frame: Frame, state: State, node: Node, roles: ReadonlySet<string>, depth = 3): void {
  state.learn(node, { clean: roles });
  const [inner] = node.of;
  if (depth === 0) return;
  if (node.kind === 'cast' && inner) clean(frame, state, inner, roles, depth - 1);
  if (HOST.test(node.name ?? '') && node.kind === 'field' && inner) hosted(state, inner, depth);
  for (const each of frame.about.get(node.id) ?? []) clean(frame, state, each, roles, depth - 1);
}

function compare(frame: Frame, state: State, operator: string, a: Node, b: Node): boolean {
  if (isNumber(a) && !isNumber(b)) return compare(frame, state, mirrored(operator), b, a);
  if (a.kind === 'text' && b.kind !== 'text' && !isNumber(b)) return compare(frame, state, operator, b, a);
  const right = isNumber(b) ? b.value : b.kind === 'name' ? b.name : undefined;
  narrowExits(frame, state, a, (value) => holds(operator, value, right));
  if (a.kind === 'phi' && !narrowWays(frame, state, a, (value) => holds(operator, value, right)))
    return false;
  if (isNumber(b)) located(frame, state, operator, a, b.value);
  switch (operator) {
    case '<':
      atMost(state, a, b, -1, 0);
      atLeast(state, b, a, 1, 0);
      break;
    case '<=':
      atMost(state, a, b, 0, 0);
      atLeast(state, b, a, 0, 0);
      break;
    case '>':
      atLeast(state, a, b, 1, 0);
      atMost(state, b, a, -1, 0);
      break;
    case '>=':
      atLeast(state, a, b, 0, 0);
      atMost(state, b, a, 0, 0);
      break;
    case '==':
      return equal(frame, state, a, b);
    case '!=':
      return different(frame, state, a, b);
  }
  return !isNumber(b) || possible(state, operator, a, b.value);
}

/** Whether a bound leaves room for the comparison: `n < 0` of an unsigned value never holds. */
function possible(state: State, operator: string, a: Node, value: number): boolean {
  if (operator.startsWith('<')) return lower(a, state) <= value;
  if (operator.startsWith('>')) return upper(a, state).max >= value;
  return true;
}

function mirrored(operator: string): string {
  return ({ '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as Record<string, string>)[operator] ?? operator;
}

/** Whether a value given back passes the comparison; undefined where nobody knows. */
function holds(
  operator: string,
  value: number | string | undefined,
  right: number | string | undefined,
): boolean | undefined {
  if (value === undefined || right === undefined) return undefined;
  if (typeof value === 'string' || typeof right === 'string') {
    if (typeof value !== typeof right) return undefined;
    return operator === '==' ? value === right : operator === '!=' ? value !== right : undefined;
  }
  switch (operator) {
    case '<':
      return value < right;
    case '<=':
      return value <= right;
    case '>':
      return value > right;
    case '>=':
      return value >= right;
    case '==':
      return value === right;
    case '!=':
      return value !== right;
    default:
      return undefined;
  }
}

function equal(frame: Frame, state: State, a: Node, b: Node): boolean {
  if (a.kind === 'unary' && a.name === 'typeof' && b.kind === 'text') {
    const [subject] = a.of;
    if (subject && /^(number|boolean|bigint|undefined)$/.test(String(b.value)))
      clean(frame, state, subject, TEXT);
    return true;
  }
  if (isNumber(b)) {
    if (b.value === 0) return refineNode(frame, state, a, false);
    checked(frame, state, a, true);
    if (state.fact(a).is0) return false;
    state.learn(a, { hi: b.value, lo: b.value, not0: true, clean: EVERYTHING });
    return lower(a, state) <= b.value && upper(a, state).max >= b.value;
  }
  if (a.kind === 'text' && b.kind === 'text') return a.value === b.value;
  atMost(state, a, b, 0, 0);
  atLeast(state, a, b, 0, 0);
  atMost(state, b, a, 0, 0);
  sameText(frame, state, a, b);
  return true;
}

/** What equals something that nobody outside chose is as good as that. */
function sameText(frame: Frame, state: State, a: Node, b: Node): void {
  if (b.kind === 'text' || b.kind === 'name' || !frame.isOutside(state, b))
    clean(frame, state, a, EVERYTHING);
  else if (!frame.isOutside(state, a)) clean(frame, state, b, EVERYTHING);
}

function different(frame: Frame, state: State, a: Node, b: Node): boolean {
  if (a.kind === 'unary' && a.name === 'typeof') return true;
  if (b.kind === 'text') clean(frame, state, a, withoutText(String(b.value)));
  if (!isNumber(b)) return true;
  if (b.value === 0) return refineNode(frame, state, a, true);
  if (b.value === -1 && lower(a, state) === -1) state.learn(a, { lo: 0 });
  const { hi, lo } = state.fact(a);
  if (hi === b.value && lo === b.value) return false;
  if (hi === b.value) state.learn(a, { hi: hi - 1 });
  if (lo === b.value) state.learn(a, { lo: lo + 1 });
  return true;
}

const DEEPEST = 5;

/** `a <= b + offset`, and what follows of it for what `a` is made of. */
function atMost(state: State, a: Node, b: Node, offset: number, depth: number): void {
  if (isNumber(a)) return;
  if (isNumber(b)) state.learn(a, { hi: b.value + offset });
  else {
    const above = [{ node: b, offset }];
    // a <= y - z is also a <= y.
    const [y, z] = b.of;
    if (b.kind === 'binary' && b.name === '-' && y && z && !isNumber(z)) above.push({ node: y, offset });
    state.learn(a, { above });
  }
  if (depth >= DEEPEST) return;
  const [x, y] = a.of;
  if (!x) return;
  if (a.kind === 'cast') {
    const integer = integerType(a.type);
    if (!integer || integer.bits >= 32) atMost(state, x, b, offset, depth + 1);
  }
  if (a.kind !== 'binary' || !y) return;
  switch (a.name) {
    case '+':
      if (isNumber(y)) atMost(state, x, b, offset - y.value, depth + 1);
      else for (const each of [x, y]) atMost(state, each, b, offset, depth + 1);
      break;
    case '-':
      if (isNumber(y)) atMost(state, x, b, offset + y.value, depth + 1);
      break;
    case '*':
      if (isNumber(y) && isNumber(b) && y.value > 0)
        state.learn(x, { hi: Math.floor((b.value + offset) / y.value) });
      else for (const each of [x, y]) atMost(state, each, b, offset, depth + 1);
      break;
    case '/':
      if (isNumber(y) && isNumber(b)) state.learn(x, { hi: (b.value + offset + 1) * y.value - 1 });
      break;
    case '<<':
      atMost(state, x, b, offset, depth + 1);
      break;
    case undefined:
      break;
  }
}

/** `a >= b + offset`. */
function atLeast(state: State, a: Node, b: Node, offset: number, depth: number): void {
  if (isNumber(a)) return;
  if (isNumber(b)) {
    const lo = b.value + offset;
    state.learn(a, { lo, ...(lo > 0 && { not0: true }) });
  } else state.learn(a, { below: [{ node: b, offset }] });
  if (depth >= DEEPEST) return;
  const [x, y] = a.of;
  if (!x) return;
  if (a.kind === 'cast') atLeast(state, x, b, offset, depth + 1);
  if (a.kind === 'binary' && y && isNumber(y)) {
    if (a.name === '+') atLeast(state, x, b, offset - y.value, depth + 1);
    if (a.name === '-') atLeast(state, x, b, offset + y.value, depth + 1);
  }
}
