/** Comments that speak to Skarp: `skarp-ignore rule[, rule] [until=YYYY-MM-DD] [by=name] -- reason`. */
import type { Severity } from '../../../rules/kit/index.js';
import type { Suppressed } from './finding.js';
import { SUPPRESSION_WORD } from './facts/interest.js';
import type { CommentFact, Span } from './facts/model.js';
import { Lines } from './lines.js';

export interface Suppression {
  readonly comment: Span;
  /** Where it holds. */
  readonly covers: Span;
  readonly rules: readonly string[];
  readonly why: Suppressed;
  used: boolean;
}

/** What is wrong with a suppression is a finding of its own. */
export interface SuppressionFault extends Span {
  readonly rule: SuppressionRule;
  readonly message: string;
}

export type SuppressionRule =
  'suppression-unknown-rule' | 'suppression-without-reason' | 'suppression-expired' | 'suppression-unused';
export const SUPPRESSION_SEVERITY: Readonly<Record<'default' | 'strict', Severity>> = {
  default: 'warning',
  strict: 'error',
};

const FORM =
  /^skarp-ignore(-file)?[ \t]+([a-z0-9][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z0-9][a-z0-9-]*)*)((?:[ \t]+(?:until|by)=\S+)*)[ \t]*(?:--[ \t]*([\s\S]*))?$/;

export function readSuppressions(
  comments: readonly CommentFact[],
  text: string,
  /** The id that a rule goes by today; undefined where there is none. */
  current: (rule: string) => string | undefined,
  today: string,
): { suppressions: Suppression[]; faults: SuppressionFault[] } {
  const suppressions: Suppression[] = [];
  const faults: SuppressionFault[] = [];
  const lines = new Lines(text);
  for (const comment of comments) {
    const words = inner(comment.text);
    if (!words.startsWith(SUPPRESSION_WORD)) continue;
    const span = { start: comment.start, end: comment.end };
    const fault = (rule: SuppressionRule, message: string): void => {
      faults.push({ ...span, rule, message });
    };
    const match = FORM.exec(words);
    const reason = match?.[4]?.trim() ?? '';
    if (!match || reason === '') {
      fault(
        'suppression-without-reason',
        'this comment suppresses nothing: write `skarp-ignore rule-id -- reason`',
      );
      continue;
    }
    const rules = (match[2] ?? '').split(',').map((rule) => rule.trim());
    for (const rule of rules)
      if (current(rule) === undefined)
        fault('suppression-unknown-rule', `${rule} is no rule of Skarp, so nothing is suppressed`);
    const until = /until=(\S+)/.exec(match[3] ?? '')?.[1];
    const by = /by=(\S+)/.exec(match[3] ?? '')?.[1];
    if (until !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(until) || until < today)) {
      fault(
        'suppression-expired',
        `this suppression ended on ${until}: fix the finding or give it a new date and reason`,
      );
      continue;
    }
    suppressions.push({
      comment: span,
      covers: match[1] !== undefined ? { start: 0, end: text.length } : coverage(comment, lines),
      rules: rules.flatMap((rule) => current(rule) ?? []),
      why: { reason, ...(until !== undefined && { until }), ...(by !== undefined && { by }) },
      used: false,
    });
  }
  return { suppressions, faults };
}

function coverage(comment: CommentFact, lines: Lines): Span {
  const { line } = lines.position(comment.start);
  if (comment.trailing) return { start: lines.start(line), end: comment.end };
  if (comment.next) return comment.next;
  const next = lines.position(comment.end).line + 1;
  return { start: lines.start(next), end: lines.start(next) + lines.line(next).length };
}

/** A comment without its marks; the last line only of a block of `//` lines is never needed: each is a comment. */
function inner(comment: string): string {
  return comment
    .replace(/^(\/\/+|\/\*+|#+|;+)[ \t]*/, '')
    .replace(/\*+\/$/, '')
    .trim();
}

/** The suppression that holds for a place, if one does. Marks it used. */
export function suppressionFor(
  suppressions: readonly Suppression[],
  rule: string,
  at: Span,
): Suppression | undefined {
  const found = suppressions.find(
    ({ covers, rules }) => rules.includes(rule) && covers.start <= at.start && at.start <= covers.end,
  );
  if (found) found.used = true;
  return found;
}
