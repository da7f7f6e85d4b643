/**
 * `npm run bench:precision [-- RULE]`: what people who read findings in real code said of them, rule by rule; with a rule's
 * id also which and why. The share is that of right ones among right and wrong; what is no longer said counts for nothing.
 * A malformed file of `bench/precision/` stops it.
 */
import { catalogue } from '../rules/index.js';
import { type Verdict, readAll, verdicts } from './data.js';
import { table } from './table.js';

const all = readAll('precision', verdicts).flatMap(({ data }) => data);
const [wanted] = process.argv.slice(2);
const count = (of: readonly Verdict[], verdict: Verdict['verdict']): number =>
  of.filter((each) => each.verdict === verdict && !each.gone).length;

console.log(
  table(
    ['rule', 'on in', 'read', 'right', 'wrong', 'debatable', 'gone', 'share right'],
    catalogue.rules.flatMap((rule) => {
      const of = all.filter((each) => each.rule === rule.id);
      if (of.length === 0) return [];
      const [right, wrong] = [count(of, 'right'), count(of, 'wrong')];
      const share = right + wrong === 0 ? '–' : `${((100 * right) / (right + wrong)).toFixed(0)} %`;
      const gone = of.filter((each) => each.gone).length;
      return [
        [rule.id, rule.in ?? 'default', of.length, right, wrong, count(of, 'debatable'), gone, share].map(
          String,
        ),
      ];
    }),
  ),
);
for (const { rule, repo, commit, path, line, verdict, reason, gone } of all)
  if (rule === wanted)
    console.log(
      `\n${verdict}${gone ? ', gone' : ''}  ${repo}@${commit.slice(0, 10)} ${path}:${String(line)}\n  ${reason}`,
    );
