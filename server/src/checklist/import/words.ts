/** How much two short texts speak of the same: rare words that they share weigh most. */

export interface Vocabulary<Item> {
  readonly items: readonly {
    readonly item: Item;
    readonly words: ReadonlySet<string>;
    readonly length: number;
  }[];
  readonly weights: ReadonlyMap<string, number>;
}

/** Words beginning alike count as one: `update`, `updates` and `updating`. */
const BEGINNING = 5;
const COMMON = new Set(
  'about after against all and any are can device devices for from has have how into its may must not only product products shall should such that the their them there these they this through when where which while who will with within without would you your used uses using each every other than'.split(
    ' ',
  ),
);
/** What others say, in the words that our provisions use. */
const OURS: Readonly<Record<string, string>> = {
  credential: 'password',
  credentials: 'password',
  firmware: 'software update',
  patch: 'update',
  patches: 'update',
  ota: 'update network',
  tls: 'cryptography communication',
  ssl: 'cryptography communication',
  https: 'cryptography communication',
  default: 'factory',
  disable: 'switch',
  disabled: 'switch',
  key: 'secret',
  keys: 'secret',
  same: 'unique',
  unused: 'needs',
  encrypted: 'cryptography encrypt',
  encryption: 'cryptography encrypt',
  gdpr: 'personal data',
  privacy: 'personal data',
  erase: 'delete',
  erased: 'delete',
  wipe: 'delete',
  jtag: 'debug interface',
  uart: 'debug interface',
  port: 'interface',
  ports: 'interface',
  cve: 'vulnerability',
  api: 'interface programming',
  apis: 'interface programming',
  bug: 'vulnerability',
  bugs: 'vulnerability',
  signed: 'genuine',
  signature: 'genuine',
};

export function wordsOf(text: string): Set<string> {
  const written = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return new Set(
    written
      .flatMap((word) => [word, ...(OURS[word]?.split(' ') ?? [])])
      .filter((word) => !COMMON.has(word))
      .map((word) => word.slice(0, BEGINNING)),
  );
}

export function vocabularyOf<Item>(items: readonly Item[], textOf: (item: Item) => string): Vocabulary<Item> {
  const all = items.map((item) => ({ item, words: wordsOf(textOf(item)) }));
  const counts = new Map<string, number>();
  for (const { words } of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weights = new Map([...counts].map(([word, count]) => [word, Math.log(1 + items.length / count)]));
  return { items: all.map((each) => ({ ...each, length: lengthOf(each.words, weights) })), weights };
}

/** Cosine of a text and each item, from 0 to 1; words that no item has weigh like the rarest, against all of them. */
export function likeness<Item>(
  { items, weights }: Vocabulary<Item>,
  text: string,
): { readonly item: Item; readonly score: number }[] {
  const words = wordsOf(text);
  const own = lengthOf(words, weights);
  return items.map(({ item, words: theirs, length }) => {
    const shared = [...words].filter((word) => theirs.has(word));
    const sum = shared.reduce((all, word) => all + (weights.get(word) ?? 0) ** 2, 0);
    // A single word may mean anything.
    return { item, score: shared.length < 2 ? 0 : sum / (own * length) };
  });
}

function lengthOf(words: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  const rarest = Math.max(...weights.values());
  let sum = 0;
  for (const word of words) sum += (weights.get(word) ?? rarest) ** 2;
  return Math.sqrt(sum);
}
