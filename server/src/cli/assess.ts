/** `skarp assess` */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Assessment } from '../assess/assessment.js';
import { assessmentHtml } from '../assess/page.js';
import { assessmentText } from '../assess/text.js';
import type { Edition } from '../project/config.js';
import { DECLARATIONS_FILE, isDate } from '../checklist/declarations.js';
import type { Role } from '../checklist/words.js';
import { answerHeadings } from './answer.js';
import { Failure, STATUS } from './failure.js';
import { assessmentAt, passes, requireGate } from './gate.js';
import { progressAt } from './history.js';
import { print, say, useColor } from './output.js';
import { checklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

export interface AssessOptions {
  readonly format: 'text' | 'json' | 'html';
  readonly edition?: Edition;
  readonly color: boolean;
  /** Asks the policy of skarp.json; the exit status is 1 where it does not hold. */
  readonly gate?: boolean;
  /** Progress from this day on. */
  readonly since?: string;
  /** Writes answers instead: those named, or all that a person gives when asked. */
  readonly answer?: true | readonly string[];
  readonly role?: Role;
  readonly by?: string;
}

/** How mature a product is, what type that makes it, and what to do next. */
export async function assess(path: string, options: AssessOptions): Promise<number> {
  const { answer, role, by, since } = options;
  if (answer !== undefined) return answerHeadings(path, { pairs: answer === true ? [] : answer, role, by });
  if (role !== undefined || by !== undefined)
    throw new Failure('--role and --by go with --answer; say what you answer, or leave them out');
  if (since !== undefined && !isDate(since))
    throw new Failure(`--since ${since} is no date; write YYYY-MM-DD`);
  const { root, name, session, list, report, answers } = await checklistOf(path, options.edition);
  if (options.gate === true) requireGate(session);
  const progress = progressAt(root, since);
  if (!progress && (since !== undefined || existsSync(join(root, DECLARATIONS_FILE))))
    await say(
      `skarp: git has no history of ${DECLARATIONS_FILE}${since === undefined ? '' : ` since ${since}`}, so there is no progress to show; ${since === undefined ? 'commit it' : 'name an earlier day'}`,
    );
  const assessment: Assessment = {
    name,
    ...assessmentAt(root, session, list, answers),
    ...(progress && { progress }),
  };
  if (options.format === 'json') await print(`${JSON.stringify(assessment, undefined, 2)}\n`);
  else if (options.format === 'html') await print(assessmentHtml(assessment, name));
  else await print(assessmentText(assessment, { color: useColor(options.color), wrap }));
  if (options.gate !== true) return STATUS.clean;
  return (await passes(session, assessment, list, report)) ? STATUS.clean : STATUS.findings;
}
