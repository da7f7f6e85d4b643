/** From what rules answered to findings: severities, suppressions, fingerprints. */
import type { FileId, Rule, Severity } from '../../../rules/kit/index.js';
import type { CommentFact, FileFacts, Span } from './facts/model.js';
import type { Finding, Material } from './finding.js';
import { Fingerprints } from './fingerprint.js';
import type { Answers, RawProblem } from './lint.js';
import { type Suppression, SUPPRESSION_SEVERITY, readSuppressions, suppressionFor } from './suppress.js';

/** What is known of one file when its findings are made. */
export interface FileAnswers {
  readonly file: FileId;
  readonly text: string;
  readonly answers: readonly Answers[];
  readonly comments: readonly CommentFact[];
  readonly facts: FileFacts | undefined;
}

export interface Circumstances {
  readonly product: string;
  readonly material: Material;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly strict: boolean;
  /** Whether what is wrong with suppressions is a finding too: not where only some rules were asked for. */
  readonly judgesSuppressions: boolean;
  readonly severity: (rule: Rule) => Severity | 'off';
  /** Whether the product builds what stands under an `#if`; undefined where its config does not decide. */
  readonly isBuilt: (condition: string) => boolean | undefined;
  /** The id that a rule goes by today, whatever it was called; undefined where there is none. */
  readonly currentId: (id: string) => string | undefined;
  /** Whether a rule was on for the file and could have spoken. */
  readonly ran: (id: string) => boolean;
}

/** Findings of one file in order of place; those about suppressions come last. */
export function findingsOf(file: FileAnswers, around: Circumstances): Finding[] {
  const { suppressions, faults } = readSuppressions(file.comments, file.text, around.currentId, around.today);
  const fingerprints = new Fingerprints();
  const findings = ruleFindings(file, around, suppressions, fingerprints);
  if (!around.judgesSuppressions) return findings;
  const own = (rule: string, message: string, span: Span): void => {
    findings.push({
      rule,
      severity: SUPPRESSION_SEVERITY[around.strict ? 'strict' : 'default'],
      message,
      at: { file: file.file, start: span.start, end: span.end },
      product: around.product,
      material: around.material,
      provisions: [],
      headings: [],
      cwe: [],
      fingerprint: fingerprints.next(rule, undefined, file.text.slice(span.start, span.end)),
      path: [],
      fixes: [],
    });
  };
  for (const fault of faults) own(fault.rule, fault.message, fault);
  // Where part of the file could not be read, the finding may be in that part.
  if (file.facts && file.facts.gaps.length > 0) return findings;
  for (const { rules, used, comment } of suppressions)
    if (!used && rules.length > 0 && rules.every(around.ran)) {
      const finds = rules.length > 1 ? 'find' : 'finds';
      own(
        'suppression-unused',
        `${rules.join(', ')} ${finds} nothing here any more: remove this comment`,
        comment,
      );
    }
  return findings;
}

function ruleFindings(
  file: FileAnswers,
  around: Circumstances,
  suppressions: readonly Suppression[],
  fingerprints: Fingerprints,
): Finding[] {
  const raw = file.answers
    .flatMap(({ problems }) => problems)
    .sort(
      (a, b) => a.at.start - b.at.start || a.rule.id.localeCompare(b.rule.id, 'en') || a.at.end - b.at.end,
    );
  const seen = new Set<string>();
  const place = ({ rule, at }: (typeof raw)[number]): string =>
    `${rule.id} ${String(at.start)} ${String(at.end)}`;
  const followed = new Set(raw.filter(isFollowed).map(place));
  return raw.flatMap((each) => {
    const { rule, problem, at, func, condition } = each;
    // Where a value was followed to its source, what the same rule says of the place by itself says less; its fixes hold.
    const twins = followed.has(place(each)) ? raw.filter((other) => place(other) === place(each)) : [each];
    if (!isFollowed(each) && twins.length > 1) return [];
    const configured = around.severity(rule);
    const unbuilt = condition !== undefined && around.isBuilt(condition) === false;
    const severity = unbuilt && configured !== 'off' ? 'info' : configured;
    const message = `${problem.says ?? rule.title}${unbuilt ? ` (not built: the product's config leaves this branch out)` : ''}`;
    const key = `${rule.id} ${String(at.start)} ${String(at.end)} ${message}`;
    if (severity === 'off' || seen.has(key)) return [];
    seen.add(key);
    const why = suppressionFor(suppressions, rule.id, at)?.why;
    return {
      rule: rule.id,
      severity,
      message,
      at,
      product: around.product,
      ...(func !== undefined && { func }),
      ...(condition !== undefined && { condition }),
      material: around.material,
      provisions: rule.provisions,
      headings: [rule.heading],
      cwe: rule.cwe,
      fingerprint: fingerprints.next(rule.id, func, file.text.slice(at.start, at.end)),
      path: problem.path ?? [],
      fixes: (problem.fixes ?? twins.find((other) => other.problem.fixes)?.problem.fixes ?? []).toSorted(
        (a, b) => Number(b.safe) - Number(a.safe),
      ),
      ...(why && { suppressed: why }),
    };
  });
}

function isFollowed({ problem }: RawProblem): boolean {
  return (problem.path?.length ?? 0) > 1;
}
