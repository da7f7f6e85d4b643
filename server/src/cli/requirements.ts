/** `skarp requirements`: a customer's own list against the checklist of a product. */
import { catalogue } from '../../../rules/index.js';
import { crosswalks } from '../../../rules/standard/crosswalk/index.js';
import { Mapping } from '../checklist/import/mapping.js';
import { requirementsText } from '../checklist/import/requirements-text.js';
import { requirementsIn } from '../checklist/import/requirements.js';
import type { Edition } from '../project/config.js';
import { Failure, STATUS } from './failure.js';
import { linesIn } from './import.js';
import { print, useColor } from './output.js';
import { checklistOf } from './product-checklist.js';
import { wrap } from './wrap.js';

export interface RequirementsOptions {
  readonly format: 'text' | 'json';
  readonly edition?: Edition;
  readonly color: boolean;
}

/** What they ask that is met, lacking or beyond the standard, and what the standard asks that they forgot. */
export async function requirements(
  file: string,
  path: string,
  { format, edition, color }: RequirementsOptions,
): Promise<number> {
  const lines = linesIn(file);
  const { list } = await checklistOf(path, edition);
  const found = requirementsIn(lines, new Mapping(catalogue.standard, crosswalks, edition), list);
  if (found.asked.length === 0)
    throw new Failure(`${file} asks for nothing; write each requirement as a row or an item of a list`);
  if (format === 'json') await print(`${JSON.stringify(found, undefined, 2)}\n`);
  else await print(requirementsText(found, { color: useColor(color), wrap }));
  return STATUS.clean;
}
