/** Where a product stands between what its code shows and what its makers do about it. See docs/assess.md. */
import type { Checklist, ChecklistRow } from '../checklist/model.js';
import { counted } from './maturity.js';

export type Type = 'starter' | 'builder' | 'paper tiger' | 'leader';

export interface Typology {
  readonly type: Type;
  /** 0 to 1. */
  readonly code: number;
  readonly process: number;
}

/** From here on an axis counts as mature. Half is where more rows speak for the product than do not. */
export const THRESHOLD = 0.5;

export function typologyOf(checklist: Checklist): Typology {
  const rows = counted(checklist.rows);
  const code = mean(rows.filter(({ canShow }) => canShow !== 'no').map(inCode));
  const process = mean(rows.filter(({ canShow }) => canShow === 'no').map(inProcess));
  return { type: typeOf(code, process), code, process };
}

export function typeOf(code: number, process: number): Type {
  if (code < THRESHOLD) return process < THRESHOLD ? 'starter' : 'paper tiger';
  return process < THRESHOLD ? 'builder' : 'leader';
}

/** What the code says of a row: a control that was seen is all, a declaration that nothing speaks against is half. */
function inCode({ standing, declaration, evidence }: ChecklistRow): number {
  if (standing === 'supported') return 1;
  if (standing !== 'declared' || declaration?.declared !== 'met') return 0;
  return evidence.length > 0 ? 1 : 0.5;
}

/** What the makers do about a row: say what is so, say who sees to it, and look again in time. */
function inProcess({ standing, declaration }: ChecklistRow): number {
  if (standing !== 'declared' || !declaration) return 0;
  const said = { met: 1, partly: 0.5, 'not-met': 0.25, 'not-applicable': 1 }[declaration.declared];
  const isOwned = declaration.owner !== undefined;
  const isReviewed = declaration.reviewBy !== undefined && declaration.expired !== true;
  return said * (0.5 + (isOwned ? 0.25 : 0) + (isReviewed ? 0.25 : 0));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
