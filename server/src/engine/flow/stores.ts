/** Writes that others learn of: contents behind pointers, shared variables, memory that is given away. */
import type { Frame } from './frame.js';
import { split } from './memory.js';
import type { State } from './state.js';
import { MOST } from './summary.js';
import { isNumber, type Node, type Source } from './values.js';

/** New contents behind a pointer. */
export function put(
  frame: Frame,
  state: State,
  pointer: Node,
  from: readonly Node[],
  sources: readonly Source[],
  site: string,
  span: { readonly start: number; readonly end: number },
  says: string | undefined,
  name?: string,
): void {
  const place = frame.memory.behind(pointer, undefined);
  const whole = { object: place.object, selector: place.selector };
  const type =
    place.selector === '' ? place.object.type : frame.memory.typeAt(place.object, place.selector)?.type;
  // Only a part of it is replaced where the pointer points into the middle.
  const former =
    place.index && !(isNumber(place.index) && place.index.value === 0)
      ? [frame.memory.read(state, whole)]
      : [];
  const node = frame.values.renew('site', `content ${site}`, {
    of: [...from, ...former].filter(
      (each) => each.kind !== 'site' || !each.of.some((inner) => inner === each),
    ),
    sources,
    ...(says !== undefined && { made: { at: span, says } }),
    ...(type !== undefined && { type }),
    ...(name !== undefined && { name }),
  });
  frame.renewed(state, node);
  state.set(whole.object.key, whole.selector, node);
  written(frame, state, pointer, node);
}

/** Remembers for the summary what was written behind a parameter or into a shared variable. */
export function written(frame: Frame, state: State, pointer: Node, value: Node): void {
  if (!frame.emitting) return;
  const place = frame.memory.behind(pointer, undefined);
  store(frame, state, place.object.key, place.selector, place.object.kind, pointer, value);
}

export function store(
  frame: Frame,
  state: State,
  key: string,
  selector: string,
  kind: string,
  pointer: Node | undefined,
  value: Node,
): void {
  if (!frame.emitting) return;
  if (kind === 'variable' || kind === 'allocation' || kind === 'object') return;
  if (kind === 'global') {
    const given = frame.given(state, value);
    frame.touched.add(key);
    const sources = given.flatMap(({ source }) => (source ? [source] : []));
    if (sources.length > 0) frame.world.share(key, selector, sources);
    for (const each of given) if (each.param) frame.stores.push({ key, selector, given: each });
    return;
  }
  const target = pointer && paramOf(frame, pointer);
  if (!target) return;
  const path = [
    '*',
    ...(selector === '' ? [] : selector.split('.').map((part) => part.replace(/\[.*$/, ''))),
  ];
  const id = `${String(target.index)} ${[...target.path, ...path].join('.')}`;
  const known = frame.written.get(id);
  // A summary tells no more than this.
  if (known && known.from.length >= MOST.gives) return;
  const given = frame.given(state, value);
  if (known) known.from.push(...given.slice(0, 4));
  else
    frame.written.set(id, {
      param: { index: target.index, path: [...target.path, ...path] },
      from: given.slice(0, 8),
    });
}

/** The parameter that a pointer is, or is read from. */
function paramOf(frame: Frame, pointer: Node): { index: number; path: readonly string[] } | undefined {
  let { base } = split(pointer, frame.values);
  const path: string[] = [];
  for (let hops = 0; hops < 5; hops++) {
    if (base.kind === 'param') return { index: base.param ?? 0, path };
    if (base.kind === 'address' && base.object?.behind) {
      base = base.object.behind;
      continue;
    }
    const [inner] = base.of;
    if (!inner) return undefined;
    if (base.kind === 'content') path.unshift('*');
    else if (base.kind === 'field') path.unshift(base.name ?? '');
    // An array is one cell.
    else if (base.kind !== 'cast' && base.kind !== 'element') return undefined;
    base = inner;
  }
  return undefined;
}

/** Somebody else knows of the memory from here on. */
export function giveAway(frame: Frame, state: State, pointer: Node): void {
  const key = frame.memory.freedKey(pointer);
  state.release(key);
  if (frame.emitting) frame.given_away.add(key);
  // And of all memory that is reached from there.
  if (state.owned.size === 0) return;
  for (const value of state.cells.get(key)?.values() ?? []) {
    const { object } = split(value, frame.values).base;
    if (object && object.key !== key && state.owned.has(object.key)) giveAway(frame, state, value);
  }
}
