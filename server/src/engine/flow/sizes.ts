/** Judges how a size, a length or an index was worked out: whether it may wrap, fall below zero or be cut. */
import type { Span } from '../facts/model.js';
import { lower, upper } from './bounds.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import { render } from './render.js';
import { isChosenOutside, PRINTED_LENGTH } from './roles.js';
import type { State } from './state.js';
import { integerType, isPointer, largest } from './types.js';
import { type Node, isNumber } from './values.js';

/** What a device of 32 bits can count; sizes of larger machines wrap later, but nobody writes for them alone. */
const LARGEST_COUNT = 2 ** 32 - 1;
const DEEPEST = 4;

export interface Used {
  readonly span: Span;
  readonly text: string;
  /** The function that takes it; empty for an index. */
  readonly by: string;
  readonly role: string;
}

/** A number where it says how much memory is touched. */
export function judgeSize(frame: Frame, state: State, node: Node, used: Used): void {
  if (!frame.emitting || isNumber(node)) return;
  const { span, text, by, role } = used;
  const wrapped = role === 'an index' ? undefined : mayWrap(frame, state, node, DEEPEST);
  if (wrapped)
    frame.report(
      { event: 'size-overflow', text, by, role, sure: true, ...told(frame, state, wrapped) },
      span,
    );
  judgeSubtracted(frame, state, node, used);
  const difference = mayUnderflow(frame, state, node, DEEPEST);
  if (difference && isMeasured(difference)) {
    const again = frame.measured.has(difference.id);
    frame.measured.add(difference.id);
    if (!again && role === 'an index' && mayBeEmpty(frame, state, difference)) {
      const path = [{ at: frame.at(span), says: 'is below zero for an empty text' }];
      frame.report({ event: 'size-underflow', text, by, role, sure: true, path }, span);
    }
  } else if (difference) {
    const isEmpty = isDistance(difference) && role !== 'an index';
    const path = [{ at: frame.at(span), says: 'is below zero where both pointers are the same' }];
    const way = isEmpty ? { path } : told(frame, state, difference);
    frame.report({ event: 'size-underflow', text, by, role, sure: true, ...way }, span);
  } else judgeSign(frame, state, node, used);
}

/** A signed number of which only the upper end was looked at. */
export function judgeSign(frame: Frame, state: State, node: Node, { span, text, by, role }: Used): void {
  if (frame.emitting && isHalfChecked(frame, state, node))
    frame.report({ event: 'signed-length', text, by, role, sure: true, ...told(frame, state, node) }, span);
}

/** `size - n`, where `n` is what snprintf wanted to write: more than the size where the text was cut. */
function judgeSubtracted(frame: Frame, state: State, node: Node, { span, text, by }: Used): void {
  const [a, b] = node.of;
  if (node.kind === 'cast' && a) judgeSubtracted(frame, state, a, { span, text, by, role: '' });
  if (node.kind !== 'binary' || node.name !== '-' || !a || !b || isNumber(b) || isAtLeast(state, a, b))
    return;
  if (isNumber(a) && upper(b, state).max <= a.value) return;
  const role = 'a difference';
  const at = frame.at(span);
  for (const { source, steps } of frame.origins(state, b, role))
    if (source?.kind === PRINTED_LENGTH)
      frame.arrivals.push({
        source,
        role,
        at,
        text,
        callee: by,
        path: [...frame.further(source, steps).steps, { at, says: 'is taken away from a size' }],
      });
}

/** The way of what came from outside, if it did. */
function told(
  frame: Frame,
  state: State,
  node: Node,
): { from?: string; path: Frame['seen'][number]['path'] } {
  for (const { source, steps } of frame.origins(state, node, 'an index'))
    if (source && isChosenOutside(source.kind))
      return { from: source.kind, path: frame.further(source, steps).steps };
  return { path: [] };
}

/** The operand by which a sum or product outgrows its type, unless something bounds it. */
function mayWrap(frame: Frame, state: State, node: Node, depth: number): Node | undefined {
  const [a, b] = node.of;
  if (depth === 0 || !a) return undefined;
  if (node.kind === 'cast') return mayWrap(frame, state, a, depth - 1);
  if (node.kind !== 'binary' || !b || !/^([+*]|<<)$/.test(node.name ?? '')) return undefined;
  const bound = upper(node, state);
  if (bound.checked || bound.max <= LARGEST_COUNT) return undefined;
  const inner = mayWrap(frame, state, a, depth - 1) ?? mayWrap(frame, state, b, depth - 1);
  if (inner) return inner;
  const open = [a, b].filter((each) => isOpen(frame, state, each));
  return open.find((each) => frame.isOutside(state, each)) ?? open[0];
}

/** Nothing bounds it. A text in memory is never so long that its length wraps. */
function isOpen(frame: Frame, state: State, node: Node): boolean {
  if (isNumber(node) || isMeasured(node) || node.kind === 'name' || node.kind === 'address') return false;
  const bound = upper(node, state);
  if (bound.max <= 65_535 || bound.above.length > 0) return false;
  return !frame.isBounded(state, node, undefined, undefined);
}

/** The length of a text, or a sum with constants of it. */
export function isMeasured(node: Node): boolean {
  const [inner] = node.of;
  if (node.kind === 'cast' && inner) return isMeasured(inner);
  if (node.kind === 'binary') return node.of.every((each) => isNumber(each) || isMeasured(each));
  return node.kind === 'pure' && /^(strlen|strnlen|sizeof|wcslen)$/.test(node.name ?? '');
}

/** How far two pointers are apart. */
function isDistance(node: Node): boolean {
  const [inner] = node.of;
  return node.kind === 'cast' && inner ? isDistance(inner) : node.kind === 'pure' && node.name === 'distance';
}

/** Nobody asked whether the text that is measured has a first character. */
function mayBeEmpty(frame: Frame, state: State, length: Node): boolean {
  const [text] = length.of;
  if (length.kind === 'cast' && text) return mayBeEmpty(frame, state, text);
  if (length.kind !== 'pure' || !text) return false;
  const { values } = frame;
  const first = [
    values.compound('content', '', [text]),
    values.compound('element', '', [text, values.number(0)]),
    ...(text.kind === 'param' || isPointer(text.type) ? [] : [text]),
  ];
  return first.every((each) => state.fact(each).not0 !== true);
}

/** The left side of a difference of which nobody asked whether it is the larger one. */
function mayUnderflow(frame: Frame, state: State, node: Node, depth: number): Node | undefined {
  const [a, b] = node.of;
  if (depth === 0 || !a) return undefined;
  if (node.kind === 'cast') return mayUnderflow(frame, state, a, depth - 1);
  if (node.kind !== 'binary' || !b) return undefined;
  if (node.name !== '-')
    return node.name === '+' || node.name === '*'
      ? (mayUnderflow(frame, state, a, depth - 1) ?? mayUnderflow(frame, state, b, depth - 1))
      : undefined;
  if (isNumber(a) || lower(node, state) >= 0 || isAtLeast(state, a, b)) return undefined;
  return a;
}

function isAtLeast(state: State, a: Node, b: Node): boolean {
  if (isNumber(b)) return lower(a, state) >= b.value;
  const below = state.fact(a).below ?? [];
  if (below.some(({ node, offset }) => node === b && offset >= 0)) return true;
  return upper(b, state).above.some(({ node, offset }) => node === a && offset <= 0);
}

/** Of a signed number only the upper end was looked at, and as a signed one. */
function isHalfChecked(frame: Frame, state: State, node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.kind === 'cast' ? at.of[0] : undefined) {
    if (at.kind === 'phi') return false;
    const { hi, lo, above } = state.fact(at);
    const compared = frame.compared.get(at.id);
    if (compared?.fromBelow) return false;
    const isChecked = hi !== undefined || above !== undefined || compared !== undefined;
    const type = integerType(at.type);
    if (type?.signed === true) return isChecked && lo === undefined && lower(at, state) < 0;
    if (type && isChecked) return false;
  }
  return false;
}

const RELATION = /^(<=?|>=?)$/;

/** `a + b > limit`: what came from outside makes the sum wrap, and the check passes. */
export function judgeCheck(frame: Frame, state: State, condition: Ex): void {
  if (!frame.emitting || !frame.isC || condition[0] !== 'b' || !RELATION.test(condition[3])) return;
  for (const ex of [condition[4], condition[5]]) {
    if (ex[0] !== 'b' || ex[3] !== '+') continue;
    const node = frame.evaluator.eval(state, ex);
    const wrapped = mayWrap(frame, state, node, DEEPEST);
    const { from, path } = wrapped ? told(frame, state, wrapped) : { path: [] };
    if (!wrapped || from === undefined) continue;
    frame.report(
      {
        event: 'check-overflow',
        text: render(ex, frame.world.func),
        by: '',
        sure: true,
        from,
        path,
      },
      { start: ex[1], end: ex[2] },
    );
  }
}

/** A length goes into a variable of eight or sixteen bits. */
export function judgeNarrowing(
  frame: Frame,
  state: State,
  type: string,
  value: Node,
  ex: Ex,
  into: string,
): void {
  if (!frame.emitting || !frame.isC || isPointer(type)) return;
  const integer = integerType(type);
  if (!integer || integer.bits > 16 || isNumber(value) || /bool/i.test(type)) return;
  let inner = value;
  while (inner.kind === 'cast' && inner.of[0]) inner = inner.of[0];
  if (!isLength(inner) || upper(inner, state).max <= largest(integer)) return;
  if ([inner, ...inner.of].some((each) => state.fact(each).above !== undefined)) return;
  frame.report(
    {
      event: 'narrowed-length',
      text: render(ex, frame.world.func),
      by: into,
      role: type,
      sure: true,
      ...told(frame, state, inner),
    },
    { start: ex[1], end: ex[2] },
  );
}

/** A signed number becomes an unsigned one. */
export function judgeUnsigned(frame: Frame, state: State, type: string, value: Node, ex: Ex): void {
  const integer = frame.emitting && !isPointer(type) ? integerType(type) : undefined;
  if (!integer || integer.signed || integer.bits < 16 || isNumber(value)) return;
  const span = { start: ex[1], end: ex[2] };
  judgeSign(frame, state, value, { span, text: render(ex, frame.world.func), by: '', role: 'a size' });
}

function isLength(node: Node): boolean {
  if (node.kind === 'binary') return /^[+*-]$/.test(node.name ?? '') && node.of.some(isLength);
  return node.kind === 'pure' && node.of[0]?.kind !== 'text' && /^(strlen|wcslen)$/.test(node.name ?? '');
}
