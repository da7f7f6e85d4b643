/** How mature a product is, heading by heading. The formulas are explained in docs/assess.md. */
import { isDeclaredMet } from '../checklist/rows.js';
import type { Heading, ProvisionId } from '../../../rules/kit/index.js';
import type { Checklist, ChecklistHeading, ChecklistRow } from '../checklist/model.js';

/** 0 nothing known, 1 declared, 2 supported by code, 3 enforced. */
export type Level = 0 | 1 | 2 | 3;

/** What beside the rows decides whether a heading is enforced. */
export interface Enforcement {
  /** A CI file that git tracks runs `skarp check`. */
  readonly inCi: boolean;
  /** Headings with a rule that the product's own config has switched off. */
  readonly loosened: ReadonlySet<Heading | 0>;
}

export interface HeadingMaturity {
  readonly heading: Heading | 0;
  readonly title: string;
  readonly level: Level;
  /** The level and the share of rows that are beyond it: 0 to 3. */
  readonly value: number;
  readonly rows: number;
  /** Ids of the rows that keep the heading from the next level, mandatory ones first. */
  readonly next: readonly ProvisionId[];
}

/** Rows of the heading that the product must answer for. */
export function counted(rows: readonly ChecklistRow[]): readonly ChecklistRow[] {
  return rows.filter(({ standing }) => standing !== 'not-applicable');
}

/** A heading is as mature as its least mature row; headings of which nothing applies are left out. */
export function maturityOf(checklist: Checklist, enforcement: Enforcement): readonly HeadingMaturity[] {
  return checklist.headings
    .filter(({ heading }) => heading > 0)
    .flatMap((heading) => {
      const rows = counted(checklist.rows.filter((row) => row.heading === heading.heading));
      return rows.length === 0 ? [] : [ofHeading(heading, rows, enforcement)];
    });
}

function ofHeading(
  { heading, title, rules }: ChecklistHeading,
  rows: readonly ChecklistRow[],
  { inCi, loosened }: Enforcement,
): HeadingMaturity {
  const isEnforced = inCi && rules > 0 && !loosened.has(heading);
  const levels = rows.map((row) => levelOf(row, isEnforced));
  const level = Math.min(...levels) as Level;
  const beyond = levels.filter((each) => each > level).length;
  const next = rows
    .filter((_, at) => levels[at] === level)
    .sort((a, b) => Number(b.status === 'mandatory') - Number(a.status === 'mandatory'))
    .map(({ id }) => id);
  return { heading, title, level, value: level + beyond / rows.length, rows: rows.length, next };
}

/**
 * What code can show must be seen there. What it can only hint at must be declared, and a control seen; what nobody can
 * see in code is as well supported as it can be once it is declared. Of a review that is overdue nothing is left.
 */
export function levelOf(row: ChecklistRow, isEnforced: boolean): Level {
  const { standing, canShow, evidence } = row;
  const isMet = isDeclaredMet(row);
  const isSeen = canShow === 'no' || (canShow === 'hint' && evidence.length > 0);
  if (standing === 'supported' || (isMet && isSeen)) return isEnforced ? 3 : 2;
  return isMet ? 1 : 0;
}
