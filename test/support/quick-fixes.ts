/** Every fix that an example of a rule is offered, applied by itself. */
import { catalogue } from '../../rules/index.js';
import type { Fix, Rule } from '../../rules/kit/index.js';
import { applyEdits } from '../../server/src/engine/fix.js';
import type { Finding } from '../../server/src/engine/finding.js';
import { filesOf, lintWith, readMarks } from './examples.js';

export type Files = Readonly<Record<string, string>>;

export interface Fixable {
  readonly rule: Rule;
  /** Which bad example of the rule, counted from 1. */
  readonly example: number;
  readonly files: Files;
  readonly findings: readonly Finding[];
}

export interface Applied extends Fixable {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly fixed: Files;
}

/** The bad examples that any fix is offered for. */
export async function fixables(): Promise<Fixable[]> {
  const all: Fixable[] = [];
  for (const rule of catalogue.rules)
    for (const [index, example] of rule.bad.entries()) {
      const files = Object.fromEntries(
        Object.entries(filesOf(example)).map(([file, marked]) => [file, readMarks(marked).text]),
      );
      const { findings } = await lintWith(rule, files);
      if (findings.some(({ fixes }) => fixes.length > 0))
        all.push({ rule, example: index + 1, files, findings });
    }
  return all;
}

/** Each of its fixes, suggestions too, applied to the example as it stands. */
export function applications(fixable: Fixable): Applied[] {
  return fixable.findings.flatMap((finding) =>
    finding.fixes.map((fix) => ({ ...fixable, finding, fix, fixed: withFix(fixable.files, fix) })),
  );
}

function withFix(files: Files, fix: Fix): Files {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      applyEdits(
        text,
        fix.edits.filter(({ at }) => at.file === file),
      ),
    ]),
  );
}
