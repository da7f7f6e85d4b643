/** What a product may be. Some of it cannot be there without something else. */
import data from '../../../rules/standard/features.json' with { type: 'json' };

export interface Feature {
  /** Name under `product` of skarp.json. */
  readonly key: string;
  readonly question: string;
  /** Without that feature there is not this one. */
  readonly within?: string;
}

/** `product` of skarp.json: what is not said is not known. */
export type Profile = Readonly<Record<string, boolean | undefined>>;

export const FEATURES: readonly Feature[] = data.features;
const WITHIN = new Map(FEATURES.map(({ key, within }) => [key, within]));

/** The feature, and all without which it cannot be there, nearest first. */
export function withAbove(feature: string): readonly string[] {
  const all: string[] = [];
  for (let key: string | undefined = feature; key !== undefined; key = WITHIN.get(key)) all.push(key);
  return all;
}

/** The feature that is said not to be there: itself, or one without which it cannot be. */
export function missingFor(feature: string, profile: Profile): string | undefined {
  return withAbove(feature).find((key) => profile[key] === false);
}
