/** Results of functions of the product: which of their exits lead on where a condition has asked for the result. */
import type { Frame } from './frame.js';
import type { State } from './state.js';
import { type Exit, pathKey, samePath } from './summary.js';
import type { Node } from './values.js';

/** What a function gave back, to be narrowed once a condition asks for it. */
export interface Result {
  readonly exits: readonly Exit[];
  readonly args: readonly Node[];
  /** Keys of the memory that was behind its parameters before it ran, by `pathKey`. */
  readonly freed: ReadonlyMap<string, string>;
}

/** A result turned out to be such that only some exits of the function lead here. */
export function narrowExits(
  frame: Frame,
  state: State,
  node: Node,
  fits: (value: number | string | undefined) => boolean | undefined,
): void {
  const result = frame.results.get(node.id);
  if (!result) return;
  const left = result.exits.filter(({ value }) => fits(value) !== false);
  const [first, ...others] = left;
  if (!first) return;
  for (const fact of first.facts) {
    const twins = others.map(({ facts }) => facts.find((each) => samePath(each.param, fact.param)));
    if (twins.some((twin) => !twin)) continue;
    const subject = frame.nodeAt(state, result.args, fact.param);
    if (!subject) continue;
    const all = [fact, ...twins.flatMap((twin) => (twin ? [twin] : []))];
    const hi = all.every((each) => each.hi !== undefined)
      ? Math.max(...all.map((each) => each.hi ?? 0))
      : undefined;
    const lo = all.every((each) => each.lo !== undefined)
      ? Math.min(...all.map((each) => each.lo ?? 0))
      : undefined;
    const clean = fact.clean?.filter((role) => all.every((each) => each.clean?.includes(role)));
    const above = fact.above?.flatMap(({ param, offset }) => {
      const others = all.map((each) => each.above?.find((relation) => samePath(relation.param, param)));
      const bound = frame.nodeAt(state, result.args, param);
      return bound && others.every((each) => each)
        ? [{ node: bound, offset: Math.max(...others.map((each) => each?.offset ?? offset)) }]
        : [];
    });
    state.learn(subject, {
      ...(hi !== undefined && { hi }),
      ...(lo !== undefined && { lo }),
      ...(above && above.length > 0 && { above }),
      ...(all.every((each) => each.not0) && { not0: true }),
      ...(clean && clean.length > 0 && { clean: new Set(clean) }),
    });
  }
  narrowFrees(state, result, left);
}

function narrowFrees(state: State, { exits, freed: keys }: Result, left: readonly Exit[]): void {
  for (const { param, by } of exits.flatMap((exit) => exit.frees)) {
    const key = keys.get(pathKey(param));
    if (key === undefined) continue;
    const freed = state.freed.get(key);
    const still = left.filter((exit) => exit.frees.some((each) => samePath(each.param, param)));
    if (still.length === 0) state.unfree(key);
    else if (
      freed &&
      still.length === left.length &&
      still.every(({ frees }) => frees.every(({ sure }) => sure))
    )
      state.free(key, { ...freed, by, sure: true });
  }
}
