/**
 * `npm run bench:fixes -- CLONES [--list] [--weakness ID]`: does Skarp see what was fixed, and does it fall silent after?
 *
 * CLONES holds a clone with its history for each repository of `bench/fixes/`, named by the repository. A fix is seen when
 * a rule of its weakness speaks in its function near its lines before the commit, and cleared when none of these rules
 * speaks in that function after it.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue } from '../rules/index.js';
import type { ReportFinding } from '../server/src/report/model.js';
import { findingsIn } from './check.js';
import { type Fix, fixes, readAll } from './data.js';
import { type Stretch, functionAt } from './functions.js';
import { History } from './history.js';
import { share, table } from './table.js';

/** How many lines beside the named ones a finding may stand. */
const NEAR = 5;

interface Outcome {
  readonly fix: Fix;
  readonly seen: boolean;
  readonly cleared: boolean;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, weakness: { type: 'string' } },
});
const clones = resolve(positionals[0] ?? '.');
const existing = new Set(catalogue.rules.map(({ id }) => id));

for (const { name, data } of readAll('fixes', fixes)) {
  const outcomes: Outcome[] = [];
  const missing = new Set<string>();
  for (const fix of data) {
    if (values.weakness !== undefined && fix.weakness !== values.weakness) continue;
    const clone = join(clones, fix.repo.split('/')[1] ?? '');
    if (existsSync(clone)) outcomes.push(await outcomeOf(fix, new History(clone)));
    else missing.add(fix.repo);
  }
  report(name, outcomes);
  for (const repo of missing) console.log(`not in ${clones}: ${repo}`);
}

async function outcomeOf(fix: Fix, history: History): Promise<Outcome> {
  const rules = [fix.weakness, ...(fix.also ?? [])].filter((id) => existing.has(id));
  if (rules.length === 0) return { fix, seen: false, cleared: false };
  const [line = 1] = fix.lines;
  const before = history.withNeighbours(`${fix.commit}^`, fix.file);
  const was = await functionAt(fix.file, before[fix.file] ?? '', line, fix.function);
  const near = (await findingsIn(before, rules)).filter(
    (finding) => speaksIn(finding, fix.file, was) && isNear(finding, fix),
  );
  if (near.length === 0) return { fix, seen: false, cleared: false };
  const after = history.withNeighbours(fix.commit, fix.file);
  const now = history.after(fix.commit, fix.file, line);
  const is = await functionAt(fix.file, after[fix.file] ?? '', now, fix.function);
  const still = (await findingsIn(after, rules)).some((finding) => speaksIn(finding, fix.file, is));
  return { fix, seen: true, cleared: !still };
}

function speaksIn({ file, range }: ReportFinding, fixed: string, { first, last }: Stretch): boolean {
  return file === fixed && first <= range.start.line && range.start.line <= last;
}

function isNear(finding: ReportFinding, fix: Fix): boolean {
  const places = [finding, ...finding.path].filter((place) => place.file === fix.file);
  return places.some(({ range }) =>
    fix.lines.some((line) => range.start.line - NEAR <= line && line <= range.end.line + NEAR),
  );
}

function report(name: string, outcomes: readonly Outcome[]): void {
  const weaknesses = [...new Set(outcomes.map(({ fix }) => fix.weakness))].sort();
  console.log(`bench/fixes/${name}\n`);
  console.log(
    table(
      ['weakness', 'fixes', 'seen', 'seen and cleared'],
      weaknesses.map((weakness) => {
        const of = outcomes.filter(({ fix }) => fix.weakness === weakness);
        const seen = of.filter((each) => each.seen);
        return [weakness, of.length, seen.length, seen.filter((each) => each.cleared).length].map(String);
      }),
    ),
  );
  const seen = outcomes.filter((each) => each.seen);
  const cleared = seen.filter((each) => each.cleared);
  console.log(
    `\nseen before ${share(seen.length, outcomes.length)}, seen and cleared ${share(cleared.length, outcomes.length)}, cleared of those seen ${share(cleared.length, seen.length)}\n`,
  );
  if (values.list === true)
    for (const { fix, ...outcome } of outcomes)
      console.log(
        `${outcome.seen ? (outcome.cleared ? 'both   ' : 'seen   ') : 'missed '} ${fix.repo}@${fix.commit.slice(0, 10)} ${fix.file}:${fix.lines.join(',')} ${fix.function ?? ''} ${fix.weakness}`,
      );
}
