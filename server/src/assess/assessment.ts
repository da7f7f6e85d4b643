/** Maturity, type and what to do next, in one answer: `skarp-assessment/1`. */
import type { Answers } from '../checklist/declarations.js';
import type { Checklist, ChecklistRow } from '../checklist/model.js';
import { ADVICE, MEANING, type Role } from './advice.js';
import { type HeadingAnswers, answersOf } from './answers.js';
import { type Enforcement, type HeadingMaturity, maturityOf } from './maturity.js';
import type { Progress } from './progress.js';
import { type Recommendations, recommendationsOf } from './recommended.js';
import { type Typology, typologyOf } from './typology.js';

export interface Assessment {
  readonly schema: 'skarp-assessment/1';
  /** What people call the product. */
  readonly name?: string;
  readonly edition: string;
  readonly product: string;
  readonly inCi: boolean;
  readonly headings: readonly HeadingMaturity[];
  readonly typology: Typology & { readonly meaning: string };
  readonly advice: Readonly<Record<Role, string>>;
  /** Rows to take first: what the code speaks against, then what is mandatory and open. */
  readonly first: readonly Step[];
  readonly recommendations: Recommendations;
  /** What roles answer, the widest spread first; empty where nobody has. */
  readonly answers: readonly HeadingAnswers[];
  /** From the git history of the checklist, where there is one. */
  readonly progress?: Progress;
}

export type Step = Pick<ChecklistRow, 'id' | 'labels' | 'wording' | 'standing' | 'status'>;

const MOST_FIRST = 5;

export function assess(checklist: Checklist, enforcement: Enforcement, answers: Answers = {}): Assessment {
  const typology = typologyOf(checklist);
  const headings = maturityOf(checklist, enforcement);
  return {
    schema: 'skarp-assessment/1',
    edition: checklist.edition,
    product: checklist.product,
    inCi: enforcement.inCi,
    headings,
    typology: { ...typology, meaning: MEANING[typology.type] },
    advice: ADVICE[typology.type],
    first: firstOf(checklist),
    recommendations: recommendationsOf(checklist),
    answers: answersOf(checklist, headings, answers),
  };
}

const URGENCY = ['contradicted', 'violated', 'open'];

function firstOf({ rows }: Checklist): readonly Step[] {
  const rank = (row: ChecklistRow): number =>
    URGENCY.indexOf(row.standing) * 2 + (row.status === 'mandatory' ? 0 : 1);
  return rows
    .filter(({ standing, heading }) => heading > 0 && URGENCY.includes(standing))
    .sort((a, b) => rank(a) - rank(b) || b.findings.length - a.findings.length)
    .slice(0, MOST_FIRST)
    .map(({ id, labels, wording, standing, status }) => ({ id, labels, wording, standing, status }));
}
