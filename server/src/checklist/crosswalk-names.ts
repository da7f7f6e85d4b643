/** From what people call a catalogue to its id. */
import type { Crosswalk } from '../../../rules/standard/crosswalk/crosswalk.js';
import { nearest } from './nearest.js';

/** The catalogue of an id or a title, or one line that says what there is and what may have been meant. */
export function catalogueNamed(
  crosswalks: readonly Crosswalk[],
  name: string,
): { readonly id: string } | { readonly problem: string } {
  const written = plain(name);
  const found = crosswalks.find(({ id, title }) => plain(id) === written || plain(title) === written);
  if (found) return { id: found.id };
  const ids = crosswalks.map(({ id }) => id);
  const known = `known are ${ids.join(', ')}`;
  if (written === '') return { problem: `--standard asks for the id of a catalogue; ${known}` };
  const holding = crosswalks.filter(({ id, title }) => plain(`${id} ${title}`).includes(written));
  const near = holding.length > 0 ? holding.map(({ id }) => id) : nearest(name.toLowerCase(), ids);
  return { problem: `${short(name)} is no catalogue; the nearest are ${near.join(', ')}; ${known}` };
}

/** Letters and digits only: `ISO/IEC 27001` and `iso iec 27001` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function short(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}
