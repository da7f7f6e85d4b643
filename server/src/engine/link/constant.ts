/** Values and the work that finding one may cost. */
import type { LiteralKind } from '../../../../rules/kit/index.js';

/** A value as rules see it: string contents, a decimal number, `true`, `false`, `null`. */
export interface Constant {
  readonly kind: LiteralKind;
  readonly value: string;
}

/** Longer strings are data, not constants. */
export const LONGEST_STRING = 65_536;

/** One question is worth this much work; what doubles itself step by step is given up. */
const MOST_STEPS = 4000;
const DEEPEST = 48;

/** The work that is left for one question. */
export class Budget {
  private steps = 0;
  private depth = 0;

  /** Runs one step of an evaluation; undefined when too much was done already. */
  step<Value>(run: () => Value | undefined): Value | undefined {
    if (++this.steps > MOST_STEPS || this.depth >= DEEPEST) return undefined;
    this.depth++;
    const value = run();
    this.depth--;
    return value;
  }
}

/** The value of a literal as it is written. */
export function plain(kind: string, value: string): Constant | undefined {
  return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'null'
    ? { kind, value }
    : undefined;
}
