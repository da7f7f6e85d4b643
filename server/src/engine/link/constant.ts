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
const DEEPEST = 64;

/** The work that goes into one question, with all questions that it leads to. */
export class Work {
  private steps = 0;
  private depth = 0;

  /** Runs one step; undefined when too much was done already, or the way leads in a circle. */
  step<Value>(run: () => Value | undefined): Value | undefined {
    if (this.depth === 0) this.steps = 0;
    if (++this.steps > MOST_STEPS || this.depth >= DEEPEST) return undefined;
    this.depth++;
    try {
      return run();
    } finally {
      this.depth--;
    }
  }
}

/** The value of a literal as it is written. */
export function plain(kind: string, value: string): Constant | undefined {
  return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'null'
    ? { kind, value }
    : undefined;
}
