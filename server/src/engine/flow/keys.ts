/** Objects that are written by a key which somebody chose: with `__proto__` for a key, every object is written. */
import type { Span } from '../facts/model.js';
import type { Frame } from './frame.js';
import { paramPath } from './returns.js';
import { judge, judgeBeyond } from './sinks.js';
import type { State } from './state.js';
import type { ParamSink } from './summary.js';
import { BARE } from './ts-fates.js';
import type { Node } from './values.js';

/** Role of a key below which something else is written by a key. */
export const NESTED_KEY = 'a nested key';
/** What a function does to a parameter that it writes by a key: callers ask by which key they reached it. */
export const KEYED = 'an object written by key';

interface Use {
  readonly span: Span;
  readonly text: string;
}

/** `holder[key] = value`. */
export function judgeKeyed(frame: Frame, state: State, holder: Node, use: Use): void {
  if (!frame.world.roles.has(NESTED_KEY)) return;
  const key = reachedBy(frame, state, holder);
  if (key) judge(frame, state, key, { role: NESTED_KEY, callee: undefined, ...use });
  const param = paramPath(holder);
  const at = frame.at(use.span);
  if (param?.path.length === 0)
    frame.sink(`${String(use.span.start)} ${KEYED} ${String(param.index)}`, {
      param,
      role: KEYED,
      at,
      text: use.text,
      callee: undefined,
      limit: undefined,
      steps: [{ at, says: 'is written by a key' }],
    });
}

/** The same, of an object that a function was given which writes it so. */
export function judgeKeyedBeyond(
  frame: Frame,
  state: State,
  node: Node,
  inner: ParamSink,
  call: Span,
  name: string,
): void {
  const key = reachedBy(frame, state, node);
  if (key) judgeBeyond(frame, state, key, { ...inner, role: NESTED_KEY }, call, name);
  const param = paramPath(node);
  if (param?.path.length === 0)
    frame.sink(`${inner.at.file} ${String(inner.at.start)} ${KEYED} ${String(param.index)}`, {
      ...inner,
      param,
    });
}

/** The key by which an object was taken out of another that has a prototype. */
function reachedBy(frame: Frame, state: State, node: Node): Node | undefined {
  if (node.kind === 'phi') {
    for (const { node: each } of node.ways?.values() ?? [])
      if (each.kind !== 'phi') {
        const key = reachedBy(frame, state, each);
        if (key) return key;
      }
    return undefined;
  }
  if (node.kind === 'pure' && node.name === 'any') {
    const [first] = node.of;
    return first && reachedBy(frame, state, first);
  }
  const [whole, key] = node.of;
  if (node.kind !== 'element' || !whole || !key || isPosition(key)) return undefined;
  const bases = [whole, ...whole.of];
  const isBare = bases.some(
    (base) => base.type === BARE || base.object?.type === BARE || state.fact(base).clean?.has(NESTED_KEY),
  );
  return isBare ? undefined : key;
}

/** Lists are reached by numbers. */
function isPosition({ kind }: Node): boolean {
  return kind === 'number' || kind === 'text' || kind === 'phi' || kind === 'binary';
}
