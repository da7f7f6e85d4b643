/** Joins what is known on the ways that lead to a block. Values that differ become one value with several ways. */
import { lower, upper } from './bounds.js';
import type { Frame } from './frame.js';
import { split } from './memory.js';
import { type Fact, type Freed, State, common, either } from './state.js';
import { isPointer } from './types.js';
import { type MemoryObject, type Node, type Operand, type Relation, dependsOn, isNumber } from './values.js';

/** Visits of a block after which bounds that still grow are given up, and after which all facts are. */
const PATIENCE = 2;
const LAST_PATIENCE = 7;
const NONE: ReadonlySet<string> = new Set();

export function merge(frame: Frame, block: number, ways: ReadonlyMap<number, State>, visit: number): State {
  const all = [...ways].sort(([a], [b]) => a - b);
  const [first] = all;
  if (!first) return new State();
  if (all.length === 1) return first[1].copy();
  frame.joining();
  const states = all.map(([, each]) => each);
  const state = first[1].copy();
  const chosen: { node: Node; operands: readonly (readonly [State, Node])[] }[] = [];
  for (const key of differing(states)) {
    const object = frame.memory.find(key);
    if (!object) continue;
    // What is made on one of the ways is what it is there.
    const isMade = object.kind === 'allocation' || object.kind === 'object';
    const present = isMade ? all.filter(([, each]) => each.cells.has(key)) : all;
    const selectors = new Set<string>();
    for (const [, each] of present)
      for (const selector of each.cells.get(key)?.keys() ?? []) selectors.add(selector);
    const cells = new Map<string, Node>();
    for (const selector of [...selectors].sort()) {
      const operands = present.map(
        ([from, each]) => [from, each, valueIn(frame, each, object, selector)] as const,
      );
      const node = joined(frame, block, object, selector, operands, visit);
      cells.set(selector, node);
      if (node.kind === 'phi')
        chosen.push({ node, operands: operands.map(([, each, value]) => [each, value] as const) });
    }
    state.setCells(key, cells);
  }
  facts(frame, state, states, visit <= LAST_PATIENCE);
  freed(state, states);
  for (const each of states) for (const [id, spent] of each.spent) state.spend(id, spent);
  if (state.spent.size > 0) for (const { node } of chosen) state.renewSpent(node);
  for (const { node, operands } of chosen) freshPointer(frame, state, node, operands);
  for (const key of [...state.owned]) if (states.some((each) => !each.owned.has(key))) state.release(key);
  for (const key of [...state.wiped]) if (states.some((each) => !each.wiped.has(key))) state.unwipe(key);
  return state;
}

/** Objects that do not hold the same on all ways. */
function differing(states: readonly State[]): Set<string> {
  const [first, ...rest] = states;
  const found = new Set<string>();
  for (const other of rest) {
    if (!first || other.cells === first.cells) continue;
    for (const [key, cells] of first.cells) if (other.cells.get(key) !== cells) found.add(key);
    for (const key of other.cells.keys()) if (!first.cells.has(key)) found.add(key);
  }
  return found;
}

function valueIn(frame: Frame, state: State, object: MemoryObject, selector: string): Node {
  const known = state.get(object.key, selector);
  if (known) return known;
  const bracket = /^(.*)\[(\d+)\]$/.exec(selector);
  if (bracket)
    return frame.memory.read(state, {
      object,
      selector: bracket[1] ?? '',
      index: frame.values.number(Number(bracket[2])),
    });
  return frame.memory.read(state, { object, selector });
}

function joined(
  frame: Frame,
  block: number,
  object: MemoryObject,
  selector: string,
  operands: readonly (readonly [number, State, Node])[],
  visit: number,
): Node {
  const [first, ...rest] = operands;
  if (!first) return frame.values.unknown;
  if (rest.every(([, , node]) => node === first[2])) return first[2];
  const key = `${String(block)} ${object.key} ${selector}`;
  const moved = walked(frame, object, selector, key, operands, visit);
  if (moved) return moved;
  return choice(frame, key, operands, visit, selector === '' ? object.type : undefined);
}

/** `p = buf; … p += n;`: one pointer that is moved, not two. */
function walked(
  frame: Frame,
  object: MemoryObject,
  selector: string,
  key: string,
  operands: readonly (readonly [number, State, Node])[],
  visit: number,
): Node | undefined {
  const { values } = frame;
  const parts = operands.map(([from, state, node]) => ({ from, state, ...split(node, values) }));
  const [first] = parts;
  if (!first) return undefined;
  const isAddress = parts.every(
    ({ base }) =>
      base.kind === 'address' && base.object === first.base.object && base.name === first.base.name,
  );
  const type = selector === '' ? object.type : frame.memory.typeAt(object, selector)?.type;
  if (!isAddress && !(isPointer(type) && parts.every(({ base }) => base === first.base))) return undefined;
  const offsets = parts.map(({ from, state, base, offset }) => {
    const inner = base.kind === 'address' ? base.of[0] : undefined;
    const total =
      inner && offset
        ? frame.evaluator.fold.binary('+', inner, offset)
        : (offset ?? inner ?? values.number(0));
    return [from, state, total] as const;
  });
  const one = offsets[0]?.[2];
  const offset =
    one && offsets.every(([, , node]) => node === one)
      ? one
      : choice(frame, `${key} offset`, offsets, visit, undefined);
  if (isAddress && first.base.object) return values.address(first.base.object, first.base.name ?? '', offset);
  return frame.evaluator.fold.binary('+', first.base, offset);
}

function choice(
  frame: Frame,
  key: string,
  operands: readonly (readonly [number, State, Node])[],
  visit: number,
  type: string | undefined,
): Node {
  const node = frame.values.renew('phi', key, {
    ways: new Map<number, Operand>(),
    ...(type !== undefined && { type }),
  });
  const ways = node.ways;
  if (!ways) return node;
  for (const [from, state, value] of operands) {
    if (value === node) {
      ways.delete(from);
      continue;
    }
    const bound = upper(value, state);
    const fact = state.fact(value);
    const above = bound.above.length > 0 ? bound.above : (fact.above ?? []);
    const made: Operand = {
      node: value,
      hi: bound.max,
      checked: bound.checked,
      lo: lower(value, state),
      above,
      clean: cleanIn(frame, state, value, fact),
      notNull: fact.not0 === true || isInsideOfSomething(frame, state, value),
      facts: state.facts,
    };
    const former = ways.get(from);
    ways.set(from, former && visit > PATIENCE ? widened(former, made) : made);
  }
  return node;
}

/** A place in memory that was found to be there. */
function isInsideOfSomething(frame: Frame, state: State, value: Node): boolean {
  const { object } = split(value, frame.values).base;
  return object?.kind === 'allocation' && state.fact(frame.memory.start(object)).not0 === true;
}

function widened(former: Operand, made: Operand): Operand {
  const wider = {
    ...made,
    ...(made.hi > former.hi && { hi: Infinity, checked: false }),
    ...(made.lo < former.lo && { lo: -Infinity }),
    above: made.above.filter((relation) => !grows(former.above, relation)),
  };
  if (former.node !== made.node) return wider;
  return {
    ...wider,
    above: common(former.above, wider.above, Math.max) ?? [],
    clean: new Set([...made.clean].filter((role) => former.clean.has(role))),
  };
}

/** A counter that is one more than its start, then two, is bounded by its start in no way. */
function grows(former: readonly Relation[], { node, offset }: Relation): boolean {
  return former.some((each) => each.node === node && each.offset < offset);
}

/** Roles for which a value is clean on its way: found so itself, or all that it is made of was. */
function cleanIn(frame: Frame, state: State, node: Node, fact: Fact): ReadonlySet<string> {
  if (isNumber(node) || node.kind === 'text') return EVERYTHING;
  const below = cleanBelow(state, node);
  if (below.size === 0) return fact.clean ?? NONE;
  const roles = new Set(fact.clean);
  const comes = frame.comesIn(state, node);
  for (const role of below) {
    const asked = role === '*' || role === 'text' ? 'a text' : role === 'number' ? 'an index' : role;
    if (!roles.has(role) && !comes.answer(asked)) roles.add(role === '*' ? 'text' : role);
  }
  return roles.size === 0 ? NONE : roles;
}

/** Roles for which something that a value is made of, a few steps down, was found clean. */
function cleanBelow(state: State, node: Node): ReadonlySet<string> {
  const found = new Set<string>();
  /** With how many steps left a value was looked at. */
  const met = new Map<Node, number>();
  const look = (each: Node, left: number): void => {
    if (left < 0 || (met.get(each) ?? -1) >= left) return;
    met.set(each, left);
    for (const role of state.fact(each).clean ?? []) found.add(role);
    for (const part of each.of) look(part, left - 1);
    if (each.kind === 'address' && each.object)
      for (const cell of state.cells.get(each.object.key)?.values() ?? []) look(cell, Math.min(left - 1, 1));
  };
  look(node, 4);
  return found;
}

const EVERYTHING: ReadonlySet<string> = new Set(['*']);

/** Keeps what holds on all ways; nothing, where the ways have not come to rest for long. */
function facts(frame: Frame, state: State, states: readonly State[], keep: boolean): void {
  const rest = states.slice(1).filter((each) => each.facts !== state.facts);
  if (keep && rest.length === 0) return;
  const known = state.facts;
  for (const [id, fact] of [...state.facts]) {
    // Whether something is null comes to rest by itself.
    let shared: Fact | undefined = keep ? fact : lasting(fact);
    for (const other of rest) shared = shared && either(shared, other.facts.get(id));
    if (shared === fact) continue;
    if (shared) state.setFact(id, shared);
    else state.unlearn(id);
  }
  for (const id of frame.allocations) {
    if (known.has(id)) continue;
    let made: Fact | undefined;
    for (const other of rest) {
      const fact = other.facts.get(id);
      if (fact) made = made ? either(made, fact) : fact;
    }
    const kept = made && (keep ? made : lasting(made));
    if (kept) state.setFact(id, kept);
  }
}

function lasting({ not0, made }: Fact): Fact | undefined {
  return not0 || made ? { ...(not0 && { not0 }), ...(made && { made }) } : undefined;
}

function freed(state: State, states: readonly State[]): void {
  for (const [at, each] of states.entries())
    for (const [key, mark] of each.freed) {
      if (states.slice(0, at).some((earlier) => earlier.freed.has(key))) continue;
      const sure = states.every((other) => other.freed.get(key)?.sure === true);
      if (at > 0 || sure !== mark.sure) state.free(key, { ...mark, sure });
    }
}

/** A pointer that is chosen anew here was freed only if what it now is was. */
function freshPointer(
  frame: Frame,
  state: State,
  node: Node,
  operands: readonly (readonly [State, Node])[],
): void {
  if (state.freed.size === 0) return;
  for (const key of [...state.freed.keys()]) {
    const object = frame.memory.find(key);
    if (object?.behind && dependsOn(object.behind, node)) state.unfree(key);
  }
  const marks = operands.map(([each, value]): Freed | undefined =>
    isNumber(value) ? undefined : each.freed.get(frame.memory.freedKey(value)),
  );
  const mark = marks.find((each) => each);
  if (mark)
    state.free(frame.memory.freedKey(node), { ...mark, sure: marks.every((each) => each?.sure === true) });
}
