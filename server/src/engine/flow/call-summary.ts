/** What a call to functions of the product does, as their summaries say. */
import { functionsOf, sourcesOf, type Call } from './call.js';
import { narrowExits } from './exits.js';
import type { Frame } from './frame.js';
import { judgeKeyedBeyond, KEYED } from './keys.js';
import { render } from './render.js';
import { judgeBeyond, used } from './sinks.js';
import type { State } from './state.js';
import { giveAway, store } from './stores.js';
import { type FunctionRef, type Given, type Summary, pathKey } from './summary.js';
import { isNumber, type Node, type Source } from './values.js';

export function bySummaries(
  frame: Frame,
  state: State,
  call: Call,
  targets: readonly { readonly ref: FunctionRef; readonly summary: Summary }[],
): Node {
  const { values } = frame;
  const { span } = call;
  const { args } = call;
  const of: Node[] = [];
  const sources: Source[] = [];
  const before = new Map<string, string>();
  let type: string | undefined;
  for (const { ref, summary } of targets) {
    const name = ref.func.name === '' ? 'a function' : ref.func.name;
    if (frame.emitting)
      for (const inner of summary.sinks) {
        const node = frame.nodeAt(state, args, inner.param);
        const ex = call.exs[inner.param.index];
        const handed = ex ? { start: ex[1], end: ex[2] } : span;
        const judged = inner.role === KEYED ? judgeKeyedBeyond : judgeBeyond;
        if (node) judged(frame, state, node, inner, handed, name);
      }
    const back = { at: frame.at(span), says: `${name} gives it back` };
    for (const given of summary.gives) {
      if (given.source) sources.push(frame.further(given.source, [back]));
      const node = frame.received(state, args, given);
      if (node) of.push(node);
      const whole = given.param?.path.length === 0 && !summary.same ? args[given.param.index] : undefined;
      if (whole && frame.isC) giveAway(frame, state, whole);
    }
    // What it frees is what was there before it wrote something else into the same place.
    freed(frame, state, call, summary, targets.length === 1, name, before);
    for (const { param, from } of summary.writes) outcome(frame, state, call, args, param, from, name);
    invoke(frame, state, args, summary);
    if (frame.emitting)
      for (const { key, selector, given } of summary.stores) {
        const node = frame.received(state, args, given);
        const stored = node ? sourcesOf(frame, state, node) : [];
        if (stored.length > 0) frame.world.share(key, selector, stored);
      }
    for (const key of summary.touches) {
      state.drop(key);
      if (frame.emitting) frame.touched.add(key);
    }
    for (const kept of summary.keeps) {
      const pointer = frame.nodeAt(state, args, kept);
      if (pointer) giveAway(frame, state, pointer);
    }
    type ??= summary.type;
  }
  const only = targets.length === 1 ? targets[0]?.summary : undefined;
  const same = only?.same && frame.nodeAt(state, args, only.same);
  if (same) return same;
  if (only?.allocates) {
    const { by, mayFail, shared, size } = only.allocates;
    const bytes = typeof size === 'number' ? values.number(size) : size && frame.nodeAt(state, args, size);
    const key = `a${String(span.start)}`;
    const object = frame.memory.object({
      key,
      kind: 'allocation',
      isArray: true,
      ...(bytes && { count: bytes, elementSize: 1 }),
      made: { at: span, by: `${call.name} (${by})`, mayFail },
    });
    const address = values.address(object, '', values.number(0));
    state.drop(key);
    state.unfree(key);
    if (shared) state.release(key);
    else state.acquire(key);
    frame.allocated(state, address);
    if (sources.length > 0 || of.length > 0)
      state.set(key, '', values.renew('site', `content ${String(span.start)}`, { of, sources }));
    return address;
  }
  const node = values.renew('site', `result ${String(span.start)}:${String(span.end)}`, {
    of,
    sources,
    made: { at: span, says: `comes back from ${call.name}` },
    ...(type !== undefined && { type }),
  });
  frame.renewed(state, node);
  if (only) {
    const { hi, lo, above } = only.bounds;
    const relations = (above ?? []).flatMap((path) => {
      const bound = frame.nodeAt(state, args, path);
      return bound ? [{ node: bound, offset: 0 }] : [];
    });
    if (hi !== undefined || lo !== undefined || relations.length > 0)
      state.learn(node, {
        ...(hi !== undefined && { hi }),
        ...(lo !== undefined && { lo }),
        ...(relations.length > 0 && { above: relations }),
      });
    frame.results.set(node.id, { exits: only.exits, args, freed: before });
    // What holds at every exit holds now.
    narrowExits(frame, state, node, () => true);
  } else frame.results.delete(node.id);
  return node;
}

function freed(
  frame: Frame,
  state: State,
  call: Call,
  { exits }: Summary,
  only: boolean,
  name: string,
  keys: Map<string, string>,
): void {
  for (const exit of exits)
    for (const { param, by, sure } of exit.frees) {
      const path = pathKey(param);
      const pointer = frame.nodeAt(state, call.args, param);
      if (!pointer || isNumber(pointer)) continue;
      const ex = call.exs[param.index];
      if (param.path.length === 0 && ex && frame.emitting && exit === exits[0])
        used(
          frame,
          state,
          pointer,
          { start: ex[1], end: ex[2] },
          render(ex, frame.world.func),
          'double-free',
        );
      const always =
        sure && only && exits.every(({ frees }) => frees.some((each) => pathKey(each.param) === path));
      const key = frame.memory.freedKey(pointer);
      keys.set(path, key);
      state.free(key, { at: call.span, by: `${name} (${by})`, sure: always });
    }
}

/** Contents that a function of the product has written behind one of its parameters. */
function outcome(
  frame: Frame,
  state: State,
  call: Call,
  args: readonly Node[],
  param: { readonly index: number; readonly path: readonly string[] },
  from: readonly Given[],
  name: string,
): void {
  const [first, ...rest] = param.path;
  const pointer = args[param.index];
  if (!pointer || first !== '*') return;
  const nodes: Node[] = [];
  const sources: Source[] = [];
  for (const given of from) {
    if (given.source) sources.push(given.source);
    const node = frame.received(state, args, given);
    if (node) nodes.push(node);
  }
  let place = frame.memory.behind(pointer, undefined);
  for (const [at, part] of rest.entries()) {
    if (part === '*') {
      const inner = frame.memory.read(state, place);
      place = frame.memory.behind(inner, undefined);
      if (at > 3) return;
    } else
      place = { object: place.object, selector: place.selector === '' ? part : `${place.selector}.${part}` };
  }
  const id = `out ${String(call.span.start)} ${String(param.index)} ${param.path.join('.')}`;
  const former = frame.memory.read(state, place);
  const node = frame.values.renew('site', id, {
    of: former.kind === 'site' && former.of.length === 0 && !former.sources ? nodes : [...nodes, former],
    sources,
    made: { at: call.span, says: `is written by ${name}` },
  });
  if (node === former) return;
  if (frame.isC && former.kind === 'address') giveAway(frame, state, former);
  frame.renewed(state, node);
  state.set(place.object.key, place.selector, node);
  const { object, selector } = place;
  store(frame, state, object.key, selector, object.kind, object.behind, node);
}

/** Functions that were handed over and are called with what the function knows. */
function invoke(frame: Frame, state: State, args: readonly Node[], summary: Summary): void {
  if (!frame.emitting) return;
  for (const { param, args: given } of summary.invokes) {
    const value = args[param];
    for (const target of value ? functionsOf(frame, value) : [])
      given.forEach((from, position) => {
        const sources = from.flatMap(({ source, param: path }) => {
          if (source) return [source];
          const node = path && frame.nodeAt(state, args, path);
          return node ? sourcesOf(frame, state, node) : [];
        });
        if (sources.length > 0) frame.world.seed(target, position, sources, undefined);
      });
  }
}
