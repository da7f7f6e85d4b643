/** Functions that a library asks whether somebody may come in. Pure. */
import type { Expr, Func } from './index.js';

/** Where its parameters stand. */
interface Asked {
  readonly password: number;
  /** The function that is called with the answer; absent where the answer is the result. */
  readonly answer?: number;
  /** Whether that is a yes. */
  readonly isYes: (given: readonly Expr[]) => boolean;
}

/** True where the function says yes to whoever comes: it never looks at the password, and nothing in it decides. */
export function letsEverybodyIn(func: Func, { password, answer, isYes }: Asked): boolean {
  const { tail, params } = func;
  const given = params[password];
  if (!tail || (given !== undefined && (!/^[\w$]+$/.test(given) || func.uses.has(given)))) return false;
  if (answer === undefined) return isYes([tail]);
  const name = params[answer];
  return (
    name !== undefined && tail.call !== undefined && tail.text.startsWith(`${name}(`) && isYes(tail.call.args)
  );
}
