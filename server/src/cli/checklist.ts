/** `skarp checklist` */
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { Declarations } from '../checklist/declarations.js';
import { type Audience, type ExportFormat, PAGE_FORMATS } from '../checklist/export/formats.js';
import { exported } from '../checklist/export/index.js';
import { missingIn, statementOf } from '../checklist/export/statement.js';
import { checklistText } from '../checklist/full-text.js';
import type { Edition } from '../project/config.js';
import { today } from './about.js';
import { hashOf } from './evidence.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { checklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

export interface ChecklistOptions {
  readonly format: 'text' | 'json' | ExportFormat;
  readonly edition?: Edition;
  readonly for: Audience;
  readonly verify?: boolean;
  /** Exports also what is not all declared, marked as a draft. */
  readonly draft?: boolean;
  readonly color: boolean;
}

/** Every provision with what the code says of it. Looks at the whole of a product, never at single files. */
export async function checklist(path: string, options: ChecklistOptions): Promise<number> {
  const { format, draft = false, for: audience } = options;
  if (audience === 'customer' && !PAGE_FORMATS.includes(format))
    throw new Failure(`--for customer goes with --format ${PAGE_FORMATS.join(' or ')}; choose one of them`);
  const { root, report, list, declarations } = await checklistOf(path, options.edition);
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
    await print(exported(statementOf(list, report, { product, date: today(), draft }), format, audience));
  }
  if (options.verify !== true) return STATUS.clean;
  const changed = await changedEvidence(realpathSync(root), declarations);
  for (const line of changed) await say(`skarp: ${line}`);
  return changed.length > 0 ? STATUS.findings : STATUS.clean;
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
