/** The report as users and programs get it: `skarp-report/1`. Lines and columns are 1-based, columns in UTF-16 units. */
import type { At, FileId, Heading, ProvisionId, Severity } from '../../../rules/kit/index.js';
import type { Evidence, Finding, Notice } from '../engine/finding.js';
import { Lines } from '../engine/lines.js';

export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: FileId;
  readonly product: string;
  readonly range: Range;
  readonly function?: string;
  readonly condition?: string;
  readonly material: 'product' | 'test' | 'example';
  readonly provisions: readonly ProvisionId[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly headings: readonly Heading[];
  readonly cwe: readonly number[];
  readonly fingerprint: string;
  readonly path: readonly { readonly file: FileId; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly { readonly file: FileId; readonly range: Range; readonly text: string }[];
  }[];
  readonly suppressed?: { readonly reason: string; readonly until?: string; readonly by?: string };
}

export interface Report {
  readonly schema: 'skarp-report/1';
  readonly tool: { readonly name: 'skarp'; readonly version: string; readonly rules: number };
  readonly root: string;
  readonly scope: 'whole' | 'partial';
  readonly findings: readonly ReportFinding[];
  readonly evidence: readonly {
    readonly rule: string;
    readonly provision: ProvisionId;
    readonly file: FileId;
    readonly product: string;
    readonly range: Range;
    readonly shows: string;
  }[];
  readonly notAnalysed: readonly {
    readonly file: FileId;
    /** Without extent where it speaks of the whole file. */
    readonly range: Range;
    readonly reason: string;
    /** A macro that may be why. */
    readonly macro?: string;
  }[];
  readonly summary: Summary;
}

export interface Summary {
  readonly files: number;
  readonly filesSkipped: number;
  readonly functions: number;
  readonly functionsAnalysed: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  /** Headers that no `.c` file of their product includes: they give names to others and are not linted themselves. */
  readonly headersNotIncluded?: number;
  /** Files of languages that Skarp does not read yet, by their name: `C++`. */
  readonly otherFiles?: Readonly<Record<string, number>>;
}

export interface ReportParts {
  readonly version: string;
  readonly rules: number;
  readonly scope: 'whole' | 'partial';
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly notices: readonly Notice[];
  readonly counts: Omit<Summary, 'findings'>;
  readonly text: (file: FileId) => string | undefined;
  readonly labels: (provision: ProvisionId) => Readonly<Record<string, readonly string[]>>;
}

/** Places as people count them, in these texts. */
export function rangesIn(text: (file: FileId) => string | undefined): (at: At) => Range {
  const lines = new Map<FileId, Lines>();
  return (at) => {
    let known = lines.get(at.file);
    if (!known) {
      known = new Lines(text(at.file) ?? '');
      lines.set(at.file, known);
    }
    const point = (offset: number): { line: number; column: number } => {
      const { line, column } = known.position(offset);
      return { line: line + 1, column: column + 1 };
    };
    return { start: point(at.start), end: point(at.end) };
  };
}

export function buildReport(parts: ReportParts): Report {
  const range = rangesIn(parts.text);
  const findings = parts.findings.map((finding): ReportFinding => {
    const { func, condition, suppressed } = finding;
    return {
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      file: finding.at.file,
      product: finding.product,
      range: range(finding.at),
      ...(func !== undefined && { function: func }),
      ...(condition !== undefined && { condition }),
      material: finding.material,
      provisions: finding.provisions,
      labels: joinLabels(finding.provisions.map(parts.labels)),
      headings: finding.headings,
      cwe: finding.cwe,
      fingerprint: finding.fingerprint,
      path: finding.path.map((step) => ({ file: step.at.file, range: range(step.at), message: step.says })),
      fixes: finding.fixes.map((fix) => ({
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ file: edit.at.file, range: range(edit.at), text: edit.text })),
      })),
      ...(suppressed && { suppressed }),
    };
  });
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity && !finding.suppressed).length;
  return {
    schema: 'skarp-report/1',
    tool: { name: 'skarp', version: parts.version, rules: parts.rules },
    root: '.',
    scope: parts.scope,
    findings,
    evidence: parts.evidence.map((shown) => ({
      rule: shown.rule,
      provision: shown.provision,
      file: shown.at.file,
      product: shown.product,
      range: range(shown.at),
      shows: shown.shows,
    })),
    notAnalysed: parts.notices.map(({ file, start, end, reason, macro }) => ({
      file,
      range: range({ file, start, end }),
      reason,
      ...(macro !== undefined && { macro }),
    })),
    summary: {
      ...parts.counts,
      findings: { error: count('error'), warning: count('warning'), info: count('info') },
    },
  };
}

function joinLabels(all: readonly Readonly<Record<string, readonly string[]>>[]): Record<string, string[]> {
  const joined: Record<string, string[]> = {};
  for (const labels of all)
    for (const [edition, names] of Object.entries(labels))
      joined[edition] = [...new Set([...(joined[edition] ?? []), ...names])];
  return joined;
}

/** Equal code in two files has one fingerprint; within a file it tells equal findings apart. */
export function identityOf({ fingerprint, file }: Pick<ReportFinding, 'fingerprint' | 'file'>): string {
  return `${fingerprint}:${file}`;
}
