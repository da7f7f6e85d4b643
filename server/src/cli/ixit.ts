/** `skarp checklist --ixit` */
import { type IxitFormat, IXIT_FORMATS, ixitExported } from '../checklist/ixit/export.js';
import { today, version } from './about.js';
import type { ChecklistOptions } from './checklist.js';
import { Failure, STATUS } from './failure.js';
import { print } from './output.js';
import { ixitChecklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

/** What the code of a product shows of each table, as a beginning for whoever fills them in. */
export async function ixit(path: string, options: ChecklistOptions): Promise<number> {
  const { format } = options;
  if (!isIxitFormat(format))
    throw new Failure(`--ixit goes with --format ${IXIT_FORMATS.join(', ')}; choose one of them`);
  if (
    options.verify === true ||
    options.for === 'customer' ||
    (options.standard ?? options.sector ?? options.level) !== undefined
  )
    throw new Failure(
      '--ixit lists what the code shows and no provisions; leave out --verify, --for customer, --standard, --sector and --level',
    );
  const { name, list } = await ixitChecklistOf(path, options.edition);
  const about = {
    product: name,
    edition: list.edition,
    date: today(),
    tool: `skarp ${version()}`,
  };
  await print(ixitExported(list.ixit, format, about, wrap));
  return STATUS.clean;
}

function isIxitFormat(format: ChecklistOptions['format']): format is IxitFormat {
  return (IXIT_FORMATS as readonly string[]).includes(format);
}
