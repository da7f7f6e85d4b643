/**
 * Which functions are worth following: those in which something can arrive, all that lead there, and all that these
 * call. A product without a place where anything could arrive costs one look at its calls.
 */
import type { Lang } from '../../../../rules/kit/index.js';
import { rolesOf } from '../apis.js';
import { mayAssign } from './assigned.js';
import type { FlowIndex } from './index.js';
import type { FlowFunction } from './ir.js';
import { WHOLE, isSecret } from './roles.js';
import type { FunctionRef } from './summary.js';
import { isPointer } from './types.js';
import { watchedVariables } from './unset.js';
import type { Callee, World } from './world.js';

/** What the rules of a run ask for in one language. */
export interface Wanted {
  readonly roles: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

export interface Relations {
  /** Functions each one calls, by index. */
  readonly calls: readonly (readonly number[])[];
  readonly relevant: ReadonlySet<number>;
}

/** Events that happen where an element is reached. */
const EDGES = ['index-out-of-bounds', 'negative-length', 'size-underflow', 'signed-length'];

export function relate(
  index: FlowIndex,
  worldOf: (ref: FunctionRef) => World,
  wanted: (lang: Lang) => Wanted | undefined,
): Relations {
  const { refs } = index;
  const calls: number[][] = [];
  const leads: number[][] = refs.map(() => []);
  const ends: number[] = [];
  const begins: number[] = [];
  const classes = new Map<string, number[]>();
  for (const ref of refs) {
    const world = worldOf(ref);
    const want = wanted(world.lang);
    const found = want ? look(ref, world, want) : NOTHING;
    calls.push([...found.targets].sort((a, b) => a - b));
    if (found.ends) ends.push(ref.index);
    if (found.begins) begins.push(ref.index);
    const outer =
      ref.func.outer === undefined ? undefined : index.files.get(ref.file)?.byStart.get(ref.func.outer);
    // A closure runs because its surroundings hand it over.
    if (outer) leads[outer.index]?.push(ref.index);
    if (ref.func.cls !== undefined) {
      const key = `${ref.file} ${ref.func.cls}`;
      const members = classes.get(key);
      if (members) members.push(ref.index);
      else classes.set(key, [ref.index]);
    }
  }
  const next = (at: number): readonly number[] => [...(calls[at] ?? []), ...(leads[at] ?? [])];
  return {
    calls,
    relevant: ends.length === 0 ? new Set() : spread(refs, next, [...ends, ...begins], classes),
  };
}

/** Up to whoever leads there, then down to all that is called on the way. */
function spread(
  refs: readonly FunctionRef[],
  next: (at: number) => readonly number[],
  from: readonly number[],
  classes: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<number> {
  const before = refs.map((): number[] => []);
  refs.forEach((_, at) => {
    for (const to of next(at)) before[to]?.push(at);
  });
  const up = reach(from, (at) => before[at] ?? []);
  // Methods of one class share its fields.
  const siblings = [...up].flatMap((at) => {
    const ref = refs[at];
    return ref?.func.cls === undefined ? [] : (classes.get(`${ref.file} ${ref.func.cls}`) ?? []);
  });
  return reach([...up, ...siblings], next);
}

function reach(from: readonly number[], next: (at: number) => readonly number[]): Set<number> {
  const seen = new Set(from);
  const queue = [...from];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const to of next(at))
      if (!seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
  return seen;
}

interface Look {
  readonly targets: ReadonlySet<number>;
  ends: boolean;
  begins: boolean;
}

const NOTHING: Look = { targets: new Set(), ends: false, begins: false };

function look({ func }: FunctionRef, world: World, { roles, events }: Wanted): Look {
  const targets = new Set<number>();
  const edges = EDGES.some((event) => events.has(event));
  const found: Look = { targets, ends: (edges || roles.has('an index')) && indexes(func), begins: false };
  if (events.has('used-unset') && world.lang === 'c') found.ends ||= watchedVariables(world).size > 0;
  if (events.has('returned-local')) found.ends ||= isPointer(func.type);
  for (const block of func.blocks) {
    found.ends ||= block.l !== undefined && block.c !== undefined && roles.has('a loop bound');
    for (const instruction of block.i) {
      found.ends ||=
        (instruction[0] === 'd' && instruction[4] !== undefined && roles.has('a stack size')) ||
        (instruction[0] === '=' && instruction[4][0] === 'b' && roles.has('pointer arithmetic')) ||
        (instruction[0] === '=' && instruction[4][0] === 'z' && events.has('pointer-size'));
      found.ends ||= mayAssign(instruction, roles);
      if (instruction[0] !== 'k') continue;
      const callee: Callee = world.callee(instruction);
      for (const target of callee.targets) targets.add(target.index);
      const { entry } = callee;
      if (!entry) continue;
      found.ends ||=
        rolesOf(entry).some((role) => roles.has(role)) ||
        (entry.whole !== undefined && roles.has(WHOLE)) ||
        (entry.takes !== undefined && roles.has('a source length')) ||
        (entry.fills !== undefined && roles.has('a difference')) ||
        (events.size > 0 &&
          (entry.frees ?? entry.allocates ?? entry.fails ?? entry.fills ?? entry.whole ?? entry.reads) !==
            undefined);
      found.ends ||= events.has('nonce-reused') && entry.once !== undefined;
      found.ends ||= events.has('unwiped-secret') && Object.values(entry.source ?? {}).some(isSecret);
      found.begins ||= (entry.source ?? entry.named ?? entry.callbacks) !== undefined;
    }
  }
  return found;
}

/** Whether an element is reached by an index. */
function indexes(func: FlowFunction): boolean {
  const inside = (part: unknown): boolean => {
    if (!Array.isArray(part)) return false;
    if (part[0] === '[' && part.length === 5 && typeof part[1] === 'number') return true;
    return part.some(inside);
  };
  return func.blocks.some(({ i, c }) => inside(c) || i.some(inside));
}
