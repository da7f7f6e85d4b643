/**
 * `npm run bench:labels -- CHECKOUT [--missed] [--false]`: Skarp over the labelled tests of another tool.
 *
 * Which mapping of `bench/labels/` a checkout is for is seen from the files in it. Every test file is a product of its
 * own, so that neither its path nor its neighbours change what is found in it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ReportFinding } from '../server/src/report/model.js';
import { findingsIn } from './check.js';
import { type LabelMapping, type LabelRow, labelMapping, readAll } from './data.js';
import { type Label, labelsIn } from './label-lines.js';
import { share, table } from './table.js';

/** A label with what was found at its statement. */
interface Judged extends Label {
  readonly file: string;
  readonly row: LabelRow;
  /** Taken out of the scoped figures by the mapping. */
  readonly excepted: boolean;
  readonly same: boolean;
  readonly any: boolean;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { missed: { type: 'boolean' }, false: { type: 'boolean' } },
});
const checkout = resolve(positionals[0] ?? '.');
const mappings = readAll('labels', labelMapping)
  .map(({ data }) => data)
  .filter(({ rows }) => rows.some(({ files }) => files.some((file) => existsSync(join(checkout, file)))));
if (mappings.length === 0) {
  console.error(`${checkout} holds none of the files that bench/labels/ names`);
  process.exitCode = 2;
}
for (const mapping of mappings) report(mapping, await judge(mapping));

async function judge(mapping: LabelMapping): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const row of mapping.rows)
    for (const file of row.files) {
      if (!existsSync(join(checkout, file))) continue;
      const text = readFileSync(join(checkout, file), 'utf8');
      const findings = file.endsWith('.c') ? await findingsIn({ 'main.c': text }) : [];
      for (const label of labelsIn(text, mapping.marks)) {
        const here = findings.filter((finding) => speaksOf(finding, label, row));
        judged.push({
          ...label,
          file,
          row,
          excepted:
            row.scope === 'in' &&
            (row.except ?? []).some(
              (each) => each.line === label.line && (each.file === undefined || each.file === file),
            ),
          same: row.scope === 'in' && here.some(({ rule }) => row.rules.includes(rule)),
          any: here.length > 0,
        });
      }
    }
  return judged;
}

function speaksOf(finding: ReportFinding, label: Label, row: LabelRow): boolean {
  const inside = ({ start }: ReportFinding['range']): boolean =>
    label.first <= start.line && start.line <= label.last;
  const counts = row.scope === 'in' && row.labels === 'cause';
  return inside(finding.range) || (counts && finding.path.some((step) => inside(step.range)));
}

function report(mapping: LabelMapping, judged: readonly Judged[]): void {
  console.log(`${mapping.source}${otherCommit(mapping)}\n`);
  const scoped = judged.filter(({ row, excepted }) => row.scope === 'in' && !excepted);
  const inScope = mapping.rows.filter((row) => row.scope === 'in');
  console.log(
    table(
      ['in scope', 'weak', 'found', 'any', 'sound', 'flagged', 'any'],
      inScope.map((row) => {
        const of = scoped.filter((each) => each.row === row);
        const weak = of.filter((each) => each.weak);
        const sound = of.filter((each) => !each.weak);
        return [row.rule, ...counts(weak), ...counts(sound)];
      }),
    ),
  );
  const left = mapping.rows.length - inScope.length;
  console.log(
    `\n${String(inScope.length)} rows in scope, ${String(left)} out; ${String(judged.filter(({ excepted }) => excepted).length)} single labels excepted`,
  );
  summary('scoped, same weakness', scoped, (each) => each.same);
  summary('scoped, any finding at all', scoped, (each) => each.any);
  const unexcepted = judged.filter(({ row }) => row.scope === 'in');
  summary('rows in scope with their exceptions, same weakness', unexcepted, (each) => each.same);
  summary('raw, any finding at all', judged, (each) => each.any);
  const hit = new Set(
    judged.filter(({ excepted }) => excepted).map(({ file, line }) => `${file}:${String(line)}`),
  );
  for (const row of inScope)
    for (const { file = row.files[0], line } of row.except ?? [])
      if (file !== undefined && !hit.has(`${file}:${String(line)}`))
        console.log(`no label stands at the exception ${file}:${String(line)}`);
  if (values.missed === true)
    list(
      'weak, not found',
      scoped.filter((each) => each.weak && !each.same),
    );
  if (values.false === true)
    list(
      'sound, flagged as the same weakness',
      scoped.filter((each) => !each.weak && each.same),
    );
}

function counts(labels: readonly Judged[]): string[] {
  const same = labels.filter((each) => each.same).length;
  const any = labels.filter((each) => each.any).length;
  return [labels.length, same, any].map(String);
}

function summary(what: string, labels: readonly Judged[], found: (label: Judged) => boolean): void {
  const weak = labels.filter((each) => each.weak);
  const sound = labels.filter((each) => !each.weak);
  console.log(
    `${what}: weak lines found ${share(weak.filter(found).length, weak.length)}, sound lines flagged ${share(sound.filter(found).length, sound.length)}`,
  );
}

function list(what: string, labels: readonly Judged[]): void {
  console.log(`\n${what}:`);
  for (const { file, line, row } of labels) console.log(`${file}:${String(line)}  ${row.rule}`);
}

/** Says so when the checkout is not at the commit whose lines the mapping names. */
function otherCommit({ commit }: LabelMapping): string {
  const head = execFileSync('git', ['-C', checkout, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  return head === commit ? `@${commit}` : `@${head}, NOT the commit that was mapped (${commit})`;
}
