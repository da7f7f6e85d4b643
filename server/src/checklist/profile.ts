/** What the product is decides which provisions apply to it, and the reason is told. */
import data from '../../../rules/standard/features.json' with { type: 'json' };
import type { Provision } from '../../../rules/standard/standard.js';
import { FEATURES, type Profile, missingFor } from './features.js';
import type { ChecklistRow } from './model.js';

interface Condition {
  readonly needs?: string;
  readonly unless?: string;
}

const CONDITIONS: Readonly<Record<string, Condition>> = data.conditions;

/** Why a provision without a condition applies. */
export const ALWAYS = 'it applies to every product';

/** Whether a provision applies, and why; `unknown` where the profile does not say. */
export function applicability(provision: Provision, profile: Profile): ChecklistRow['applies'] {
  const { condition, applies } = provision;
  if (applies === null) return { is: 'yes', because: ALWAYS };
  const { needs, unless } = CONDITIONS[condition ?? ''] ?? {};
  const asked = `it applies ${applies}`;
  const missing = needs === undefined ? undefined : missingFor(needs, profile);
  if (missing !== undefined)
    return {
      is: 'no',
      because: `${asked}, and skarp.json says that this is not so (${missing}: false)`,
    };
  if (unless !== undefined && profile[unless] === true)
    return { is: 'no', because: `${asked}, and skarp.json says that there is one (${unless}: true)` };
  const isKnown =
    (needs === undefined || profile[needs] === true) && (unless === undefined || profile[unless] === false);
  return isKnown && (needs ?? unless) !== undefined
    ? { is: 'yes', because: `${asked}, and skarp.json says so` }
    : { is: 'unknown', because: asked };
}

/** Features that rows of unknown applicability wait for. */
export function unanswered(provisions: readonly Provision[], profile: Profile): readonly string[] {
  const asked = provisions
    .filter((provision) => applicability(provision, profile).is === 'unknown')
    .flatMap(({ condition }) => {
      const { needs, unless } = CONDITIONS[condition ?? ''] ?? {};
      return [needs, unless].filter((key) => key !== undefined && profile[key] === undefined);
    });
  return FEATURES.map(({ key }) => key).filter((key) => asked.includes(key));
}
