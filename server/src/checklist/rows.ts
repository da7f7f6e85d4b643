/** What several views ask of a row. */
import type { ChecklistRow } from './model.js';

/** What an edition calls it: several labels where it had several, its own id where it had none. */
export function labelOf({ labels, id }: Pick<ChecklistRow, 'labels' | 'id'>, edition: string): string {
  return (labels[edition] ?? [id]).join(', ');
}

/** Declared met, and that still holds: of a review that is overdue nothing is left. */
export function isDeclaredMet({
  standing,
  declaration,
}: Pick<ChecklistRow, 'standing' | 'declaration'>): boolean {
  return standing === 'declared' && declaration?.declared === 'met' && declaration.expired !== true;
}

/** Code shows it, or it is declared met and that still holds. */
export function isFulfilled(row: Pick<ChecklistRow, 'standing' | 'declaration'>): boolean {
  return row.standing === 'supported' || isDeclaredMet(row);
}
