/** Reports of one product, each of a part of it, as one. */
import { z } from 'zod';
import { byCodeUnits } from '../engine/order.js';
import { type Report, type ReportFinding, type Summary, identityOf } from './model.js';

const count = z.int().min(0);
/** Steers no terminal, whoever wrote it. */
const text = z.string().transform((each) => each.replace(/\p{Cc}/gu, '\uFFFD'));
const file = text.refine((each) => each !== '');
const position = z.object({ line: z.int().min(1), column: z.int().min(1) });
const range = z.object({ start: position, end: position });
const severity = z.enum(['error', 'warning', 'info']);

/** As `schemas/skarp-report.schema.json` says it. */
const report = z.object({
  schema: z.literal('skarp-report/1'),
  tool: z.object({ name: z.literal('skarp'), version: text, rules: count }),
  root: z.literal('.'),
  scope: z.enum(['whole', 'partial']),
  findings: z.array(
    z.object({
      rule: text,
      severity,
      message: text,
      file,
      product: text,
      range,
      function: text.optional(),
      condition: text.optional(),
      material: z.enum(['product', 'test', 'example']),
      provisions: z.array(text),
      labels: z.record(z.string(), z.array(text)),
      headings: z.array(z.int().min(1).max(13)),
      cwe: z.array(count),
      fingerprint: text,
      path: z.array(z.object({ file, range, message: text })),
      fixes: z.array(
        z.object({
          title: text,
          safe: z.boolean(),
          edits: z.array(z.object({ file, range, text: z.string() })),
        }),
      ),
      suppressed: z.object({ reason: text, until: text.optional(), by: text.optional() }).optional(),
    }),
  ),
  evidence: z.array(z.object({ rule: text, provision: text, file, product: text, range, shows: text })),
  notAnalysed: z.array(z.object({ file, range, reason: text, macro: text.optional() })),
  summary: z.object({
    files: count,
    filesSkipped: count,
    functions: count,
    functionsAnalysed: count,
    findings: z.object({ error: count, warning: count, info: count }),
    headersNotIncluded: count.optional(),
    otherFiles: z.record(z.string(), count).optional(),
  }),
});

/** A report from what a program wrote; or why it is none, and what to do. */
export function reportFrom(content: unknown): Report | { readonly problem: string } {
  const read = report.safeParse(content);
  if (read.success) return read.data as unknown as Report;
  const where = (read.error.issues[0]?.path ?? []).map(String).join('.').slice(0, 80);
  return {
    problem: `it is not as \`skarp check --format json\` prints it (${where === '' ? 'at its top' : where}); write it anew`,
  };
}

/**
 * One report: what several say stands there once, and numbers of files and functions are added, since each part was
 * read by one of them. It speaks of the whole only where each of them does. `problem`: why they cannot be joined.
 */
export function joined(reports: readonly Report[]): Report | { readonly problem: string } {
  const [first] = reports;
  if (!first) return { problem: 'there is no report to join' };
  const versions = [...new Set(reports.map(({ tool }) => tool.version))];
  if (versions.length > 1)
    return {
      problem: `they were written by Skarp ${versions.join(' and ')}; write all of them with one version`,
    };
  const findings = once(
    // What one part accepts with a reason and another does not is open.
    reports
      .flatMap((each) => each.findings)
      .toSorted((a, b) => Number(!!a.suppressed) - Number(!!b.suppressed)),
    identityOf,
  ).toSorted(inOrder);
  return {
    ...first,
    tool: { ...first.tool, rules: Math.max(...reports.map(({ tool }) => tool.rules)) },
    scope: reports.every(({ scope }) => scope === 'whole') ? 'whole' : 'partial',
    findings,
    evidence: once(
      reports.flatMap((each) => each.evidence),
      (each) => JSON.stringify(each),
    ).toSorted(inOrder),
    notAnalysed: once(
      reports.flatMap((each) => each.notAnalysed),
      (each) => JSON.stringify(each),
    ).toSorted((a, b) => byPlace(a, b) || byCodeUnits(a.reason, b.reason)),
    summary: added(
      reports.map(({ summary }) => summary),
      findings,
    ),
  };
}

function added(parts: readonly Summary[], findings: readonly ReportFinding[]): Summary {
  const sum = (of: (part: Summary) => number | undefined): number =>
    parts.reduce((total, part) => total + (of(part) ?? 0), 0);
  const open = (of: ReportFinding['severity']): number =>
    findings.filter(({ severity: own, suppressed }) => own === of && !suppressed).length;
  const headersNotIncluded = sum((part) => part.headersNotIncluded);
  const languages = [...new Set(parts.flatMap(({ otherFiles = {} }) => Object.keys(otherFiles)))];
  return {
    files: sum((part) => part.files),
    filesSkipped: sum((part) => part.filesSkipped),
    functions: sum((part) => part.functions),
    functionsAnalysed: sum((part) => part.functionsAnalysed),
    findings: { error: open('error'), warning: open('warning'), info: open('info') },
    ...(headersNotIncluded > 0 && { headersNotIncluded }),
    ...(languages.length > 0 && {
      otherFiles: Object.fromEntries(languages.map((name) => [name, sum((part) => part.otherFiles?.[name])])),
    }),
  };
}

/** The first of each. */
function once<Value>(all: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const known = new Map<string, Value>();
  for (const each of all) if (!known.has(keyOf(each))) known.set(keyOf(each), each);
  return [...known.values()];
}

type Placed = Pick<ReportFinding, 'file' | 'range'>;

function byPlace(a: Placed, b: Placed): number {
  return (
    byCodeUnits(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column
  );
}

function inOrder(a: Placed & { readonly rule: string }, b: Placed & { readonly rule: string }): number {
  return byPlace(a, b) || byCodeUnits(a.rule, b.rule);
}
