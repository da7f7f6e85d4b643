/** What a function gives back and leaves behind, gathered at its exits into a summary for its callers. */
import { lower, upper } from './bounds.js';
import type { Frame } from './frame.js';
import type { Instr } from './ir.js';
import { split } from './memory.js';
import type { State } from './state.js';
import {
  type Exit,
  type Given,
  MOST,
  type ParamFact,
  type ParamPath,
  type Summary,
  samePath,
} from './summary.js';
import { integerType, isPointer } from './types.js';
import { type MemoryObject, type Node, isNumber } from './values.js';

/** One way out of the function. */
interface Way {
  readonly value: Node | undefined;
  readonly state: State;
}

export class Returns {
  readonly ways: Way[] = [];
  falls = false;
}

/** The function ends without a `return`. */
export function exitOf(frame: Frame, state: State): void {
  if (!frame.emitting) return;
  frame.returns.falls = true;
  frame.returns.ways.push({ value: undefined, state });
  leaks(frame, state, undefined, { start: frame.world.func.end - 1, end: frame.world.func.end });
}

export function noteReturn(frame: Frame, state: State, value: Node | undefined, [, start, end]: Instr): void {
  if (!frame.emitting) return;
  frame.returns.ways.push({ value, state: state.copy() });
  if (value) local(frame, value, { start, end });
  leaks(frame, state, value, { start, end });
}

/** What is given back points to memory that is gone with the function. */
function local(frame: Frame, value: Node, span: { start: number; end: number }): void {
  const { func } = frame.world;
  const { object } = split(value, frame.values).base;
  if (!frame.isC || !object || (!isPointer(func.type) && integerType(func.type))) return;
  const variable = object.kind === 'variable' ? func.vars[Number(object.key.slice(1))] : undefined;
  const isOwn = variable
    ? variable.s === undefined && !isParameterArray(frame, object)
    : object.made?.onStack;
  if (isOwn !== true) return;
  const by = variable?.n ?? object.made?.by ?? '';
  frame.report({ event: 'returned-local', text: by, by, sure: true, path: [] }, span);
}

/** `char name[8]` as a parameter is a pointer. */
function isParameterArray({ world }: Frame, { key, isArray }: MemoryObject): boolean {
  return isArray === true && Number(key.slice(1)) < world.func.params;
}

/** Memory that only this function knows of is lost when it ends. */
function leaks(
  frame: Frame,
  state: State,
  value: Node | undefined,
  span: { start: number; end: number },
): void {
  if (!frame.isC) return;
  const given = value && split(value, frame.values).base.object?.key;
  for (const key of state.owned) {
    const object = frame.memory.find(key);
    if (!object?.made || key === given || state.freed.has(key)) continue;
    const fact = state.fact(frame.memory.start(object));
    if (fact.is0 || (object.made.mayFail && !fact.not0)) continue;
    frame.report(
      {
        event: 'leak-on-return',
        text: '',
        by: object.made.by,
        sure: true,
        path: [{ at: frame.at(object.made.at), says: 'is allocated' }],
      },
      span,
    );
  }
}

/** The part of a parameter that a value is, if it is one as it came. */
export function paramPath(node: Node): ParamPath | undefined {
  const path: string[] = [];
  for (let hops = 0; hops < 6; hops++) {
    if (node.kind === 'param') return { index: node.param ?? 0, path };
    const [inner] = node.of;
    if (!inner) return undefined;
    if (node.kind === 'content') path.unshift('*');
    else if (node.kind === 'field') path.unshift(node.name ?? '');
    else if (node.kind !== 'cast') return undefined;
    node = inner;
  }
  return undefined;
}

export function summaryOf(frame: Frame): Summary {
  const { ways } = frame.returns;
  const values = ways.flatMap(({ value }) => (value ? [value] : []));
  const only = values.length === 1 && ways.length === 1 ? values[0] : undefined;
  const gives: Given[] = [];
  for (const { value, state } of ways)
    if (value) for (const given of frame.given(state, value)) addGiven(gives, given);
  const same = only && paramPath(only);
  return {
    gives,
    same: same?.path.length === 0 && only?.kind === 'param' ? same : undefined,
    bounds: boundsOf(frame, ways),
    allocates: allocation(frame, ways),
    writes: [...frame.written.values()]
      .sort((a, b) => Number(b.from.length > 0) - Number(a.from.length > 0))
      .slice(0, MOST.writes)
      .map(({ param, from }) => ({ param, from: from.slice(0, MOST.gives) })),
    sinks: [...frame.sinks.values()],
    exits: exits(frame),
    neverReturns: ways.length === 0,
    invokes: frame.invoked,
    keeps: kept(frame),
    functions: [],
    stores: frame.stores.slice(0, MOST.writes),
    touches: [...frame.touched].sort().slice(0, MOST.touches),
    type: only && !frame.isC ? only.type : undefined,
  };
}

function addGiven(all: Given[], given: Given): void {
  if (all.length >= MOST.gives) return;
  const twin = all.some(
    (each) =>
      (each.param && given.param ? samePath(each.param, given.param) : each.param === given.param) &&
      each.source?.kind === given.source?.kind &&
      each.source?.steps[0]?.at.start === given.source?.steps[0]?.at.start,
  );
  if (!twin) all.push(given);
}

function boundsOf(frame: Frame, ways: readonly Way[]): Summary['bounds'] {
  if (ways.length === 0 || ways.some(({ value }) => !value)) return {};
  let hi = -Infinity;
  let lo = Infinity;
  let checked = true;
  let above: ParamPath[] | undefined;
  for (const { value, state } of ways) {
    if (!value) continue;
    const bound = upper(value, state);
    lo = Math.min(lo, lower(value, state));
    // What nobody outside and no caller has chosen needs no bound.
    if (!isNumber(value) && !frame.isTainted(state, value)) continue;
    const hidden = !bound.checked && frame.isBounded(state, value, undefined, undefined);
    hi = Math.max(hi, hidden ? HIDDEN : bound.max);
    checked &&= bound.checked || hidden;
    const here = [
      ...bound.above.flatMap(({ node, offset }) => {
        const path = offset <= 0 ? paramPath(node) : undefined;
        return path ? [path] : [];
      }),
    ];
    // A negative result says failure and exceeds nothing.
    if (isNumber(value) && value.value <= 0) continue;
    above = above ? above.filter((path) => here.some((each) => samePath(each, path))) : here;
  }
  return {
    ...(checked && hi > -Infinity && hi < Infinity && { hi }),
    ...(lo > -Infinity && { lo }),
    ...(above && above.length > 0 && { above: above.slice(0, 3) }),
  };
}

function allocation(frame: Frame, ways: readonly Way[]): Summary['allocates'] {
  const values = ways.flatMap(({ value }) => (value ? [value] : []));
  const made = values.flatMap((value) => {
    const { base, offset } = split(value, frame.values);
    return base.object?.kind === 'allocation' && !offset ? [base.object] : [];
  });
  const [first] = made;
  if (
    !first?.made ||
    values.some((value) => !isNumber(value) && split(value, frame.values).base.object !== first)
  )
    return undefined;
  const count = first.count;
  const size = count && (isNumber(count) ? count.value : paramPath(count));
  const { mayFail } = first.made;
  const mayBeNull = ways.some(
    ({ value, state }) =>
      value && (isNumber(value) || (mayFail && !state.fact(split(value, frame.values).base).not0)),
  );
  const shared = ways.some(({ value, state }) => value && !isNumber(value) && !state.owned.has(first.key));
  return { by: first.made.by, mayFail: mayBeNull, shared, ...(size !== undefined && { size }) };
}

function exits(frame: Frame): Exit[] {
  return frame.returns.ways.slice(0, MOST.exits).map(({ value, state }) => {
    const facts: ParamFact[] = [];
    for (const [id, fact] of state.facts) {
      if (facts.length >= MOST.facts) break;
      const node = frame.values.byId(id);
      const param = node && paramPath(node);
      if (!param) continue;
      const above = fact.above?.flatMap(({ node: other, offset }) => {
        const path = paramPath(other);
        return path ? [{ param: path, offset }] : [];
      });
      // What is bounded by something that callers do not see is bounded all the same.
      const hidden = fact.above?.some(
        ({ node: other }) => !paramPath(other) && !frame.isOutside(state, other),
      );
      facts.push({
        param,
        ...(fact.hi !== undefined ? { hi: fact.hi } : hidden && { hi: HIDDEN }),
        ...(fact.lo !== undefined && { lo: fact.lo }),
        ...(above && above.length > 0 && { above }),
        ...(fact.not0 && { not0: true as const }),
        ...(fact.clean && { clean: [...fact.clean] }),
      });
    }
    const frees: Exit['frees'][number][] = [];
    for (const [key, { sure, by }] of state.freed) {
      const behind = frame.memory.find(key)?.behind;
      const param = behind && paramPath(behind);
      if (param && param.path.length < 3) frees.push({ param, sure, by });
    }
    const given =
      value && isNumber(value)
        ? value.value
        : value?.kind === 'name' && value.name !== '?'
          ? value.name
          : undefined;
    return { value: given, facts, frees };
  });
}

/** A bound whose size is not told to callers. */
const HIDDEN = 65_535;

function kept(frame: Frame): ParamPath[] {
  const found: ParamPath[] = [];
  for (const key of frame.given_away) {
    const behind = frame.memory.find(key)?.behind;
    const param = behind && paramPath(behind);
    if (param && param.path.length < 3 && !found.some((each) => samePath(each, param))) found.push(param);
  }
  return found.slice(0, MOST.writes);
}
