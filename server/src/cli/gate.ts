/** The policy under `gate` of skarp.json, asked by `skarp assess` and `skarp check`. */
import { realpathSync } from 'node:fs';
import { type Assessment, assess } from '../assess/assessment.js';
import { failures } from '../assess/gate.js';
import type { Answers } from '../checklist/declarations.js';
import type { Checklist } from '../checklist/model.js';
import type { Report } from '../report/model.js';
import type { Session } from '../session.js';
import { Failure } from './failure.js';
import { say } from './output.js';
import { runsInCi } from '../host/node-pipeline.js';

/** Throws `Failure` where there is no policy to ask. */
export function requireGate(session: Session): void {
  if (session.config.gate === undefined)
    throw new Failure('there is no gate to pass: say what must hold under "gate" in skarp.json');
}

export function assessmentAt(
  root: string,
  session: Session,
  list: Checklist,
  answers: Answers = {},
): Assessment {
  return assess(list, { inCi: runsInCi(realpathSync(root)), loosened: session.loosened() }, answers);
}

/** Says what does not hold, and answers whether all does. */
export async function passes(
  session: Session,
  assessment: Assessment,
  list: Checklist,
  report: Report,
): Promise<boolean> {
  const failed = failures(session.config.gate ?? {}, assessment, list, report);
  for (const line of failed) await say(`skarp: ${line}`);
  return failed.length === 0;
}
