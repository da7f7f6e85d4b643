/** `skarp check [paths…]` */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import type { Fix, Severity } from '../../../rules/kit/index.js';
import { applyEdits, chooseFixes } from '../engine/fix.js';
import type { Finding } from '../engine/finding.js';
import { NodeHost } from '../host/node.js';
import { cacheFolder } from '../host/node-store.js';
import { encode } from '../project/decode.js';
import { reasonOf } from '../project/files.js';
import { isStretch, lostTo } from '../report/coverage.js';
import { toJson } from '../report/json.js';
import type { Report } from '../report/model.js';
import { toSarif } from '../report/sarif.js';
import { toText } from '../report/text.js';
import { Session, type SessionSettings } from '../session.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor, writeReport } from './output.js';
import { assessmentAt, passes, requireGate } from './gate.js';
import { inside, partialRoot, placeOf } from './place.js';
import { saidAt } from './product-checklist.js';
import { threads, today, version, wasmFolder } from './about.js';

export interface CheckOptions {
  readonly format: Format;
  readonly output: readonly string[];
  readonly failOn: Severity | 'never';
  readonly fix?: boolean;
  readonly fixSuggestions?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly ruleSet?: 'default' | 'strict' | 'audit';
  readonly rule?: readonly string[];
  readonly heading?: readonly number[];
  readonly config?: string;
  readonly edition?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly showSuppressed?: boolean;
  readonly includeVendored?: boolean;
  readonly prefilter: boolean;
  readonly jobs?: number;
  readonly cache?: boolean;
  /** The exit status follows the policy of skarp.json. */
  readonly gate?: boolean;
}

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** A second run after fixes may find more to fix; a file that never comes to rest is left after this many rounds. */
const MOST_ROUNDS = 5;
/** More lines than this about files that were not read help nobody at a terminal. */
const MOST_NOTICES = 20;

export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const outputs = options.output.map(parseOutput);
  const settings = settingsOf(options);
  const place =
    options.stdin === true ? stdinPlace(options) : placeOf(paths.length === 0 ? ['.'] : paths, process.cwd());
  for (const problem of place.problems) await say(`skarp: ${problem}`);
  if (place.problems.length > 0 && paths.length === place.problems.length) return STATUS.failed;

  if (options.gate === true && !isWhole(options, place.scope))
    throw new Failure('--gate judges a whole product: name its folder, and no --rule, --heading or --stdin');
  const host = new NodeHost(place.root, wasmFolder(), options.cache === true ? cacheFolder() : undefined);
  const session = new Session(host, configured(settings, options, place.root));
  if (options.stdin === true && 'files' in place.scope)
    for (const file of place.scope.files) session.open(file, readFileSync(0, 'utf8'));
  await session.load(place.scope);
  if (options.gate === true) requireGate(session);
  await session.settle();
  let outcome = session.outcome();
  if (options.fix === true || options.fixSuggestions === true) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (!(await applyFixes(session, host, outcome.findings, options.fixSuggestions === true))) break;
      await session.load(place.scope);
      await session.settle();
      outcome = session.outcome();
    }
  }
  const shown =
    options.showSuppressed === true
      ? outcome.findings
      : outcome.findings.filter((finding) => !finding.suppressed);
  const report = session.report({ ...outcome, findings: shown });
  await sayNotices(report, options);

  const render = (format: Format, color: boolean): string => {
    if (format === 'json') return toJson(report);
    if (format === 'sarif') return toSarif(report, catalogue.rules);
    const { headings } = catalogue.standard;
    return toText(report, {
      color,
      edition: options.edition ?? session.edition,
      headings,
      text: (file) => session.text(file),
    });
  };
  for (const { format, file } of outputs) await writeReport(file, render(format, false));
  if (options.quiet !== true) await print(render(options.format, useColor(options.color)));
  if (place.problems.length > 0 || namedUnread(report, place.scope)) return STATUS.failed;
  if (options.gate !== true) return fails(outcome.findings, options) ? STATUS.findings : STATUS.clean;
  const all = session.report(outcome);
  const { declarations } = await saidAt(place.root);
  const list = session.checklist('.', all, options.edition, declarations);
  return (await passes(session, assessmentAt(place.root, session, list), list, all))
    ? STATUS.clean
    : STATUS.findings;
}

function isWhole({ rule, heading, stdin }: CheckOptions, scope: object): boolean {
  return 'whole' in scope && rule === undefined && heading === undefined && stdin !== true;
}

function settingsOf(options: CheckOptions): SessionSettings {
  const known = new Set(catalogue.rules.flatMap((rule) => [rule.id, ...(rule.formerly ?? [])]));
  for (const id of options.rule ?? [])
    if (!known.has(id)) throw new Failure(`there is no rule ${id}; \`skarp rules\` lists them`);
  const byHeading =
    options.heading &&
    catalogue.rules.filter((rule) => options.heading?.includes(rule.heading)).map((rule) => rule.id);
  const rules = options.rule ?? byHeading?.filter((id) => ruleIsOn(id, options.ruleSet));
  return {
    today: today(),
    version: version(),
    ...(options.ruleSet !== undefined && { ruleSet: options.ruleSet }),
    ...(rules !== undefined && { rules }),
    ...(options.includeVendored === true && { vendored: true }),
    prefilter: options.prefilter,
    jobs: options.jobs ?? threads(),
  };
}

function ruleIsOn(id: string, ruleSet: CheckOptions['ruleSet']): boolean {
  const rule = catalogue.rules.find((each) => each.id === id);
  return rule?.in === undefined || ruleSet === 'audit' || ruleSet === rule.in;
}

function configured(settings: SessionSettings, options: CheckOptions, root: string): SessionSettings {
  if (options.config === undefined) return settings;
  const config = inside(root, resolve(options.config));
  if (config.startsWith('..'))
    throw new Failure(
      `${options.config} lies outside ${root}; move it there or check a folder that holds it`,
    );
  return { ...settings, config };
}

function stdinPlace(options: CheckOptions): { root: string; scope: { files: string[] }; problems: string[] } {
  if (options.stdinFilename === undefined)
    throw new Failure('--stdin needs --stdin-filename, which says what language it is');
  const file = resolve(options.stdinFilename);
  const root = partialRoot(dirname(file), process.cwd());
  return { root, scope: { files: [inside(root, file)] }, problems: [] };
}

function parseOutput(output: string): { format: Format; file: string } {
  const [format = '', ...rest] = output.split('=');
  const known = FORMATS.find((each) => each === format);
  const file = rest.join('=');
  if (!known || file === '')
    throw new Failure(`--output ${output}: write FORMAT=FILE, with a format of ${FORMATS.join(', ')}`);
  return { format: known, file };
}

/** Applies what may be applied; answers false when nothing was left to do. */
async function applyFixes(
  session: Session,
  host: NodeHost,
  findings: readonly Finding[],
  suggestions: boolean,
): Promise<boolean> {
  const fixes = findings
    .filter((finding) => !finding.suppressed)
    .map((finding) => finding.fixes.find((fix) => fix.safe || suggestions))
    .filter((fix): fix is Fix => fix !== undefined);
  const { edits } = chooseFixes(fixes);
  let changed = false;
  for (const [file, own] of edits) {
    const text = session.text(file);
    if (text === undefined) continue;
    const { encoding, bom } = session.encoding(file);
    const bytes = encode(applyEdits(text, own), encoding, bom);
    try {
      if (!bytes) throw new Error(`its encoding ${encoding} cannot write the fix`);
      await host.write(file, bytes);
      changed = true;
      await say(`fixed ${file}: ${String(own.length)} ${own.length === 1 ? 'place' : 'places'}`);
    } catch (error) {
      throw new Failure(`${file} cannot be written: ${reasonOf(error)}`);
    }
  }
  return changed;
}

/** Files that were not read get a line each; stretches inside files are told by what would mend them. */
async function sayNotices(report: Report, { format, quiet }: CheckOptions): Promise<void> {
  const files = report.notAnalysed.filter((each) => !isStretch(each));
  for (const { file, reason } of files.slice(0, MOST_NOTICES)) await say(`skarp: ${file}: ${reason}`);
  if (files.length > MOST_NOTICES)
    await say(`skarp: ${String(files.length - MOST_NOTICES)} more like these: --format json lists them`);
  // As text the report itself says it.
  if (format === 'text' || quiet === true) return;
  const lost = lostTo(report);
  for (const line of lost.slice(0, MOST_NOTICES)) await say(`skarp: ${line}`);
  if (lost.length > MOST_NOTICES) await say('skarp: and more: --format json lists them');
}

function namedUnread(report: Report, scope: object): boolean {
  const files = 'files' in scope ? (scope.files as readonly string[]) : [];
  return report.notAnalysed.some(
    ({ file, reason }) => files.includes(file) && /^it (is|cannot)/.test(reason),
  );
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function fails(findings: readonly Finding[], options: CheckOptions): boolean {
  const { failOn } = options;
  if (failOn === 'never') return false;
  return findings.some(
    (finding) =>
      !finding.suppressed &&
      RANK[finding.severity] >= RANK[failOn] &&
      (finding.material === 'product' || options.ruleSet === 'strict'),
  );
}
