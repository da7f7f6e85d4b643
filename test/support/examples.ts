/** Examples of rules as tests: marks are stripped, the text is linted, marks are put back where the findings are. */
import type { Example, Rule } from '../../rules/kit/index.js';
import { applyEdits, chooseFixes } from '../../server/src/engine/fix.js';
import type { Evidence, Finding, Notice } from '../../server/src/engine/finding.js';
import type { Session } from '../../server/src/session.js';
import { sessionOver } from './memory-host.js';

export interface Marked {
  /** Text without marks. */
  readonly text: string;
  /** The guards: what stands in «guard: …», as spans of `text`. */
  readonly guards: readonly { readonly start: number; readonly end: number }[];
  /** Text in which only the marks of findings are kept. */
  readonly expected: string;
}

const GUARD = '«guard: ';

export function readMarks(marked: string): Marked {
  let text = '';
  let expected = '';
  const guards: { start: number; end: number }[] = [];
  const open: ('guard' | 'mark')[] = [];
  const starts: number[] = [];
  for (let at = 0; at < marked.length;) {
    if (marked.startsWith(GUARD, at)) {
      open.push('guard');
      starts.push(text.length);
      at += GUARD.length;
    } else if (marked[at] === '«') {
      open.push('mark');
      expected += '«';
      at++;
    } else if (marked[at] === '»') {
      if (open.pop() === 'guard') guards.push({ start: starts.pop() ?? 0, end: text.length });
      else expected += '»';
      at++;
    } else {
      text += marked.charAt(at);
      expected += marked.charAt(at++);
    }
  }
  return { text, guards, expected };
}

export function filesOf(example: Example): Record<string, string> {
  if ('files' in example) return { ...example.files };
  return 'c' in example ? { 'example.c': example.c } : { 'example.ts': example.ts };
}

export interface Linted {
  readonly session: Session;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly notices: readonly Notice[];
}

/** Lints with one rule alone. */
export async function lintWith(rule: Rule, files: Record<string, string>): Promise<Linted> {
  const session = await sessionOver(files, { rules: [rule.id] });
  return { session, ...session.outcome() };
}

/** A text with marks round every finding of its file. */
export function markFindings(file: string, text: string, findings: readonly Finding[]): string {
  const marks = findings
    .filter((finding) => finding.at.file === file)
    .flatMap(({ at }) => [
      { offset: at.start, mark: '«', order: 1 },
      { offset: at.end, mark: '»', order: 0 },
    ])
    .sort((a, b) => b.offset - a.offset || b.order - a.order);
  return marks.reduce(
    (marked, { offset, mark }) => marked.slice(0, offset) + mark + marked.slice(offset),
    text,
  );
}

/** The files after all fixes of the findings. */
export function fixAll(files: Record<string, string>, findings: readonly Finding[]): Record<string, string> {
  const { edits } = chooseFixes(findings.flatMap((finding) => finding.fixes.slice(0, 1)));
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [file, applyEdits(text, edits.get(file) ?? [])]),
  );
}
