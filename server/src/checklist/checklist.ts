/** Provisions × findings × evidence × declarations → standings. Absence of findings is never evidence. */
import type { Rule } from '../../../rules/kit/index.js';
import type { Provision, Standard } from '../../../rules/standard/standard.js';
import { type Report, identityOf } from '../report/model.js';
import { foundAgainst, isOf, openAgainst } from './against.js';
import type { Declarations, Entry } from './declarations.js';
import type { Profile } from './features.js';
import { applicability, unanswered } from './profile.js';
import type { Checklist, ChecklistHeading, ChecklistRow, Declared, Standing } from './model.js';

export interface ChecklistInput {
  readonly report: Report;
  readonly standard: Standard;
  readonly rulesOn: readonly Rule[];
  readonly edition: string;
  /** Root folder of the product, `.` for the root of the run. */
  readonly product: string;
  /** What the maker says of the product. */
  readonly declarations?: Declarations;
  /** What the product is, as far as its config says. */
  readonly profile?: Profile;
  /** `YYYY-MM-DD`; reviews are due by it. */
  readonly today?: string;
}

export function buildChecklist(input: ChecklistInput): Checklist {
  const { standard, edition, product, rulesOn, report } = input;
  const provisions = standard.provisions.filter(
    (provision) => provision.labels[edition as keyof Provision['labels']].length > 0,
  );
  const rows = provisions.map((provision) => row(provision, input));
  const headings = standard.headings.map((heading): ChecklistHeading => {
    const own = rows.filter((each) => each.heading === heading.heading);
    return {
      heading: heading.heading,
      labels: heading.labels,
      title: heading.title,
      about: heading.about,
      standing: overall(own),
      findings: new Set(own.flatMap(({ id }) => openAgainst(id, report, product).map(identityOf))).size,
      evidence: own.reduce((sum, each) => sum + each.evidence.length, 0),
      rules: rulesOn.filter((rule) => rule.heading === heading.heading).length,
    };
  });
  return {
    schema: 'skarp-checklist/1',
    edition,
    product,
    headings,
    rows,
    unanswered: unanswered(provisions, input.profile ?? {}),
  };
}

function row(provision: Provision, input: ChecklistInput): ChecklistRow {
  const { report, product, rulesOn, today = '', profile = {} } = input;
  const counts = foundAgainst(provision.id, report, product);
  const open = counts.filter((finding) => !finding.suppressed);
  const evidence = report.evidence.filter(
    (shown) => shown.provision === provision.id && isOf(product, shown),
  );
  const entry = input.declarations?.get(provision.id);
  // Rules beyond the default ones are for those who want to look closer: they do not call anybody wrong.
  const isByDefault = (id: string): boolean => rulesOn.find((rule) => rule.id === id)?.in === undefined;
  const applies = applicability(provision, profile);
  return {
    id: provision.id,
    labels: provision.labels,
    heading: provision.heading,
    wording: provision.wording,
    status: provision.status,
    canShow: provision.canShow,
    applies,
    standing: standingOf({
      isOutside: applies.is === 'no',
      declared: entry?.declared,
      isContradicted: entry?.declared === 'met' && open.some(({ rule }) => isByDefault(rule)),
      isViolated: open.length > 0,
      isSupported:
        provision.canShow === 'show' &&
        evidence.length > 0 &&
        counts.length === 0 &&
        entry?.declared !== 'partly' &&
        entry?.declared !== 'not-met',
    }),
    findings: open.map((finding) => finding.fingerprint),
    evidence: evidence.map(({ rule, file, range, shows }) => ({ rule, file, range, shows })),
    ...(entry && { declaration: declaredOf(entry, today) }),
  };
}

function declaredOf(entry: Entry, today: string): Declared {
  const { 'review-by': reviewBy, owner, evidence = [], declared, because, by, on } = entry;
  return {
    declared,
    because,
    by,
    on,
    ...(owner !== undefined && { owner }),
    ...(reviewBy !== undefined && { reviewBy }),
    ...(reviewBy !== undefined && reviewBy < today && { expired: true as const }),
    evidence,
  };
}

interface Judged {
  /** The profile says that it does not apply. */
  readonly isOutside: boolean;
  readonly declared: Declared['declared'] | undefined;
  /** Declared met, and a rule that is on by default speaks against it. */
  readonly isContradicted: boolean;
  readonly isViolated: boolean;
  /** Only where code can show it; a suppressed finding blocks it, and so does a maker who says that less is so. */
  readonly isSupported: boolean;
}

/** not-applicable › contradicted › violated › supported › declared › open. */
function standingOf({ isOutside, declared, isContradicted, isViolated, isSupported }: Judged): Standing {
  if (isOutside || declared === 'not-applicable') return 'not-applicable';
  if (isContradicted) return 'contradicted';
  if (isViolated) return 'violated';
  if (isSupported) return 'supported';
  return declared === undefined ? 'open' : 'declared';
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
