/** Which provisions somebody wants to see. */
import type { ChecklistRow } from '../../../server/src/checklist/model.js';
import type { StandardName } from '../../../server/src/lsp/protocol.js';
import type { Filter } from './messages.js';

export const NO_FILTER: Filter = {
  standing: '',
  status: '',
  owner: '',
  heading: '',
  standard: '',
  search: '',
};
/** The filter for what nobody owns. */
export const NOBODY = '\0';

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((wanted) => wanted !== '');
}

/** Every word of the search must be somewhere in the row. A standard that is not known takes nothing away. */
export function passes(
  row: ChecklistRow,
  { standing, status, owner, heading, standard, search }: Filter,
  standards: readonly StandardName[] = [],
): boolean {
  if (standing !== '' && row.standing !== standing) return false;
  if (status !== '' && row.status !== status) return false;
  if (heading !== '' && String(row.heading) !== heading) return false;
  if (owner !== '' && (row.declaration?.owner ?? NOBODY) !== owner) return false;
  const chosen = standards.find(({ id }) => id === standard);
  if (chosen && !chosen.headings.some((each) => each === row.heading)) return false;
  if (search.trim() === '') return true;
  const { because = '', by = '', evidence = [] } = row.declaration ?? {};
  const text = [
    row.id,
    ...Object.values(row.labels).flat(),
    row.wording,
    row.declaration?.owner ?? '',
    because,
    by,
    ...evidence.map(({ file }) => file),
    ...row.evidence.flatMap(({ file, rule, shows }) => [file, rule, shows]),
  ]
    .join('\n')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function ownersOf(rows: readonly ChecklistRow[]): string[] {
  const owners = rows.flatMap(({ declaration }) => declaration?.owner ?? []);
  return [...new Set(owners)].sort((a, b) => a.localeCompare(b));
}
