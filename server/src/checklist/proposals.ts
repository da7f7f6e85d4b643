/** What the code lets one guess of the product, each with its place: for a person to confirm. */
import signs from '../../../rules/standard/signs.json' with { type: 'json' };
import type { FileId } from '../../../rules/kit/index.js';
import { FEATURES, withAbove } from './features.js';

export interface Proposal {
  readonly feature: string;
  /** `updates over a network` */
  readonly says: string;
  /** The name, option or package that was seen. */
  readonly saw: string;
  readonly file: FileId;
  /** 1-based. */
  readonly line: number;
}

/** A name of the code, an option that is on or a package that is imported, with its line. */
export interface Seen {
  readonly kind: 'name' | 'option' | 'package';
  readonly text: string;
  readonly line: number;
}

type Sign = (typeof signs.signs)[number];

const KNOWN: Readonly<Record<Seen['kind'], ReadonlyMap<string, readonly Sign[]>>> = {
  name: byWord((sign) => sign.names),
  option: byWord((sign) => sign.options),
  package: byWord((sign) => sign.packages),
};

/** Words worth looking for, so that files without one need not be taken apart. */
export const WORDS_OF_SIGNS: readonly string[] = Object.values(KNOWN).flatMap((words) => [...words.keys()]);

/** The first place of each feature, in the order of the features. */
export function proposalsOf(seen: Iterable<{ readonly file: FileId; readonly seen: Seen }>): Proposal[] {
  const first = new Map<string, Proposal>();
  for (const { file, seen: each } of seen)
    for (const { feature, says } of KNOWN[each.kind].get(each.text) ?? [])
      if (!first.has(feature)) first.set(feature, { feature, says, saw: each.text, file, line: each.line });
  return FEATURES.flatMap(({ key }) => first.get(key) ?? []);
}

/** Features that are there, and those without which they could not be. */
export function profileOf(features: readonly string[]): Readonly<Record<string, true>> {
  const there = new Set(features.flatMap(withAbove));
  return Object.fromEntries(FEATURES.flatMap(({ key }) => (there.has(key) ? [[key, true]] : [])));
}

function byWord(of: (sign: Sign) => readonly string[]): ReadonlyMap<string, readonly Sign[]> {
  const known = new Map<string, Sign[]>();
  for (const sign of signs.signs)
    for (const word of of(sign)) known.set(word, [...(known.get(word) ?? []), sign]);
  return known;
}
