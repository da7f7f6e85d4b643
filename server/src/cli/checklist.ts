/** `skarp checklist` */
import { realpathSync } from 'node:fs';
import type { Level, Sector } from '../../../rules/standard/crosswalk/crosswalk.js';
import { crosswalks } from '../../../rules/standard/crosswalk/index.js';
import type { Declarations } from '../checklist/declarations.js';
import {
  type Audience,
  CROSSWALK_FORMATS,
  type ExportFormat,
  IXIT_REPORT_FORMATS,
  PAGE_FORMATS,
} from '../checklist/export/formats.js';
import { exported } from '../checklist/export/index.js';
import { missingIn, statementOf } from '../checklist/export/statement.js';
import { type Asked, crosswalksFor, throughCrosswalks } from '../checklist/crosswalk.js';
import { catalogueNamed } from '../checklist/crosswalk-names.js';
import { crosswalkText } from '../checklist/crosswalk-text.js';
import { checklistText } from '../checklist/full-text.js';
import type { Edition } from '../project/config.js';
import { hashOf } from '../evidence.js';
import { NodeHost } from '../host/node.js';
import { today, wasmFolder } from './about.js';
import { ixit } from './ixit.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { checklistOf, ixitChecklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

export interface ChecklistOptions {
  readonly format: 'text' | 'json' | ExportFormat;
  readonly edition?: Edition;
  readonly for: Audience;
  readonly verify?: boolean;
  /** Exports also what is not all declared, marked as a draft. */
  readonly draft?: boolean;
  /** The id or the title of another catalogue, through which the rows are seen. */
  readonly standard?: string;
  /** Through all catalogues of a sector, of a level, or of both. */
  readonly sector?: Sector;
  readonly level?: Level;
  /** Only rows for the tables of implementation facts. */
  readonly ixit?: boolean;
  readonly color: boolean;
}

/** Every provision with what the code says of it. Looks at the whole of a product, never at single files. */
export async function checklist(path: string, options: ChecklistOptions): Promise<number> {
  const { format, draft = false, for: audience } = options;
  if (options.ixit === true) return ixit(path, options);
  if (audience === 'customer' && !PAGE_FORMATS.includes(format))
    throw new Failure(`--for customer goes with --format ${PAGE_FORMATS.join(' or ')}; choose one of them`);
  const asked = askedOf(options);
  if (asked && !CROSSWALK_FORMATS.includes(format))
    throw new Failure(
      `--standard, --sector and --level go with --format ${CROSSWALK_FORMATS.join(', ')}; choose one of them`,
    );
  const look =
    audience === 'assessor' && IXIT_REPORT_FORMATS.includes(format) ? ixitChecklistOf : checklistOf;
  const { root, name, report, list: plain, declarations } = await look(path, options.edition);
  const crosswalk = asked && throughCrosswalks(plain, crosswalks, asked);
  const list = crosswalk ? { ...plain, crosswalk } : plain;
  if (format === 'text') {
    const text = { color: useColor(options.color), edition: list.edition, wrap };
    await print(crosswalk ? crosswalkText(list, crosswalk, text) : checklistText(list, report, text));
  } else if (format === 'json') await print(`${JSON.stringify(list, undefined, 2)}\n`);
  else {
    const missing = draft ? [] : missingIn(list);
    for (const line of missing) await say(`skarp: ${line}`);
    if (missing.length > 0)
      throw new Failure(
        `${String(missing.length)} ${missing.length === 1 ? 'provision is' : 'provisions are'} not ready to be handed out; \`skarp declare\` them, or export a --draft`,
      );
    await print(
      exported(statementOf(list, report, { product: name, date: today(), draft }), format, audience),
    );
  }
  if (options.verify !== true) return STATUS.clean;
  const changed = await changedEvidence(realpathSync(root), declarations);
  for (const line of changed) await say(`skarp: ${line}`);
  return changed.length > 0 ? STATUS.findings : STATUS.clean;
}

/** The catalogues that are asked for, if any. Throws `Failure` where there are none such. */
function askedOf({ standard, sector, level }: ChecklistOptions): Asked | undefined {
  if (standard !== undefined) {
    if (sector !== undefined || level !== undefined)
      throw new Failure('--standard names one catalogue, --sector and --level many; choose one');
    const named = catalogueNamed(crosswalks, standard);
    if ('problem' in named) throw new Failure(`${named.problem}; \`skarp standards\` tells of each`);
    return { standard: named.id };
  }
  if (sector === undefined && level === undefined) return undefined;
  const asked = { ...(sector !== undefined && { sector }), ...(level !== undefined && { level }) };
  if (crosswalksFor(crosswalks, asked).length === 0)
    throw new Failure('no catalogue stands there; `skarp standards` shows which stand where');
  return asked;
}

/** A line for each piece of evidence that is not what it was when it was declared, whatever the edition. */
async function changedEvidence(folder: string, declarations: Declarations): Promise<string[]> {
  const host = new NodeHost(folder, wasmFolder());
  const lines: string[] = [];
  for (const [provision, { evidence = [] }] of declarations)
    for (const { file, sha256 } of evidence) {
      const now = await hashOf(host, file);
      const again = 'look at it and declare it again with --evidence';
      if ('problem' in now) lines.push(`${provision}: ${file}: ${now.problem}; ${again}`);
      else if (now.sha256 !== sha256) lines.push(`${provision}: ${file} has changed since then; ${again}`);
    }
  return lines;
}
