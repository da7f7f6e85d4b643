/** The checklist of the product in a folder, as several commands need it. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import { DECLARATIONS_FILE, type SaidInFile, readDeclarations } from '../checklist/declarations.js';
import type { Ixit } from '../checklist/ixit/rows.js';
import type { Checklist } from '../checklist/model.js';
import { NodeHost } from '../host/node.js';
import type { Edition } from '../project/config.js';
import type { Report } from '../report/model.js';
import { ixitIn } from '../proposed.js';
import { Session } from '../session.js';
import { threads, today, version, wasmFolder } from './about.js';
import { declarationsText } from './declarations-file.js';
import { Failure } from './failure.js';
import { say } from './output.js';
import { placeOf } from './place.js';
import { productFolder } from './product-folder.js';

export interface ProductChecklist extends SaidInFile {
  readonly root: string;
  /** What reports call it. */
  readonly name: string;
  readonly session: Session;
  readonly report: Report;
  readonly list: Checklist;
}

/** With the rows that code proposes for the tables of implementation facts. */
export interface IxitChecklist extends ProductChecklist {
  readonly list: Checklist & { readonly ixit: Ixit };
}

/** Looks at the whole of a product. Throws `Failure` where the path is none, or its declarations cannot be read. */
export async function checklistOf(path: string, edition: Edition | undefined): Promise<ProductChecklist> {
  const { root, scope, problems } = placeOf([path], process.cwd());
  const [problem] = problems;
  if (problem !== undefined) throw new Failure(problem);
  if (!statSync(root).isDirectory() || !('whole' in scope))
    throw new Failure(`${path} is a file; name the folder of a product`);
  const { declarations, answers } = await saidAt(root);
  const session = new Session(new NodeHost(root, wasmFolder()), {
    today: today(),
    version: version(),
    jobs: threads(),
  });
  await session.load(scope);
  await session.settle();
  const report = session.report();
  const list = session.checklist('.', report, edition, declarations);
  if (
    declarations.size === 0 &&
    list.rows.every(({ findings, evidence }) => findings.length + evidence.length === 0)
  )
    await say('skarp: the code says nothing of any provision; is this the folder of a product?');
  const name = session.config.name ?? basename(realpathSync(root));
  return { root, name, session, report, list, declarations, answers };
}

/** The same with what code shows for the tables of implementation facts, which costs another look. */
export async function ixitChecklistOf(path: string, edition: Edition | undefined): Promise<IxitChecklist> {
  const product = await checklistOf(path, edition);
  const { root, session, list } = product;
  const ixit = await ixitIn(new NodeHost(root, wasmFolder()), session);
  return { ...product, list: { ...list, ixit } };
}

/** What is declared and answered at the root of a product. Throws `Failure` where it cannot be read. */
export async function saidAt(root: string): Promise<SaidInFile> {
  const file = join(root, DECLARATIONS_FILE);
  const read = readDeclarations(
    DECLARATIONS_FILE,
    declarationsText(file, DECLARATIONS_FILE),
    catalogue.standard,
  );
  if ('problem' in read) throw new Failure(read.problem);
  const product = productFolder(root);
  if (!existsSync(file) && existsSync(join(product, DECLARATIONS_FILE)))
    await say(`skarp: the declarations of this product stand in ${product}; name that folder to see them`);
  return read;
}
