/**
 * Which recommended provisions matter for this product and which may be left, so that neither too little is done nor
 * too much. The weights are explained in docs/assess.md.
 */
import { isFulfilled } from '../checklist/rows.js';
import type { Checklist, ChecklistRow } from '../checklist/model.js';
import { ALWAYS } from '../checklist/profile.js';

/** From this weight on a recommendation matters. */
export const MATTERS = 2;

export interface Recommendation extends Pick<ChecklistRow, 'id' | 'labels' | 'wording'> {
  readonly weight: number;
  /** What speaks for it, in words. */
  readonly why: readonly string[];
}

export interface Recommendations {
  /** The heaviest first. */
  readonly matter: readonly Recommendation[];
  /** Too light to begin with, and no reason is recorded yet. */
  readonly mayBeLeft: readonly Recommendation[];
  /** Left, with the maker's reason. */
  readonly left: readonly (Recommendation & { readonly reason: string })[];
  /** Ids of those of which nobody has said whether they apply. */
  readonly undecided: readonly ChecklistRow['id'][];
}

export function recommendationsOf({ rows }: Checklist): Recommendations {
  const open = rows.filter((row) => row.status === 'recommended' && row.heading > 0 && !isSettled(row));
  const isUndecided = (row: ChecklistRow): boolean =>
    row.applies.is === 'unknown' && row.findings.length === 0 && row.declaration === undefined;
  const decided = open.filter((row) => !isUndecided(row)).map((row) => ({ row, ...weighed(row, rows) }));
  const matter = [];
  const mayBeLeft = [];
  const left = [];
  for (const { row, weight, why } of decided) {
    const { id, labels, wording, declaration, findings } = row;
    const each = { id, labels, wording, weight, why };
    // What the code speaks against is no decision of the maker's: it matters whatever is declared.
    if (declaration?.declared === 'not-met' && declaration.expired !== true && findings.length === 0)
      left.push({ ...each, reason: declaration.because });
    else if (weight >= MATTERS) matter.push(each);
    else mayBeLeft.push(each);
  }
  const heaviest = (a: Recommendation, b: Recommendation): number => b.weight - a.weight;
  return {
    matter: matter.sort(heaviest),
    mayBeLeft: mayBeLeft.sort(heaviest),
    left,
    undecided: open.filter(isUndecided).map(({ id }) => id),
  };
}

/** Nothing is left to do: it does not apply, code shows it, or it is declared met and that still holds. */
function isSettled(row: ChecklistRow): boolean {
  return row.standing === 'not-applicable' || isFulfilled(row);
}

const UNANSWERED = new Set(['open', 'violated', 'contradicted']);

function weighed(row: ChecklistRow, rows: readonly ChecklistRow[]): Pick<Recommendation, 'weight' | 'why'> {
  const isMandatoryDone = !rows.some(
    (each) => each.heading === row.heading && each.status === 'mandatory' && UNANSWERED.has(each.standing),
  );
  const reasons = (
    [
      [2, row.findings.length > 0, 'the code speaks against it'],
      [
        1,
        row.applies.is === 'yes' && row.applies.because !== ALWAYS,
        'it is meant for what this product has',
      ],
      [1, (row.labels['v1.1.1'] ?? []).length > 0, 'it is asked since the first edition'],
      [1, row.evidence.length > 0, 'a control was seen already'],
      [1, isMandatoryDone, 'what is mandatory under its heading is answered'],
    ] as const
  ).filter(([, holds]) => holds);
  return {
    weight: reasons.reduce((sum, [weight]) => sum + weight, 0),
    why: reasons.map(([, , words]) => words),
  };
}
