/** Provisions × findings × evidence → standings. Absence of findings is never evidence. */
import type { Rule } from '../../../rules/kit/index.js';
import type { Provision, Standard } from '../../../rules/standard/standard.js';
import type { Report } from '../report/model.js';
import type { Checklist, ChecklistHeading, ChecklistRow, Standing } from './model.js';

export interface ChecklistInput {
  readonly report: Report;
  readonly standard: Standard;
  readonly rulesOn: readonly Rule[];
  readonly edition: string;
  /** Root folder of the product, `.` for the root of the run. */
  readonly product: string;
}

export function buildChecklist(input: ChecklistInput): Checklist {
  const { standard, edition, product, rulesOn } = input;
  const rows = standard.provisions
    .filter((provision) => provision.labels[edition as keyof Provision['labels']].length > 0)
    .map((provision) => row(provision, input));
  const headings = standard.headings.map((heading): ChecklistHeading => {
    const own = rows.filter((each) => each.heading === heading.heading);
    return {
      heading: heading.heading,
      labels: heading.labels,
      title: heading.title,
      about: heading.about,
      standing: overall(own),
      findings: new Set(own.flatMap((each) => each.findings)).size,
      evidence: own.reduce((sum, each) => sum + each.evidence.length, 0),
      rules: rulesOn.filter((rule) => rule.heading === heading.heading).length,
    };
  });
  return { schema: 'skarp-checklist/1', edition, product, headings, rows };
}

function row(provision: Provision, { report, product }: ChecklistInput): ChecklistRow {
  const ofProduct = (each: { product?: string }): boolean => product === '.' || each.product === product;
  const counts = report.findings.filter(
    (finding) =>
      finding.provisions.includes(provision.id) &&
      finding.material === 'product' &&
      finding.severity !== 'info' &&
      ofProduct(finding),
  );
  const open = counts.filter((finding) => !finding.suppressed);
  const evidence = report.evidence.filter((shown) => shown.provision === provision.id && ofProduct(shown));
  return {
    id: provision.id,
    labels: provision.labels,
    heading: provision.heading,
    wording: provision.wording,
    status: provision.status,
    canShow: provision.canShow,
    applies:
      provision.applies === null
        ? { is: 'yes', because: 'it applies to every product' }
        : { is: 'unknown', because: `it applies ${provision.applies}` },
    standing: standingOf(provision, open.length, counts.length, evidence.length),
    findings: open.map((finding) => finding.fingerprint),
    evidence: evidence.map(({ rule, file, range, shows }) => ({ rule, file, range, shows })),
  };
}

/** violated › supported (only where code can show it, and a suppressed finding blocks it) › open. */
function standingOf(provision: Provision, open: number, all: number, evidence: number): Standing {
  if (open > 0) return 'violated';
  if (provision.canShow === 'show' && evidence > 0 && all === 0) return 'supported';
  return 'open';
}

const WORST: readonly Standing[] = [
  'contradicted',
  'violated',
  'open',
  'declared',
  'supported',
  'not-applicable',
];

/** A heading is as good as its worst row. */
function overall(rows: readonly ChecklistRow[]): Standing {
  return WORST.find((standing) => rows.some((each) => each.standing === standing)) ?? 'open';
}
