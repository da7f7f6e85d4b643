/** `skarp declare` */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import type { ProvisionId } from '../../../rules/kit/index.js';
import { DECLARATIONS_FILE, type Entry, isDate } from '../checklist/declarations.js';
import { declare, dueOn } from '../checklist/declare.js';
import { isInside } from '../checklist/evidence.js';
import type { Word } from '../checklist/words.js';
import { editionsOf, nearestIds, provisionsNamed } from '../checklist/provision-names.js';
import { hashOf } from '../evidence.js';
import { NodeHost, replaceFile } from '../host/node.js';
import { reasonOf } from '../project/files.js';
import { today, wasmFolder } from './about.js';
import { declarationsText } from './declarations-file.js';
import { Failure, STATUS } from './failure.js';
import { print } from './output.js';
import { inside } from './place.js';
import { productFolder } from './product-folder.js';

export interface DeclareOptions {
  readonly because: string;
  readonly by: string;
  readonly owner?: string;
  readonly reviewBy?: string;
  readonly evidence?: readonly string[];
}

/** Writes what the maker says of one provision into the checklist of the product of the working folder. */
export async function declareProvision(name: string, word: Word, options: DeclareOptions): Promise<number> {
  const provision = provisionOf(name);
  const { because, by, owner, reviewBy } = options;
  for (const [flag, value] of Object.entries({ because, by, owner }))
    if (value?.trim() === '') throw new Failure(`--${flag} is empty; say it in words`);
  if (reviewBy !== undefined && !isDate(reviewBy))
    throw new Failure(`--review-by ${reviewBy} is no date; write YYYY-MM-DD`);
  const folder = productFolder(process.cwd());
  const evidence = await evidenceOf(folder, options.evidence ?? []);
  const said: Entry = {
    declared: word,
    because,
    by,
    on: today(),
    ...(owner !== undefined && { owner }),
    ...(reviewBy !== undefined && { 'review-by': reviewBy }),
    ...(evidence.length > 0 && { evidence }),
  };
  const target = join(folder, DECLARATIONS_FILE);
  const shown = inside(realpathSync(process.cwd()), target);
  const former = declarationsText(target, shown);
  const result = declare(shown, former, provision, said, catalogue.standard);
  if ('problem' in result) throw new Failure(result.problem);
  const now = dueOn(shown, former, provision, said, catalogue.standard);
  if (now !== undefined && now < today())
    throw new Failure(`the review was due on ${now}; say with --review-by when the next one is`);
  try {
    await replaceFile(target, result.text);
  } catch (error) {
    throw new Failure(`${shown} cannot be written: ${reasonOf(error)}`);
  }
  await print(`${provision} is declared ${word} in ${shown}\n`);
  return STATUS.clean;
}

function provisionOf(name: string): ProvisionId {
  const named = provisionsNamed(catalogue.standard, name);
  const [first, ...others] = named;
  if (!first)
    throw new Failure(
      `${name} is no provision; the nearest are ${nearestIds(catalogue.standard, name).join(', ')}`,
    );
  if (others.length > 0)
    throw new Failure(
      `${name} of edition ${editionsOf(first, name).join(' and ')} has become ${named.map(({ id }) => id).join(', ')}; declare each`,
    );
  return first.id;
}

async function evidenceOf(folder: string, files: readonly string[]): Promise<NonNullable<Entry['evidence']>> {
  const host = new NodeHost(folder, wasmFolder());
  const found: NonNullable<Entry['evidence']> = [];
  for (const named of files) {
    const full = resolve(named);
    // The working folder may itself be reached through a link; the file may not.
    const real = join(realFolder(dirname(full)), basename(full));
    const file = inside(folder, real);
    if (!isInside(file))
      throw new Failure(`${named} lies outside the product in ${folder}; copy it there and name the copy`);
    const hash = await hashOf(host, file);
    if ('problem' in hash)
      throw new Failure(`${named}: ${hash.problem}; evidence is a readable file in the product's folder`);
    found.push({ file, sha256: hash.sha256 });
  }
  return found;
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
