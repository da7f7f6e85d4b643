/** SARIF 2.1.0, as code scanning services read it: relative URIs, stable fingerprints, suppressions with reasons. */
import type { Rule, Severity } from '../../../rules/kit/index.js';
import type { Range, Report, ReportFinding } from './model.js';
import { fileUri } from './uri.js';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export function toSarif(report: Report, rules: readonly Rule[]): string {
  const used = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  const descriptors = used.map((id) =>
    descriptor(
      id,
      rules.find((rule) => rule.id === id),
    ),
  );
  const index = new Map(used.map((id, position) => [id, position]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Skarp',
            semanticVersion: report.tool.version,
            informationUri: 'https://github.com/skarp/skarp',
            rules: descriptors,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the run.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.notAnalysed.map(({ file, range, reason, macro }) => ({
              level: 'note',
              message: { text: `not analysed: ${reason}` },
              locations: [location(file, range)],
              ...(macro !== undefined && { properties: { macro } }),
            })),
          },
        ],
        properties: { coverage: coverage(report) },
        results: report.findings.map((finding) => result(finding, index)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** What was read and what was not, as in the JSON report. */
function coverage({ summary }: Report): object {
  const { files, filesSkipped, functions, functionsAnalysed, headersNotIncluded, otherFiles } = summary;
  return {
    files,
    filesSkipped,
    functions,
    functionsAnalysed,
    ...(headersNotIncluded !== undefined && { headersNotIncluded }),
    ...(otherFiles && { otherFiles }),
  };
}

function descriptor(id: string, rule: Rule | undefined): object {
  if (!rule) return { id, name: pascal(id), shortDescription: { text: `${id.replace(/-/g, ' ')}.` } };
  const help = [rule.why, rule.attack, `What to do instead: ${rule.instead}`];
  return {
    id,
    name: pascal(id),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.why },
    help: { text: help.join('\n\n'), markdown: help.join('\n\n') },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: {
      tags: [
        'security',
        ...rule.cwe.map((cwe) => `external/cwe/cwe-${String(cwe)}`),
        ...rule.provisions.map((provision) => `ts-103-645/${provision}`),
      ],
      'security-severity': rule.severity === 'error' ? '8.0' : rule.severity === 'warning' ? '5.0' : '2.0',
    },
  };
}

function result(finding: ReportFinding, index: ReadonlyMap<string, number>): object {
  const { suppressed } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule) ?? -1,
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        ...location(finding.file, finding.range),
        ...(finding.function !== undefined && {
          logicalLocations: [{ name: finding.function, kind: 'function' }],
        }),
      },
    ],
    partialFingerprints: { 'skarp/v1': finding.fingerprint },
    ...(finding.path.length > 0 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: finding.path.map((step) => ({
                location: { ...location(step.file, step.range), message: { text: step.message } },
              })),
            },
          ],
        },
      ],
    }),
    ...(finding.fixes.length > 0 && {
      fixes: finding.fixes.map((fix) => ({
        description: { text: fix.title },
        artifactChanges: [...new Set(fix.edits.map((edit) => edit.file))].map((file) => ({
          artifactLocation: artifact(file),
          replacements: fix.edits
            .filter((edit) => edit.file === file)
            .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.text } })),
        })),
      })),
    }),
    suppressions: suppressed
      ? [{ kind: 'inSource', status: 'accepted', justification: suppressed.reason }]
      : [],
    properties: {
      provisions: finding.provisions,
      material: finding.material,
      ...(finding.condition !== undefined && { condition: finding.condition }),
    },
  };
}

function location(file: string, range: Range): object {
  return { physicalLocation: { artifactLocation: artifact(file), region: region(range) } };
}

function artifact(file: string): object {
  return { uri: fileUri(file), uriBaseId: '%SRCROOT%' };
}

function region(range: Range): object {
  return {
    startLine: range.start.line,
    startColumn: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
  };
}

function pascal(id: string): string {
  return id.replace(/(^|-)([a-z0-9])/g, (_, _dash: string, letter: string) => letter.toUpperCase());
}
