/** `skarp checklist` */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import { DECLARATIONS_FILE, type Declarations, readDeclarations } from '../checklist/declarations.js';
import { type ExportFormat, exported } from '../checklist/export/index.js';
import { missingIn, statementOf } from '../checklist/export/statement.js';
import { checklistText } from '../checklist/full-text.js';
import { NodeHost } from '../host/node.js';
import { Session } from '../session.js';
import type { Edition } from '../project/config.js';
import { threads, today, version, wasmFolder } from './about.js';
import { declarationsText } from './declarations-file.js';
import { hashOf } from './evidence.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { placeOf } from './place.js';
import { productFolder } from './product-folder.js';
import { wrap } from './wrap.js';

export interface ChecklistOptions {
  readonly format: 'text' | 'json' | ExportFormat;
  readonly edition?: Edition;
  readonly verify?: boolean;
  /** Exports also what is not all declared, marked as a draft. */
  readonly draft?: boolean;
  readonly color: boolean;
}

/** Every provision with what the code says of it. Looks at the whole of a product, never at single files. */
export async function checklist(path: string, options: ChecklistOptions): Promise<number> {
  const { root, scope, problems } = placeOf([path], process.cwd());
  const [problem] = problems;
  if (problem !== undefined) throw new Failure(problem);
  if (!statSync(root).isDirectory() || !('whole' in scope))
    throw new Failure(`${path} is a file; name the folder of a product`);
  const declarations = await declarationsOf(root);
  const session = new Session(new NodeHost(root, wasmFolder()), {
    today: today(),
    version: version(),
    jobs: threads(),
  });
  await session.load(scope);
  await session.settle();
  const report = session.report();
  const list = session.checklist('.', report, options.edition, declarations);
  if (
    declarations.size === 0 &&
    list.rows.every(({ findings, evidence }) => findings.length + evidence.length === 0)
  )
    await say('skarp: the code says nothing of any provision; is this the folder of a product?');
  const { format, draft = false } = options;
  if (format === 'text')
    await print(checklistText(list, report, { color: useColor(options.color), edition: list.edition, wrap }));
  else if (format === 'json') await print(`${JSON.stringify(list, undefined, 2)}\n`);
  else {
    const missing = draft ? [] : missingIn(list);
    for (const line of missing) await say(`skarp: ${line}`);
    if (missing.length > 0)
      throw new Failure(
        `${String(missing.length)} ${missing.length === 1 ? 'provision is' : 'provisions are'} not ready to be handed out; \`skarp declare\` them, or export a --draft`,
      );
    const product = basename(realpathSync(root));
    await print(exported(statementOf(list, report, { product, date: today(), draft }), format));
  }
  if (options.verify !== true) return STATUS.clean;
  const changed = await changedEvidence(realpathSync(root), declarations);
  for (const line of changed) await say(`skarp: ${line}`);
  return changed.length > 0 ? STATUS.findings : STATUS.clean;
}

async function declarationsOf(root: string): Promise<Declarations> {
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
  return read.declarations;
}

/** A line for each piece of evidence that is not what it was when it was declared, whatever the edition. */
async function changedEvidence(folder: string, declarations: Declarations): Promise<string[]> {
  const lines: string[] = [];
  for (const [provision, { evidence = [] }] of declarations)
    for (const { file, sha256 } of evidence) {
      const now = await hashOf(folder, file);
      const again = 'look at it and declare it again with --evidence';
      if ('problem' in now) lines.push(`${provision}: ${file}: ${now.problem}; ${again}`);
      else if (now.sha256 !== sha256) lines.push(`${provision}: ${file} has changed since then; ${again}`);
    }
  return lines;
}
