/** The forward analysis of one function: to a fixed point over its graph, then once more to see what there is to say. */
import { judgeAssigned } from './assigned.js';
import { applyCall } from './calls.js';
import { giveAway, store } from './stores.js';
import type { Frame } from './frame.js';
import type { FlowBlock, FlowFunction, Instr } from './ir.js';
import { merge } from './merge.js';
import { render } from './render.js';
import { refine } from './refine.js';
import { compare } from './comparisons.js';
import { judgePointerSize } from './filling.js';
import { judge, judgeLoop, judgeStep } from './sinks.js';
import { judgeCheck, judgeNarrowing, judgeSize, judgeUnsigned } from './sizes.js';
import { State } from './state.js';
import { exitOf, noteReturn } from './returns.js';
import { UNSET, halfSet, isDropped } from './unset.js';
import { judgeUnwiped } from './unwiped.js';
import { integerType, isPointer } from './types.js';
import { type MemoryObject, type Node, isNumber } from './values.js';

/** Visits of one block before what is known there is forgotten, and in all before the function is given up. */
const MOST_VISITS = 12;
const VISITS_EACH = 30;
const MOST_CELLS = 3000;

export type Verdict = 'done' | 'too many steps' | 'too many values';

export function analyse(frame: Frame): Verdict {
  const { blocks } = frame.world.func;
  const order = reversePostorder(blocks);
  const rank = new Map(order.map((block, at) => [block, at]));
  const isLoop = order.some((block, at) => successors(blocks[block]).some((to) => (rank.get(to) ?? 0) <= at));
  const into = new Map<number, Map<number, State>>([[0, new Map([[-1, new State()]])]]);
  const visits = new Map<number, number>();
  /** What was joined of the ways that lead to a block, until one of them changes. */
  const joined = new Map<number, State>();
  const waiting = order.map((_, at) => at === 0);
  // Without a loop everything is final when it is first met: one pass is enough.
  frame.emitting = !isLoop;
  let steps = 0;
  for (let at = 0; at < order.length;) {
    const block = order[at] ?? 0;
    if (!waiting[at]) {
      at++;
      continue;
    }
    waiting[at] = false;
    if (++steps > blocks.length * VISITS_EACH) return 'too many steps';
    if (frame.values.full) return 'too many values';
    const count = (visits.get(block) ?? 0) + 1;
    visits.set(block, count);
    const ways = into.get(block) ?? new Map<number, State>();
    const state = merge(frame, block, ways, count);
    if (isLoop) joined.set(block, state.copy());
    else frame.halfSet = halfSet(frame, ways, state);
    let back = at + 1;
    for (const [to, edge, out] of leave(frame, block, state)) {
      const known = into.get(to) ?? new Map<number, State>();
      if (known.get(edge)?.equals(out)) continue;
      if (out.cells.size > MOST_CELLS) return 'too many values';
      known.set(edge, out);
      joined.delete(to);
      into.set(to, known);
      if ((visits.get(to) ?? 0) >= MOST_VISITS) continue;
      const position = rank.get(to) ?? 0;
      waiting[position] = true;
      back = Math.min(back, position);
    }
    at = back;
  }
  if (!isLoop) {
    judgeUnwiped(frame);
    return 'done';
  }
  frame.emitting = true;
  for (const block of order) {
    const ways = into.get(block);
    if (!ways) continue;
    const state = joined.get(block)?.copy() ?? merge(frame, block, ways, visits.get(block) ?? 1);
    frame.halfSet = halfSet(frame, ways, state);
    leave(frame, block, state);
  }
  judgeUnwiped(frame);
  return 'done';
}

/** Runs a block, and gives the block, the number and the state of each edge that leads on. */
function leave(frame: Frame, at: number, state: State): [to: number, edge: number, out: State][] {
  const block = frame.world.func.blocks[at];
  if (!block) return [];
  const out: [number, number, State][] = [];
  // What throws may do so at the start or at the end.
  if (block.x !== undefined) out.push([block.x, at * 4 + 2, state.copy()]);
  for (const instruction of block.i) if (!run(frame, state, instruction)) return out;
  if (block.x !== undefined) out.push([block.x, at * 4 + 3, state.copy()]);
  if (block.t === undefined) {
    exitOf(frame, state);
    return out;
  }
  const { c: condition, t, f } = block;
  if (f === undefined || !condition) {
    if (f !== undefined) out.push([f, at * 4 + 1, forget(frame, at, state.copy())]);
    out.push([t, at * 4, forget(frame, at, state)]);
    return out;
  }
  if (frame.emitting) {
    frame.evaluator.watch = frame.watching;
    frame.evaluator.eval(state, condition);
    frame.evaluator.watch = undefined;
    judgeCheck(frame, state, condition);
    compare(frame, state, condition);
    if (block.l) judgeLoop(frame, state, condition);
  }
  const yes = state.copy();
  if (refine(frame, yes, condition, true)) out.push([t, at * 4, forget(frame, at, yes)]);
  if (refine(frame, state, condition, false)) out.push([f, at * 4 + 1, forget(frame, at, state)]);
  return out;
}

/** Drops temporaries that nothing outside of their block looks at. */
function forget(frame: Frame, at: number, state: State): State {
  for (const variable of passing(frame.world.func).get(at) ?? []) state.drop(`v${String(variable)}`);
  return state;
}

const PASSING = new WeakMap<FlowFunction, Map<number, number[]>>();

/** Temporaries of each block that occur in no other. */
function passing(func: FlowFunction): Map<number, number[]> {
  const known = PASSING.get(func);
  if (known) return known;
  const home = new Map<number, number>();
  const visit = (part: unknown, block: number): void => {
    if (!Array.isArray(part)) return;
    if (part[0] === 'v' && part.length === 4) met(part[3] as number, block);
    else for (const inner of part) visit(inner, block);
  };
  const met = (variable: number, block: number): void => {
    if (func.vars[variable]?.n !== '' || variable < func.params) return;
    const former = home.get(variable);
    home.set(variable, former === undefined || former === block ? block : -1);
  };
  func.blocks.forEach(({ i, c }, block) => {
    visit(c, block);
    for (const instruction of i) {
      if (instruction[0] === 'k' && instruction[3] >= 0) met(instruction[3], block);
      visit(instruction, block);
    }
  });
  const found = new Map<number, number[]>();
  for (const [variable, block] of home)
    if (block >= 0) found.set(block, [...(found.get(block) ?? []), variable]);
  PASSING.set(func, found);
  return found;
}

/** Answers false where nothing follows. */
function run(frame: Frame, state: State, instruction: Instr): boolean {
  const { evaluator } = frame;
  evaluator.watch = frame.emitting ? frame.watching : undefined;
  const goesOn = step(frame, state, instruction);
  evaluator.watch = undefined;
  return goesOn;
}

function step(frame: Frame, state: State, instruction: Instr): boolean {
  const { evaluator, memory } = frame;
  switch (instruction[0]) {
    case '=':
      assign(frame, state, instruction);
      return true;
    case 'k':
      return applyCall(frame, state, instruction);
    case 'e':
      if (!isDropped(instruction)) evaluator.eval(state, instruction[3]);
      return true;
    case 'r': {
      const value = instruction[3] && evaluator.eval(state, instruction[3]);
      noteReturn(frame, state, value, instruction);
      return false;
    }
    case 'd': {
      const [, start, end, variable, size] = instruction;
      const object = evaluator.variable(variable);
      state.drop(object.key);
      state.unfree(object.key);
      if (size && object.isArray) {
        const node = evaluator.eval(state, size);
        if (!isNumber(node)) {
          const role = 'a stack size';
          const span = { start: size[1], end: size[2] };
          const text = render(size, frame.world.func);
          judgeSize(frame, state, node, { span, text, by: object.name ?? '', role });
          judge(frame, state, node, { role, span, text, callee: undefined, limit: 255 });
        }
      }
      memory.write(
        state,
        { object, selector: '' },
        frame.values.leaf('site', `nothing ${String(start)}:${String(end)}`, {
          name: UNSET,
          made: { at: { start, end }, says: 'is declared without a value' },
          ...(object.type !== undefined && { type: object.type }),
        }),
        '',
      );
      return true;
    }
  }
}

function assign(frame: Frame, state: State, [, start, , target, rhs]: Instr & { readonly 0: '=' }): void {
  const { evaluator, memory } = frame;
  // `int x = x;` keeps compilers quiet.
  if (target[0] === 'v' && rhs[0] === 'v' && target[3] === rhs[3]) return;
  const span = { start: target[1], end: target[2] };
  if (rhs[0] === 'o' && frame.isC) {
    const place = evaluator.place(state, target, 'write');
    if (!place) return;
    state.set(place.object.key, place.selector, frame.values.number(0));
    evaluator.fill(state, place, rhs);
    return;
  }
  let value = evaluator.eval(state, rhs);
  judgeAssigned(frame, state, target, value, rhs);
  const place = evaluator.place(state, target, 'write');
  if (!place) return;
  const { object, selector } = place;
  const type =
    selector === '' ? (place.index ? undefined : object.type) : memory.typeAt(object, selector)?.type;
  if (type !== undefined && !(object.isArray && selector === '')) {
    judgeNarrowing(frame, state, type, value, rhs, nameOf(object.name, selector));
    judgeUnsigned(frame, state, type, value, rhs);
    judgePointerSize(frame, rhs);
    if (isPointer(type)) judgeStep(frame, state, rhs);
    value = typed(frame, type, value);
  }
  if (object.isArray && selector === '' && !place.index && value.kind === 'text') {
    state.set(object.key, '', value);
    return;
  }
  const from = frame.isC && /^[v.*[]$/.test(rhs[0]) ? evaluator.place(state, rhs, undefined) : undefined;
  if (from && !from.object.isArray && from.object !== object) {
    memory.write(state, place, value, String(start));
    memory.copyCells(state, from, place);
  } else memory.write(state, place, value, String(start));
  frame.name(value, nameOf(place.object.name, selector), span);
  const stays = object.kind === 'variable' && selector === '' && !isStatic(frame, object);
  if (frame.isC && !stays && mayPoint(value)) giveAway(frame, state, value);
  if (!frame.emitting) return;
  if (object.kind !== 'variable')
    store(frame, state, object.key, selector, object.kind, object.behind, value);
  else captured(frame, state, object, selector, value);
}

/** A variable that functions inside of this one see too. */
function captured(frame: Frame, state: State, object: MemoryObject, selector: string, value: Node): void {
  const key = frame.world.captured(Number(object.key.slice(1)));
  if (key !== undefined) store(frame, state, key, selector, 'global', undefined, value);
}

function isStatic({ world }: Frame, { key }: MemoryObject): boolean {
  return world.func.vars[Number(key.slice(1))]?.s === 1;
}

function mayPoint({ kind, type }: Node): boolean {
  return (
    !/^(number|text|function|name|binary)$/.test(kind) && (isPointer(type) || integerType(type) === undefined)
  );
}

/** A value as a variable of a type keeps it. */
function typed(frame: Frame, type: string, value: Node): Node {
  if (!frame.isC) return value;
  if (isPointer(type) || /_(handle|ptr)(_t)?$/.test(type)) {
    const blind =
      value.type === undefined ||
      /^(const )?void \*+$/.test(value.type) ||
      /^(const )?(unsigned )?(char|uint8_t) \*$/.test(value.type);
    if (!blind || value.type === type || /^(number|text|function|address)$/.test(value.kind)) return value;
    return frame.values.compound('cast', type, [value], type);
  }
  return frame.evaluator.fold.cast(type, value);
}

function nameOf(name: string | undefined, selector: string): string {
  return selector === ''
    ? (name ?? '')
    : name === undefined || name === ''
      ? selector
      : `${name}.${selector}`;
}

export function reversePostorder(blocks: readonly FlowBlock[]): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const stack: [number, number[]][] = [[0, successors(blocks[0])]];
  seen.add(0);
  while (stack.length > 0) {
    const [block, rest] = stack[stack.length - 1] ?? [0, []];
    const next = rest.pop();
    if (next === undefined) {
      order.push(block);
      stack.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      stack.push([next, successors(blocks[next])]);
    }
  }
  return order.reverse();
}

function successors(block: FlowBlock | undefined): number[] {
  return [block?.x, block?.f, block?.t].filter((to) => to !== undefined);
}
