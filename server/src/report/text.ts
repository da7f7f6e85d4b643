/** The report for a person at a terminal: grouped by file, with code frames and a summary by heading. */
import { createColors } from 'picocolors';
import type { FileId, Heading, Severity } from '../../../rules/kit/index.js';
import type { HeadingData } from '../../../rules/standard/standard.js';
import { Lines } from '../engine/lines.js';
import { codeFrame } from './code-frame.js';
import { lostTo, plural } from './coverage.js';
import type { Report, ReportFinding } from './model.js';

/** More lines than this of what was not analysed help nobody at a terminal. */
const MOST_LOST = 10;

export interface TextOptions {
  readonly color: boolean;
  /** Edition whose labels are shown beside the internal ids. */
  readonly edition: string;
  readonly headings: readonly HeadingData[];
  /** Undefined where the code is not at hand: then no code is shown. */
  readonly text: (file: FileId) => string | undefined;
}

export function toText(report: Report, options: TextOptions): string {
  const colors = createColors(options.color);
  const paintOf: Record<Severity, (text: string) => string> = {
    error: colors.red,
    warning: colors.yellow,
    info: colors.cyan,
  };
  const out: string[] = [];
  const product = report.findings.filter((finding) => finding.material === 'product');
  const apart = report.findings.filter((finding) => finding.material !== 'product');
  let file = '';
  let lines: Lines | undefined;
  for (const finding of product) {
    if (finding.file !== file) {
      file = finding.file;
      const text = options.text(file);
      lines = text === undefined ? undefined : new Lines(text);
      out.push(colors.bold(colors.underline(file)), '');
    }
    const paint = paintOf[finding.severity];
    const place = `${String(finding.range.start.line)}:${String(finding.range.start.column)}`;
    const suppressed = finding.suppressed ? colors.dim(` (suppressed: ${finding.suppressed.reason})`) : '';
    out.push(
      `  ${paint(finding.severity)}  ${colors.bold(finding.rule)}  ${colors.dim(`${file}:${place}`)}${suppressed}`,
    );
    out.push(`  ${finding.message}`);
    if (lines)
      for (const line of codeFrame(lines, finding.range, { dim: colors.dim, mark: paint }))
        out.push(`    ${line}`);
    for (const step of finding.path)
      out.push(colors.dim(`    ${step.file}:${String(step.range.start.line)}: ${step.message}`));
    out.push(`    ${colors.dim(footer(finding, options.edition))}`, '');
  }
  if (apart.length > 0) {
    out.push(colors.bold('In tests and examples'), '');
    for (const finding of apart)
      out.push(
        `  ${paintOf[finding.severity](finding.severity)}  ${finding.rule}  ${finding.file}:${String(finding.range.start.line)}:${String(finding.range.start.column)}  ${colors.dim(finding.message)}`,
      );
    out.push('');
  }
  out.push(...summary(report, product, options, colors));
  return `${out.join('\n')}\n`;
}

function footer(finding: ReportFinding, edition: string): string {
  const labels = finding.labels[edition] ?? [];
  const own = finding.provisions.join(', ');
  const shown = edition === 'v3.1.1' || labels.length === 0 ? own : `${labels.join(', ')} (${own})`;
  const parts = [shown, finding.cwe.map((id) => `CWE-${String(id)}`).join(', ')];
  if (finding.condition !== undefined) parts.push(`#if ${finding.condition}`);
  const fix = finding.fixes[0];
  if (fix) parts.push(`${fix.safe ? 'fix' : 'suggestion'}: ${fix.title}`);
  return parts.filter(Boolean).join(' · ');
}

function summary(
  report: Report,
  product: readonly ReportFinding[],
  options: TextOptions,
  colors: ReturnType<typeof createColors>,
): string[] {
  const out: string[] = [];
  const counted = product.filter((finding) => !finding.suppressed);
  const rows = options.headings.flatMap(({ heading, title }) => {
    const here = counted.filter((finding) => finding.headings.includes(heading as Heading));
    const shown = report.evidence.filter(
      (each) => headingOf(each.provision, options.headings) === heading,
    ).length;
    if (here.length === 0 && shown === 0) return [];
    const count = (severity: Severity): string => {
      const number = here.filter((finding) => finding.severity === severity).length;
      return number === 0 ? '·' : String(number);
    };
    return [
      [
        `${String(heading)} ${title}`,
        count('error'),
        count('warning'),
        count('info'),
        shown === 0 ? '·' : String(shown),
      ],
    ];
  });
  if (rows.length > 0) {
    const table = [['heading', 'errors', 'warnings', 'info', 'controls seen'], ...rows];
    const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    table.forEach((row, index) => {
      const cells = row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
      out.push(index === 0 ? colors.dim(cells.join('  ')) : cells.join('  '));
    });
    out.push('');
  }
  const { files, filesSkipped, functions, functionsAnalysed, findings, headersNotIncluded, otherFiles } =
    report.summary;
  const apart = report.findings.length - product.length;
  const total = findings.error + findings.warning + findings.info;
  const verdict = total === 0 ? colors.green('no findings') : colors.bold(plural(total, 'finding'));
  out.push(
    `${verdict} (${plural(findings.error, 'error')}, ${plural(findings.warning, 'warning')}, ${String(findings.info)} info${apart > 0 ? `; ${String(apart)} of them in tests and examples` : ''})`,
  );
  const share =
    functions === 0 ? '' : `, ${String(functionsAnalysed)} of ${plural(functions, 'function')} analysed`;
  out.push(
    colors.dim(
      `${plural(files, 'file')} (${String(filesSkipped)} without anything a rule listens to)${share}, ${plural(report.tool.rules, 'rule')}`,
    ),
  );
  const lost = lostTo(report);
  for (const line of lost.slice(0, MOST_LOST)) out.push(colors.dim(line));
  if (lost.length > MOST_LOST)
    out.push(colors.dim(`${plural(lost.length - MOST_LOST, 'more reason')}: --format json lists them`));
  if (headersNotIncluded !== undefined)
    out.push(colors.dim(`${plural(headersNotIncluded, 'header')} not linted: no .c file includes them`));
  for (const [language, number] of Object.entries(otherFiles ?? {}))
    out.push(colors.dim(`${plural(number, 'file')} of ${language} not read: Skarp reads C and TypeScript`));
  if (report.scope === 'partial')
    out.push(colors.dim('scope: these files only; what is missing in the product was not judged'));
  return out;
}

function headingOf(provision: string, headings: readonly HeadingData[]): number | undefined {
  if (provision.startsWith('6.')) return 8;
  const label = /^(5\.\d+)-/.exec(provision)?.[1];
  return headings.find((each) => each.labels['v3.1.1'] === label)?.heading;
}
