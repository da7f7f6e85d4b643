/** From what people call a provision to its id. */
import type { ProvisionId } from '../../../rules/kit/index.js';
import type { EditionId, Provision, Standard } from '../../../rules/standard/standard.js';
import { nearest } from './nearest.js';

/** The provisions that a name stands for: an id, or a label of any edition, of which one label may have become several ids. */
export function provisionsNamed(standard: Standard, name: string): Provision[] {
  const exact = standard.provisions.filter(({ id }) => id === name);
  if (exact.length > 0) return exact;
  return standard.provisions.filter(({ labels }) =>
    Object.values(labels).some((names) => names.includes(name)),
  );
}

/** Editions in which a provision goes by a name. */
export function editionsOf({ labels }: Provision, name: string): EditionId[] {
  return (Object.keys(labels) as EditionId[]).filter((edition) => labels[edition].includes(name));
}

/** Ids that are written most like a name, the likest first. */
export function nearestIds(standard: Standard, name: string): ProvisionId[] {
  return nearest(
    name,
    standard.provisions.map(({ id }) => id),
  );
}
