/** What the rules of a run listen to, and a product's own names for it. */
import type { Lang } from '../../../rules/kit/index.js';
import type { Interest } from '../engine/facts/interest.js';
import { Prefilter } from '../engine/prefilter.js';
import type { RuleSet } from '../engine/rule-set.js';

/** By field of `Interest`: names that one product adds to it. */
export type Extras = Readonly<Record<string, readonly string[]>>;

export interface Listening {
  readonly interest: Interest;
  readonly prefilter: Prefilter;
  readonly extras: Extras;
}

/** What the rules alone listen to: the same in all products of a run. */
export function baseInterests(rules: RuleSet): Record<Lang, Interest> {
  return { c: rules.interest('c', () => new Set()), ts: rules.interest('ts', () => new Set()) };
}

export function listening(rules: RuleSet, base: Interest, own: Interest, lang: Lang): Listening {
  return { interest: own, prefilter: new Prefilter(rules.words(own, lang)), extras: extrasOf(base, own) };
}

function extrasOf(base: Interest, own: Interest): Extras {
  const extras: Record<string, string[]> = {};
  for (const [field, names] of setsOf(own)) {
    const known = new Map(setsOf(base)).get(field);
    const more = [...names].filter((name) => known?.has(name) !== true);
    if (more.length > 0) extras[field] = more.sort();
  }
  return extras;
}

/** The interest that these extras were taken of. */
export function withExtras(base: Interest, extras: Extras): Interest {
  const fields = Object.entries(extras);
  if (fields.length === 0) return base;
  const known = new Map(setsOf(base));
  const more = fields.map(([field, names]) => [field, new Set([...(known.get(field) ?? []), ...names])]);
  return { ...base, ...(Object.fromEntries(more) as Partial<Interest>) };
}

/** The words of extras that are also in a set. */
export function onlyOf(extras: Extras, words: ReadonlySet<string>): Extras {
  return Object.fromEntries(
    Object.entries(extras)
      .map(([field, names]) => [field, names.filter((name) => words.has(wordOf(name)))] as const)
      .filter(([, names]) => names.length > 0),
  );
}

/** The words by which a text shows that it holds one of the extras: the same set each time. */
export function wordsOf(extras: Extras): ReadonlySet<string> {
  const words = WORDS.get(extras) ?? new Set(Object.values(extras).flatMap((names) => names.map(wordOf)));
  WORDS.set(extras, words);
  return words;
}

const WORDS = new WeakMap<Extras, ReadonlySet<string>>();

/** Words in which two extras differ. */
export function changedExtras(a: Extras, b: Extras): Set<string> {
  const marked = (extras: Extras): Set<string> =>
    new Set(Object.entries(extras).flatMap(([field, names]) => names.map((name) => `${field} ${name}`)));
  const [old, now] = [marked(a), marked(b)];
  return new Set(
    [...old, ...now].filter((each) => old.has(each) !== now.has(each)).map((each) => wordOf(each)),
  );
}

function setsOf(interest: Interest): (readonly [string, ReadonlySet<string>])[] {
  return Object.entries(interest).filter(
    (entry): entry is [string, ReadonlySet<string>] => entry[1] instanceof Set,
  );
}

/** `sockaddr_in` of `struct sockaddr_in`. */
function wordOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
