/** What the code lets one guess of the product, each with its place: for a person to confirm. */
import signs from '../../../rules/standard/signs.json' with { type: 'json' };
import type { FileId } from '../../../rules/kit/index.js';
import type { Mention } from '../engine/mention.js';
import { FEATURES, withAbove } from './features.js';

export interface Proposal {
  readonly feature: string;
  /** `updates over a network` */
  readonly says: string;
  /** The call, header, option or package that was seen. */
  readonly saw: string;
  readonly file: FileId;
  /** 1-based. */
  readonly line: number;
}

type Sign = Omit<(typeof signs.signs)[number], 'besideCalls'> & { readonly besideCalls?: readonly string[] };

const KNOWN: Readonly<Record<Mention['kind'], ReadonlyMap<string, readonly Sign[]>>> = {
  call: byWord((sign) => sign.calls),
  include: byWord((sign) => sign.includes),
  macro: new Map(),
  option: byWord((sign) => sign.options),
  package: byWord((sign) => sign.packages),
};
const BESIDE = new Set(signs.signs.flatMap((sign: Sign) => sign.besideCalls ?? []));

/** Whether a mention may say something of a feature. */
export function isSign(kind: Mention['kind'], text: string): boolean {
  return KNOWN[kind].has(text) || (kind === 'call' && BESIDE.has(text));
}

/** What shows best comes first: a call is where it happens, a header only makes it possible. */
const ORDER: Readonly<Record<Mention['kind'], number>> = {
  call: 0,
  option: 1,
  package: 1,
  macro: 1,
  include: 2,
};

/** The best place of each feature, of several alike the first, in the order of the features. */
export function proposalsOf(mentions: readonly Mention[]): Proposal[] {
  const called = new Set(mentions.flatMap(({ kind, text }) => (kind === 'call' ? [text] : [])));
  const first = new Map<string, Proposal>();
  for (const { kind, text, file, range } of mentions.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]))
    for (const { feature, says, besideCalls } of KNOWN[kind].get(text) ?? []) {
      if (first.has(feature) || besideCalls?.some((call) => called.has(call)) === false) continue;
      first.set(feature, { feature, says, saw: shown(text), file, line: range.start.line });
    }
  return FEATURES.flatMap(({ key }) => first.get(key) ?? []);
}

/** `app,ota_1` for `partition:app,ota_1`: as it stands in the file. */
export function shown(text: string): string {
  return text.replace(/^(partition|component|module|image|env):/, '');
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
