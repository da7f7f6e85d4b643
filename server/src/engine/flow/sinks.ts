/** Judges what arrives where it matters: arguments of calls, indices, pointers that are followed. */
import type { Span } from '../facts/model.js';
import { lower, upper } from './bounds.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import { render } from './render.js';
import { type Place, split } from './memory.js';
import { judgeConstantBeyond } from './constants.js';
import { isNumberRole, mustVary } from './roles.js';
import type { State } from './state.js';
import type { ParamPath } from './summary.js';
import type { Origin } from './taint.js';
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
  for (const origin of originsOf(frame, state, node, role, limit)) {
    const { source, param, steps } = origin;
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
      });
  }
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

/** A sink in a function that was called: the caller's value decides. */
export function judgeBeyond(
  frame: Frame,
  state: State,
  node: Node,
  inner: {
    readonly role: string;
    readonly at: { readonly file: string; readonly start: number; readonly end: number };
    readonly text: string;
    readonly callee: string | undefined;
    readonly limit: number | undefined;
    readonly steps: readonly {
      readonly at: { file: string; start: number; end: number };
      readonly says: string;
    }[];
    readonly param: ParamPath;
  },
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
  const handed = { at: frame.at(call), says: `is handed to ${name}` };
  for (const { source, param, steps } of frame.origins(state, node, inner.role, inner.limit)) {
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
        { ...inner, param, steps: rest },
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
  const { base } = split(pointer, frame.values);
  const made = base.object?.made;
  if (made?.mayFail && base.object?.kind === 'allocation' && !state.fact(base).not0)
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
  if (index && ex[0] === '[') judgeIndex(frame, state, pointer, index, ex, place);
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
  if (!room || (room.elements === undefined && !room.node)) return;
  const { elements } = room;
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
    room: room.node,
  });
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
      kind: role,
      path: [{ at: frame.at(inner.made.at), says: 'may be negative' }],
    },
    span,
  );
}
