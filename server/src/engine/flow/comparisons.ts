/** What conditions of a function compared, whatever became of it: a check that lets too much through is still a check. */
import type { Span } from '../facts/model.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import type { State } from './state.js';
import { type Node, isNumber } from './values.js';

export interface Comparison {
  readonly at: Span;
  /** The largest number that passes, where it was compared with one. */
  readonly most: number | undefined;
  /** Its lower end was looked at too. */
  readonly fromBelow: boolean;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** Remembers which value a condition compared with an upper end. */
export function compare(frame: Frame, state: State, condition: Ex): void {
  if (!frame.emitting || !frame.isC || condition[0] !== 'b') return;
  const [, start, end, operator, left, right] = condition;
  const [a, b] = [frame.evaluator.eval(state, left), frame.evaluator.eval(state, right)];
  remember(frame, a, operator, b, { start, end });
  remember(frame, b, MIRRORED[operator] ?? operator, a, { start, end });
}

function remember(frame: Frame, node: Node, operator: string, limit: Node, at: Span): void {
  if (isNumber(node)) return;
  const known = frame.compared.get(node.id);
  const isUpper = MIRRORED[operator] !== undefined && !(isNumber(limit) && limit.value <= 0);
  if (!isUpper) {
    // That it is not zero says nothing of the numbers below.
    if (/^[=!]=$/.test(operator) && !(isNumber(limit) && limit.value < 0)) return;
    if (known) frame.compared.set(node.id, { ...known, fromBelow: true });
    else frame.compared.set(node.id, { at, most: undefined, fromBelow: true });
    return;
  }
  // Whichever branch goes on: beyond the limit somebody refuses, or below it somebody works.
  const passes = isNumber(limit) ? limit.value - (/^(>=|<)$/.test(operator) ? 1 : 0) : undefined;
  frame.compared.set(node.id, { at, most: passes, fromBelow: known?.fromBelow ?? false });
}
