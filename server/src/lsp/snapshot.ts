/** What a folder hands out when it has come to rest. */
import type { FileId } from '../../../rules/kit/index.js';
import type { Finding, Notice } from '../engine/finding.js';
import type { Report } from '../report/model.js';
import type { Session } from '../session.js';
import type { OpenText } from './changes.js';

/** What was known when the folder last came to rest. Never changes, though the session does. */
export interface Snapshot {
  readonly session: Session | undefined;
  readonly report: Report | undefined;
  /** Findings that count, by the file they lie in. */
  readonly findings: ReadonlyMap<FileId, readonly Finding[]>;
  /** Stretches of open files that could not be analysed. */
  readonly gaps: ReadonlyMap<FileId, readonly Notice[]>;
  /** Text of the root's `skarp.json`, if there is one. */
  readonly config: string | undefined;
  /** Texts that the findings and gaps speak of. */
  readonly texts: ReadonlyMap<FileId, string>;
  /** Open files as they were then. */
  readonly open: ReadonlyMap<FileId, OpenText>;
  /** Files that an editor changed since the snapshot before. */
  readonly edited: ReadonlySet<FileId>;
  readonly configProblem: ConfigProblem | undefined;
}

export interface ConfigProblem {
  readonly file: FileId;
  readonly offset: number;
  readonly message: string;
  readonly text: string;
}

export function takeSnapshot(
  session: Session | undefined,
  open: ReadonlyMap<FileId, OpenText>,
  edited: ReadonlySet<FileId>,
  configProblem: ConfigProblem | undefined,
): Snapshot {
  const outcome = session?.outcome();
  const findings = new Map<FileId, Finding[]>();
  const texts = new Map<FileId, string>();
  const keep = (file: FileId): void => {
    const text = session?.text(file);
    if (text !== undefined) texts.set(file, text);
  };
  for (const finding of outcome?.findings ?? []) {
    if (finding.suppressed) continue;
    const here = findings.get(finding.at.file);
    if (here) here.push(finding);
    else findings.set(finding.at.file, [finding]);
    keep(finding.at.file);
    for (const step of finding.path) keep(step.at.file);
    for (const fix of finding.fixes) for (const edit of fix.edits) keep(edit.at.file);
  }
  const gaps = new Map<FileId, Notice[]>();
  for (const notice of outcome?.notices ?? []) {
    if (!open.has(notice.file) || notice.end <= notice.start) continue;
    const here = gaps.get(notice.file);
    if (here) here.push(notice);
    else gaps.set(notice.file, [notice]);
    keep(notice.file);
  }
  return {
    session,
    gaps,
    config: session?.configText,
    report: outcome && session?.report(outcome),
    findings,
    texts,
    open: new Map(open),
    edited: new Set(edited),
    configProblem,
  };
}
