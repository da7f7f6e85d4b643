/** A team's own policy: what must hold before something goes out. `gate` of skarp.json. */
import type { Report } from '../report/model.js';
import type { Checklist } from '../checklist/model.js';
import type { Assessment } from './assessment.js';

export interface Gate {
  /** Most errors in the product's own code that nobody has accepted with a reason. */
  readonly errors?: number | undefined;
  /** Most mandatory provisions that are open, violated or contradicted. */
  readonly openMandatory?: number | undefined;
  /** Least maturity: of every heading, or by heading. */
  readonly maturity?: number | Readonly<Record<string, number>> | undefined;
  /** Most declarations whose day of review has passed. */
  readonly expiredReviews?: number | undefined;
}

const UNANSWERED = new Set(['open', 'violated', 'contradicted']);

/** A line for each part of the policy that does not hold, with what is and what may be. */
export function failures(gate: Gate, assessment: Assessment, list: Checklist, report: Report): string[] {
  const most = (what: string, is: number, may: number | undefined): string[] =>
    may === undefined || is <= may ? [] : [`${what}: ${String(is)}, at most ${String(may)}`];
  const errors = report.findings.filter(
    ({ severity, material, suppressed }) => severity === 'error' && material === 'product' && !suppressed,
  );
  const unanswered = list.rows.filter(
    ({ status, standing }) => status === 'mandatory' && UNANSWERED.has(standing),
  );
  const expired = list.rows.filter(({ declaration }) => declaration?.expired === true);
  return [
    ...most('errors', errors.length, gate.errors),
    ...most('mandatory provisions that are not answered', unanswered.length, gate.openMandatory),
    ...immature(gate.maturity, assessment),
    ...most('reviews that are overdue', expired.length, gate.expiredReviews),
  ];
}

function immature(least: Gate['maturity'], { headings }: Assessment): string[] {
  if (least === undefined) return [];
  return headings.flatMap(({ heading, value }) => {
    const wanted = typeof least === 'number' ? least : least[String(heading)];
    return wanted === undefined || value >= wanted
      ? []
      : [`maturity of heading ${String(heading)}: ${value.toFixed(1)}, at least ${String(wanted)}`];
  });
}
