/** What editions call a provision. */
import { catalogue } from '../../rules/index.js';
import type { ProvisionId } from '../../rules/kit/index.js';

/** Labels of a provision in every edition. */
export function labelsOf(provision: ProvisionId): Readonly<Record<string, readonly string[]>> {
  return catalogue.standard.provisions.find((each) => each.id === provision)?.labels ?? {};
}
