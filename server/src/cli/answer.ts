/** `skarp assess --answer`: what a role believes of each heading goes into the checklist. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { catalogue } from '../../../rules/index.js';
import type { Heading } from '../../../rules/kit/index.js';
import { answer } from '../checklist/answer.js';
import { type Answer, DECLARATIONS_FILE } from '../checklist/declarations.js';
import type { Role } from '../checklist/words.js';
import { today } from './about.js';
import { declarationsText } from './declarations-file.js';
import { Failure, STATUS } from './failure.js';
import { print, say, writeReport } from './output.js';
import { inside } from './place.js';
import { productFolder } from './product-folder.js';

export interface AnswerOptions {
  /** `5=2` for each heading; nothing where a person is to be asked. */
  readonly pairs: readonly string[];
  readonly role: Role | undefined;
  readonly by: string | undefined;
}

const LEVEL = /^[0-3]$/;

/** Writes the answers of one role for the product in a folder. Asks for each heading where none is named. */
export async function answerHeadings(path: string, { pairs, role, by }: AnswerOptions): Promise<number> {
  if (role === undefined || by === undefined || by.trim() === '')
    throw new Failure('--answer goes with --role and --by: say for whom you answer, and who you are');
  const folder = productFolder(path);
  const levels = pairs.length > 0 ? named(pairs) : await asked(role);
  if (levels.size === 0) throw new Failure('nothing was answered; nothing was written');
  const target = join(folder, DECLARATIONS_FILE);
  const shown = inside(realpathSync(process.cwd()), target);
  const answers = new Map<Heading, Answer>();
  for (const [heading, level] of levels) answers.set(heading, { level, by, on: today() });
  const result = answer(shown, declarationsText(target, shown), role, answers, catalogue.standard);
  if ('problem' in result) throw new Failure(result.problem);
  await writeReport(target, result.text);
  await print(
    `${role} has answered for ${String(levels.size)} ${levels.size === 1 ? 'heading' : 'headings'} in ${shown}\n`,
  );
  return STATUS.clean;
}

function named(pairs: readonly string[]): Map<Heading, number> {
  const levels = new Map<Heading, number>();
  for (const pair of pairs) {
    const [heading = '', level = '', ...more] = pair.split('=');
    const found = headings().find((each) => String(each.heading) === heading);
    if (!found || !LEVEL.test(level) || more.length > 0)
      throw new Failure(
        `${pair} is no answer; write heading=level, as in 5=2, with a heading from 1 to 13 and a level from 0 to 3`,
      );
    if (levels.has(found.heading))
      throw new Failure(`heading ${heading} is answered twice; name it once and run again`);
    levels.set(found.heading, Number(level));
  }
  return levels;
}

/** Asks on a terminal, heading by heading; an empty answer leaves one out. */
async function asked(role: Role): Promise<Map<Heading, number>> {
  if (!process.stdin.isTTY)
    throw new Failure('name what you answer, as in --answer 1=2 5=0, or run it on a terminal to be asked');
  const levels = new Map<Heading, number>();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  try {
    await say(`How far is the product, as ${role} sees it?`);
    await say('0 nothing known, 1 declared, 2 supported by code, 3 enforced; empty: leave it out');
    for (const { heading, title } of headings()) {
      terminal.setPrompt(`${String(heading).padStart(2)}. ${title} [0-3] `);
      let given: string;
      do {
        terminal.prompt();
        const line = await lines.next();
        if (line.done === true) throw new Failure('stopped before the last question; nothing was written');
        given = line.value.trim();
      } while (given !== '' && !LEVEL.test(given));
      if (given !== '') levels.set(heading, Number(given));
    }
  } finally {
    terminal.close();
  }
  return levels;
}

function headings(): { readonly heading: Heading; readonly title: string }[] {
  return catalogue.standard.headings.flatMap(({ heading, title }) =>
    heading === 0 ? [] : [{ heading, title }],
  );
}
