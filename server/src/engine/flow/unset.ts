/**
 * Variables of a C function whose every write is seen, so that it is known where they hold nothing yet: plain values
 * whose address nobody takes and that no unknown macro is given.
 */
import type { Frame } from './frame.js';
import type { Ex, FlowBlock, FlowFunction, Instr } from './ir.js';
import type { State } from './state.js';
import { integerType, isPointer } from './types.js';
import type { Node } from './values.js';
import type { CallInstr, World } from './world.js';

/** Name of what a variable holds that was never given a value. */
export const UNSET = 'unset';

const WATCHED = new WeakMap<FlowFunction, ReadonlySet<number>>();
const NONE: ReadonlySet<number> = new Set();

/** Those that some way leads from their declaration to a use without a write. */
export function watchedVariables(world: World): ReadonlySet<number> {
  let found = WATCHED.get(world.func);
  if (!found) {
    found = find(world);
    WATCHED.set(world.func, found);
  }
  return found;
}

function find(world: World): ReadonlySet<number> {
  const { func } = world;
  const candidates = new Set<number>();
  for (const { i } of func.blocks)
    for (const instruction of i)
      if (instruction[0] === 'd' && isPlain(func, instruction[3])) candidates.add(instruction[3]);
  if (candidates.size === 0) return NONE;
  for (const block of func.blocks) {
    // Under an `#if` that nobody knows, or in assembly, a write may hide.
    if (block.f !== undefined && !block.c) return NONE;
    if (block.c) hidden(block.c, candidates);
    for (const instruction of block.i) {
      if (instruction[0] === 'e' && instruction[3][0] === '?') return NONE;
      if (instruction[0] === 'k' && mayBeMacro(world, instruction))
        for (const argument of instruction[5]) if (argument[0] === 'v') candidates.delete(argument[3]);
      hidden(instruction, candidates);
    }
  }
  return candidates.size === 0 ? NONE : live(func.blocks, candidates);
}

function mayBeMacro(world: World, call: CallInstr): boolean {
  if (call[4][0] !== 'g') return false;
  const { entry, targets } = world.callee(call);
  return !entry && targets.length === 0;
}

function isPlain({ vars, params }: FlowFunction, variable: number): boolean {
  const { n, t, d, s } = vars[variable] ?? { n: '' };
  if (n === '' || variable < params || d || s || t === undefined) return false;
  return (
    isPointer(t) ||
    integerType(t) !== undefined ||
    /^(enum \w+|esp_err_t|err_t|BaseType_t|UBaseType_t)$/.test(t)
  );
}

/** Takes out variables whose address is taken, or that are structs after all. */
function hidden(part: unknown, candidates: Set<number>): void {
  if (!Array.isArray(part)) return;
  const inner: unknown = part[3];
  if ((part[0] === '&' || part[0] === '.') && Array.isArray(inner) && inner[0] === 'v')
    candidates.delete(inner[3] as number);
  for (const each of part) hidden(each, candidates);
}

/** Of these variables, those that are live where they are declared. */
function live(blocks: readonly FlowBlock[], candidates: ReadonlySet<number>): ReadonlySet<number> {
  const into = blocks.map(() => new Set<number>());
  const found = new Set<number>();
  for (let changed = true; changed;) {
    changed = false;
    for (let at = blocks.length - 1; at >= 0; at--) {
      const block = blocks[at];
      if (!block) continue;
      const now = new Set(
        [block.t, block.f].flatMap((to) => (to === undefined ? [] : [...(into[to] ?? [])])),
      );
      if (block.c) read(block.c, now, candidates);
      for (const instruction of [...block.i].reverse()) before(instruction, now, candidates, found);
      if (now.size > (into[at]?.size ?? 0)) {
        into[at] = now;
        changed = true;
      }
    }
  }
  return found;
}

/** What is live before an instruction, of what is live after it. */
function before(
  instruction: Instr,
  now: Set<number>,
  candidates: ReadonlySet<number>,
  found: Set<number>,
): void {
  switch (instruction[0]) {
    case 'd':
      if (now.delete(instruction[3])) found.add(instruction[3]);
      break;
    case '=': {
      const [, , , target, value] = instruction;
      if (target[0] === 'v') now.delete(target[3]);
      else read(target, now, candidates);
      read(value, now, candidates);
      break;
    }
    case 'k': {
      const [, , , result, callee, args] = instruction;
      if (result >= 0) now.delete(result);
      read(callee, now, candidates);
      for (const argument of args) read(argument, now, candidates);
      break;
    }
    default: {
      const value = instruction[3];
      if (value && !isDropped(instruction)) read(value, now, candidates);
    }
  }
}

/** `(void)x;` and `x;` look at nothing. */
export function isDropped(instruction: Instr): boolean {
  if (instruction[0] !== 'e') return false;
  let ex: Ex = instruction[3];
  while (ex[0] === 'c' || ex[0] === 'u') ex = ex[4];
  return ex[0] === 'v';
}

function read(part: unknown, now: Set<number>, candidates: ReadonlySet<number>): void {
  if (!Array.isArray(part) || part[0] === 'z') return;
  if (part[0] === 'v' && part.length === 4) {
    if (candidates.has(part[3] as number)) now.add(part[3] as number);
  } else for (const each of part) read(each, now, candidates);
}

/**
 * What variables hold at the start of a block where one of the ways that lead there gave them no value: whoever reads them
 * in that block reads nothing on that way. Ways that come from the last of several comparisons for equality may be none.
 */
export function halfSet(frame: Frame, ways: ReadonlyMap<number, State>, state: State): ReadonlySet<Node> {
  const found = new Set<Node>();
  if (ways.size < 2) return found;
  const { blocks } = frame.world.func;
  for (const variable of frame.watched) {
    const { key } = frame.evaluator.variable(variable);
    const node = state.get(key, '');
    if (node?.kind !== 'phi') continue;
    for (const [edge, each] of ways)
      if (isUnset(each.get(key, '')) && !isLeftOver(blocks, edge)) found.add(node);
  }
  return found;
}

export function isUnset(node: Node | undefined): boolean {
  return node?.kind === 'site' && node.name === UNSET;
}

/** An edge on which none of the values that were compared with fitted. */
function isLeftOver(blocks: readonly FlowBlock[], edge: number): boolean {
  const from = Math.floor(edge / 4);
  const block = blocks[from];
  if (!block) return true;
  if (block.c) return edge % 4 === 1 && isEquality(block.c);
  return block.i.length === 0 && blocks.some(({ c, f }) => f === from && c !== undefined && isEquality(c));
}

function isEquality(condition: Ex): boolean {
  return condition[0] === 'b' && condition[3].startsWith('==');
}
