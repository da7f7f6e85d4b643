/** `skarp assess` */
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import { assess as assessmentOf } from '../assess/assessment.js';
import { failures } from '../assess/gate.js';
import { assessmentHtml } from '../assess/page.js';
import { assessmentText } from '../assess/text.js';
import type { Edition } from '../project/config.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { runsInCi } from './pipeline.js';
import { checklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

export interface AssessOptions {
  readonly format: 'text' | 'json' | 'html';
  readonly edition?: Edition;
  readonly color: boolean;
  /** Asks the policy of skarp.json; the exit status is 1 where it does not hold. */
  readonly gate?: boolean;
}

/** How mature a product is, what type that makes it, and what to do next. */
export async function assess(path: string, options: AssessOptions): Promise<number> {
  const { root, session, list, report } = await checklistOf(path, options.edition);
  const folder = realpathSync(root);
  const { gate } = session;
  if (options.gate === true && gate === undefined)
    throw new Failure('there is no gate to pass: say what must hold under "gate" in skarp.json');
  const on = new Set(session.rulesOn().map(({ id }) => id));
  const off = catalogue.rules.filter((rule) => rule.in === undefined && !on.has(rule.id));
  const assessment = assessmentOf(list, {
    inCi: runsInCi(folder),
    loosened: new Set(off.map(({ heading }) => heading)),
  });
  if (options.format === 'json') await print(`${JSON.stringify(assessment, undefined, 2)}\n`);
  else if (options.format === 'html') await print(assessmentHtml(assessment, basename(folder)));
  else await print(assessmentText(assessment, { color: useColor(options.color), wrap }));
  if (options.gate !== true || gate === undefined) return STATUS.clean;
  const failed = failures(gate, assessment, list, report);
  for (const line of failed) await say(`skarp: ${line}`);
  return failed.length > 0 ? STATUS.findings : STATUS.clean;
}
