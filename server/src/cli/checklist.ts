/** `skarp checklist` */
import { statSync } from 'node:fs';
import { checklistText } from '../checklist/full-text.js';
import { NodeHost } from '../host/node.js';
import { Session } from '../session.js';
import type { Edition } from '../project/config.js';
import { threads, today, version, wasmFolder } from './about.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { placeOf } from './place.js';
import { wrap } from './wrap.js';

export interface ChecklistOptions {
  readonly format: 'text' | 'json';
  readonly edition?: Edition;
  readonly color: boolean;
}

/** Every provision with what the code says of it. Looks at the whole of a product, never at single files. */
export async function checklist(path: string, options: ChecklistOptions): Promise<number> {
  const { root, scope, problems } = placeOf([path], process.cwd());
  const [problem] = problems;
  if (problem !== undefined) throw new Failure(problem);
  if (!statSync(root).isDirectory() || !('whole' in scope))
    throw new Failure(`${path} is a file; name the folder of a product`);
  const session = new Session(new NodeHost(root, wasmFolder()), {
    today: today(),
    version: version(),
    jobs: threads(),
  });
  await session.load(scope);
  await session.settle();
  const report = session.report();
  const list = session.checklist('.', report, options.edition);
  if (list.rows.every(({ findings, evidence }) => findings.length + evidence.length === 0))
    await say('skarp: the code says nothing of any provision; is this the folder of a product?');
  await print(
    options.format === 'json'
      ? `${JSON.stringify(list, undefined, 2)}\n`
      : checklistText(list, report, { color: useColor(options.color), edition: list.edition, wrap }),
  );
  return STATUS.clean;
}
