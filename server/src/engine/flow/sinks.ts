/** Judges what arrives where it matters: arguments of calls, indices, pointers that are followed. */
import { isFixedPassword } from '../../../../rules/kit/judgement.js';
import { HANDED } from '../apis.js';
import type { Step } from '../../../../rules/kit/index.js';
import type { Span } from '../facts/model.js';
import { lower, upper } from './bounds.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import { render } from './render.js';
import { type Place, split } from './memory.js';
import { judgeConstantBeyond } from './constants.js';
import { asksCallers, isNumberRole, mustVary, PRINTED_LENGTH, WHOLE } from './roles.js';
import { judgeSize } from './sizes.js';
import type { State } from './state.js';
import type { ParamSink } from './summary.js';
import type { Origin } from './taint.js';
import { isPointer } from './types.js';
import { isUnset } from './unset.js';
import { type Node, isNumber } from './values.js';

export interface Sink {
  readonly role: string;
  readonly span: Span;
  /** The expression, in words. */
  readonly text: string;
  readonly callee: string | undefined;
  /** A number up to this is no danger. */
  readonly limit?: number | undefined;
  /** The size of what is written to, as a value. */
  readonly room?: Node | undefined;
}

/** A value at a sink: what of it comes from outside is an arrival, what comes from a parameter is for callers to judge. */
export function judge(frame: Frame, state: State, node: Node, sink: Sink): void {
  if (!frame.emitting) return;
  const { role, span, text, callee, limit, room } = sink;
  const number = isNumberRole(role);
  if (number && (isNumber(node) || frame.isBounded(state, node, limit, room))) return;
  const at = frame.at(span);
  const arrives = {
    at,
    says: callee === undefined ? `is used as ${role}` : `is used as ${role} by ${callee}`,
  };
  if (!frame.isC && asksCallers(role)) judgeCaptured(frame, state, node, sink, arrives);
  for (const origin of originsOf(frame, state, node, role, limit)) {
    const { source, param, steps, pasted } = origin;
    if (source)
      frame.arrivals.push({
        source,
        role,
        at,
        text,
        callee,
        path: [...frame.further(source, steps).steps, arrives],
      });
    else if (param)
      frame.sink(`${String(span.start)} ${role} ${String(param.index)} ${param.path.join('.')}`, {
        param,
        role,
        at,
        text,
        callee,
        limit,
        steps: [...steps, arrives],
        ...(pasted && { pasted }),
      });
  }
}

/** Parts of a text that a function around this one was given, which its callers may answer for. */
function judgeCaptured(frame: Frame, state: State, node: Node, sink: Sink, arrives: Step): void {
  const { role, span, text, callee } = sink;
  for (const { captured, steps } of frame.captured(state, node, role))
    if (captured !== undefined)
      frame.captures.push({
        key: captured,
        role,
        at: frame.at(span),
        text,
        callee,
        steps: [...steps, arrives],
      });
}

/** Where a value comes from; a counter comes from what it is counted up to. */
function originsOf(
  frame: Frame,
  state: State,
  node: Node,
  role: string,
  limit: number | undefined,
): readonly Origin[] {
  const own = frame.origins(state, node, role, limit);
  if (own.length > 0 || !isNumberRole(role)) return own;
  return upper(node, state).above.flatMap(({ node: other }) => frame.origins(state, other, role, limit));
}

/** Whether a text is known to be short enough; `contents` is what its pointer leads to. */
export function textFits(
  frame: Frame,
  state: State,
  contents: Node,
  limit: number | undefined,
  room?: Node,
  depth = 4,
): boolean {
  if (contents.kind === 'text') return limit === undefined || String(contents.value).length <= limit;
  const ways = contents.kind === 'phi' && depth > 0 ? [...(contents.ways?.values() ?? [])] : [];
  if (ways.length > 0 && ways.every(({ node }) => textFits(frame, state, node, limit, room, depth - 1)))
    return true;
  return ['strlen', 'strnlen'].some((measure) =>
    frame.isBounded(state, frame.values.compound('pure', measure, [contents]), limit, room),
  );
}

function isFixed({ kind, value }: Node): boolean {
  return kind === 'text' && isFixedPassword(String(value));
}

/** A sink in a function that was called: the caller's value decides. */
export function judgeBeyond(
  frame: Frame,
  state: State,
  node: Node,
  inner: ParamSink,
  call: Span,
  name: string,
): void {
  if (!frame.emitting) return;
  if (mustVary(inner.role)) {
    judgeConstantBeyond(frame, state, node, inner, call, name);
    return;
  }
  const number = isNumberRole(inner.role);
  if (number && (isNumber(node) || frame.isBounded(state, node, inner.limit, undefined))) return;
  if (inner.role === HANDED && isFixed(node)) {
    const source = { kind: 'a text in the source', steps: [] };
    const { role, text, callee } = inner;
    frame.arrivals.push({ source, role, at: frame.at(call), text, callee, path: inner.steps });
    return;
  }
  if (inner.role === WHOLE && textFits(frame, state, node, inner.limit)) return;
  const handed = { at: frame.at(call), says: `is handed to ${name}` };
  for (const { source, param, steps, pasted } of frame.origins(state, node, inner.role, inner.limit)) {
    const rest = [...steps, handed, ...inner.steps];
    if (source)
      frame.arrivals.push({
        source,
        role: inner.role,
        at: inner.at,
        text: inner.text,
        callee: inner.callee,
        path: [...frame.further(source, []).steps, ...rest],
      });
    else if (param && rest.length < 16)
      frame.sink(
        `${inner.at.file} ${String(inner.at.start)} ${inner.role} ${String(param.index)} ${param.path.join('.')}`,
        { ...inner, param, steps: rest, ...(pasted && { pasted }) },
      );
  }
}

/** An element or what lies behind a pointer is read or written. */
export function judgeAccess(
  frame: Frame,
  state: State,
  ex: Ex,
  pointer: Node,
  index: Node | undefined,
  place: Place,
): void {
  if (!frame.emitting) return;
  const span = { start: ex[1], end: ex[2] };
  const subject = ex[0] === '[' || ex[0] === '*' ? ex[3] : ex;
  const text = render(subject, frame.world.func);
  used(frame, state, pointer, { start: subject[1], end: subject[2] }, text);
  followed(frame, state, pointer, span, text);
  const { base } = split(pointer, frame.values);
  const outside = ex[0] === '*' && base.kind === 'address' ? frame.memory.room(pointer)?.elements : undefined;
  if (outside !== undefined && outside <= 0)
    frame.report(
      { event: 'index-out-of-bounds', text, by: place.object.name ?? '', sure: true, path: [] },
      span,
    );
  if (index && ex[0] === '[') judgeIndex(frame, state, pointer, index, ex, place);
}

/** What lies behind a pointer is touched: it must be known that there is something. */
export function followed(frame: Frame, state: State, pointer: Node, span: Span, text: string): void {
  if (!frame.emitting) return;
  const { base } = split(pointer, frame.values);
  if (base.kind === 'phi') {
    if (state.fact(base).not0) return;
    // On one of the ways that lead here it was allocated, and nobody asked since.
    for (const { node, notNull } of base.ways?.values() ?? [])
      if (!notNull && split(node, frame.values).base.object?.kind === 'allocation')
        followed(frame, state, node, span, text);
    return;
  }
  const { object } = base;
  const made = object?.made;
  if (!made?.mayFail || object?.kind !== 'allocation' || frame.told.has(object.key)) return;
  if (state.fact(frame.memory.start(object)).not0) return;
  // Where it failed, the first use is the last.
  frame.told.add(object.key);
  frame.report(
    {
      event: 'unchecked-allocation',
      text,
      by: made.by,
      sure: true,
      path: [{ at: frame.at(made.at), says: 'is allocated' }],
    },
    span,
  );
}

/** A variable is read: it must hold something. */
export function judgeVariable(frame: Frame, ex: Ex & { readonly 0: 'v' }, value: Node): void {
  const { made } = value;
  const key = `unset ${String(ex[3])}`;
  if (!frame.emitting || frame.told.has(key) || !frame.watched.has(ex[3])) return;
  if (!isUnset(value) && !frame.halfSet.has(value)) return;
  frame.told.add(key);
  const path = made ? [{ at: frame.at(made.at), says: made.says }] : [];
  frame.report(
    { event: 'used-unset', text: render(ex, frame.world.func), by: '', sure: true, path },
    { start: ex[1], end: ex[2] },
  );
}

function judgeIndex(
  frame: Frame,
  state: State,
  pointer: Node,
  index: Node,
  ex: Ex & { readonly 0: '[' },
  place: Place,
): void {
  const at = { start: ex[4][1], end: ex[4][2] };
  const room = frame.memory.room(pointer);
  negative(frame, state, index, at, render(ex[4], frame.world.func), 'an index');
  judgeSize(frame, state, index, {
    span: at,
    text: render(ex[4], frame.world.func),
    by: '',
    role: 'an index',
  });
  if (!room && frame.prints && !isNumber(index)) judgePrinted(frame, state, index, ex);
  const row = ex[3][0] === '[' ? rowLength(frame, state, ex[3][3]) : undefined;
  if (!row && (!room || (room.elements === undefined && !room.node))) return;
  const elements = row ?? room?.elements;
  if (elements !== undefined) {
    const bound = upper(index, state);
    const outside = isNumber(index) ? index.value >= elements : bound.checked && bound.max === elements;
    if (outside)
      frame.report(
        {
          event: 'index-out-of-bounds',
          text: render(ex, frame.world.func),
          by: place.object.name ?? '',
          sure: isNumber(index),
          path: [],
        },
        at,
      );
  }
  judge(frame, state, index, {
    role: 'an index',
    span: at,
    text: render(ex[4], frame.world.func),
    callee: undefined,
    limit: elements === undefined ? undefined : elements - 1,
    room: room?.node,
  });
}

/** A buffer of unknown size, at the length that a text was to have in it. */
function judgePrinted(frame: Frame, state: State, index: Node, ex: Ex & { readonly 0: '[' }): void {
  const role = 'an index';
  const isPrinted = frame.origins(state, index, role).some(({ source }) => source?.kind === PRINTED_LENGTH);
  if (!isPrinted) return;
  const [, start, end] = ex[4];
  judge(frame, state, index, {
    role,
    span: { start, end },
    text: render(ex[4], frame.world.func),
    callee: undefined,
  });
}

/** Elements of a row of an array of two dimensions. */
function rowLength(frame: Frame, state: State, of: Ex): number | undefined {
  const sizes = of[0] === 'v' ? frame.world.func.vars[of[3]]?.d : undefined;
  const [, second, third] = sizes ?? [];
  const length = second && !third ? frame.evaluator.eval(state, second) : undefined;
  return length && isNumber(length) ? length.value : undefined;
}

/** A pointer is moved by a number. */
export function judgeStep(frame: Frame, state: State, ex: Ex): void {
  if (frame.emitting && frame.isC && ex[0] === 'b' && ex[3] === '+') judgeMove(frame, state, ex[4], ex[5]);
}

/** `&of[by]` and `of + by`: where that leads to is at most just behind. */
export function judgeMove(frame: Frame, state: State, of: Ex, by: Ex): void {
  const node = frame.evaluator.eval(state, by);
  const { base } = split(frame.evaluator.eval(state, of), frame.values);
  const isMemory = base.kind === 'address' || isPointer(base.type);
  if (!isMemory || isNumber(node)) return;
  const role = 'pointer arithmetic';
  const room = frame.memory.room(base);
  judge(frame, state, node, {
    role,
    span: { start: by[1], end: by[2] },
    text: render(by, frame.world.func),
    callee: undefined,
    limit: room?.elements,
    room: room?.node,
  });
}

/** More rounds than these keep a device from its work. */
const MOST_HARMLESS_ROUNDS = 65_535;

/** A loop runs as often as a number says. */
export function judgeLoop(frame: Frame, state: State, condition: Ex): void {
  if (!frame.isC || condition[0] !== 'b' || !/^(<=?|>=?|!=)$/.test(condition[3])) return;
  const sides = [condition[4], condition[5]] as const;
  for (const [at, ex] of sides.entries()) {
    const node = frame.evaluator.eval(state, ex);
    const other = sides[1 - at];
    // What counts changes from round to round; what is compared with a plain number is what counts.
    const counts = other && frame.evaluator.eval(state, other).kind === 'phi';
    if (!counts || isNumber(node) || node.kind === 'phi' || isPointer(node.type)) continue;
    judge(frame, state, node, {
      role: 'a loop bound',
      span: { start: ex[1], end: ex[2] },
      text: render(ex, frame.world.func),
      callee: undefined,
      limit: MOST_HARMLESS_ROUNDS,
    });
  }
}

/** Memory is used through a pointer: it must not have been freed. */
export function used(
  frame: Frame,
  state: State,
  pointer: Node,
  span: Span,
  text: string,
  event: 'use-after-free' | 'double-free' = 'use-after-free',
): void {
  if (!frame.emitting) return;
  const freed = state.freed.get(frame.memory.freedKey(pointer));
  if (!freed) return;
  frame.report(
    {
      event,
      text,
      by: freed.by,
      sure: freed.sure,
      path: [{ at: frame.at(freed.at), says: `is freed by ${freed.by}` }],
    },
    span,
  );
}

/** The result of a call that tells failure by a negative number, used as if it were a length. */
export function negative(
  frame: Frame,
  state: State,
  node: Node,
  span: Span,
  text: string,
  role: string,
): void {
  if (!frame.emitting) return;
  let inner = node;
  while (inner.kind === 'cast' && inner.of[0]) inner = inner.of[0];
  if (inner.name !== 'may fail' || !inner.made || lower(inner, state) >= 0) return;
  frame.report(
    {
      event: 'negative-length',
      text,
      by: inner.type ?? '',
      sure: true,
      role,
      path: [{ at: frame.at(inner.made.at), says: 'may be negative' }],
    },
    span,
  );
}
