/** `skarp import`: a statement that was kept by hand becomes declarations. */
import { realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import { DECLARATIONS_FILE, readDeclarations } from '../checklist/declarations.js';
import { declare } from '../checklist/declare.js';
import { LARGEST_IMPORT, type Line, linesOf } from '../checklist/import/lines.js';
import { type Stated, statementIn } from '../checklist/import/statement.js';
import type { Edition } from '../project/config.js';
import { today } from './about.js';
import { declarationsText } from './declarations-file.js';
import { Failure, STATUS } from './failure.js';
import { print, say, writeReport } from './output.js';
import { inside } from './place.js';
import { productFolder } from './product-folder.js';
import { namedText } from './text-file.js';
import { wrap } from './wrap.js';

export interface ImportOptions {
  readonly edition?: Edition;
  readonly by?: string;
  readonly write?: boolean;
}

/** Shows what would be declared, and writes it where that is asked for. What is declared already stays. */
export async function importStatement(file: string, path: string, options: ImportOptions): Promise<number> {
  const { edition, by = '', write = false } = options;
  if (write && by.trim() === '') throw new Failure('--write goes with --by: say who declares it');
  const from = basename(file);
  const { stated, untaken } = statementIn(linesIn(file), catalogue.standard, from, edition);
  if (stated.length === 0 && untaken.length === 0)
    throw new Failure(
      `${file} has no table of provisions and answers; \`skarp requirements\` reads what a customer asks`,
    );
  const target = join(productFolder(path), DECLARATIONS_FILE);
  const shown = inside(realpathSync(process.cwd()), target);
  const former = declarationsText(target, shown);
  const read = readDeclarations(shown, former, catalogue.standard);
  if ('problem' in read) throw new Failure(read.problem);
  const added = stated.filter(({ provision }) => !read.declarations.has(provision));
  const kept = stated.length - added.length;
  for (const { provision, declared, because } of added)
    await print(`${[`  ${provision.padEnd(10)}${declared}`, ...wrap(because, 12)].join('\n')}\n`);
  for (const { line, problem } of untaken) await say(`skarp: ${file}:${String(line)}: ${problem}`);
  if (write && added.length > 0) await writeReport(target, declared(shown, former, added, by));
  const count = `${String(added.length)} ${added.length === 1 ? 'declaration' : 'declarations'}`;
  await print(
    [
      write ? `${count} written to ${shown}` : `${count} for ${shown}; --write --by NAME writes them`,
      ...(kept > 0 ? [`${String(kept)} left as they are declared there already`] : []),
      '',
    ].join('\n'),
  );
  return STATUS.clean;
}

function declared(file: string, former: string, added: readonly Stated[], by: string): string {
  let text = former;
  for (const { provision, declared: word, because } of added) {
    const said = { declared: word, because, by, on: today() };
    const result = declare(file, text, provision, said, catalogue.standard);
    if ('problem' in result) throw new Failure(result.problem);
    text = result.text;
  }
  return text;
}

/** The lines of a file of others. Throws `Failure`. */
export function linesIn(file: string): readonly Line[] {
  // A character takes at most three bytes.
  const text = namedText(file, {
    what: 'a statement or a list; divide it',
    largest: LARGEST_IMPORT * 3,
    instead: 'a Markdown or CSV file',
  });
  const lines = linesOf(file, text);
  if ('problem' in lines) throw new Failure(lines.problem);
  return lines;
}
