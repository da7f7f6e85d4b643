/**
 * `npm run bench:precision [-- RULE]`: what people who read findings in real code said of them, rule by rule; with a rule's
 * id also which and why. A malformed file of `bench/precision/` stops it.
 */
import { type Verdict, readAll, verdicts } from './data.js';
import { table } from './table.js';

const all = readAll('precision', verdicts).flatMap(({ data }) => data);
const [wanted] = process.argv.slice(2);
const count = (of: readonly Verdict[], verdict: Verdict['verdict']): number =>
  of.filter((each) => each.verdict === verdict).length;

console.log(
  table(
    ['rule', 'read', 'right', 'wrong', 'debatable', 'share right'],
    [...new Set(all.map(({ rule }) => rule))].sort().map((rule) => {
      const of = all.filter((each) => each.rule === rule);
      const right = count(of, 'right');
      const share = `${((100 * right) / of.length).toFixed(0)} %`;
      return [rule, of.length, right, count(of, 'wrong'), count(of, 'debatable'), share].map(String);
    }),
  ),
);
for (const { rule, repo, commit, path, line, verdict, reason } of all)
  if (rule === wanted)
    console.log(`\n${verdict}  ${repo}@${commit.slice(0, 10)} ${path}:${String(line)}\n  ${reason}`);
