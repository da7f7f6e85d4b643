/** Whether a problem stands in the versions that a product is built with. */
import semverSubset from 'semver/ranges/subset.js';
import semverValid from 'semver/functions/valid.js';
import semverValidRange from 'semver/ranges/valid.js';
import type { Option, Versioned } from '../../../rules/kit/index.js';

const NAMES: Readonly<Record<Versioned, string>> = { 'esp-idf': 'ESP-IDF', node: 'Node' };

interface Known {
  readonly range: string;
  /** `sdkconfig: ESP-IDF 5.1.2` */
  readonly says: string;
}

/** `gone`: it does not concern what is built. Else what to add to its message: empty where no version is known. */
export type Verdict = 'gone' | { readonly says: string };

export class Versions {
  private readonly known = new Map<Versioned, Known[]>();

  constructor(options: Iterable<Option>) {
    for (const { name, value, at } of options) {
      const [prefix, of] = name.split(':');
      if (prefix !== 'version' || (of !== 'esp-idf' && of !== 'node')) continue;
      // Longer ranges are no range that a person wrote.
      const range = value.length <= 200 ? semverValidRange(value) : null;
      if (range === null || range === '*') continue;
      const entry = { range, says: `${at.file}: ${NAMES[of]} ${value}` };
      this.known.set(of, [...(this.known.get(of) ?? []), entry]);
    }
    for (const [of, all] of this.known) {
      // What is pinned goes before what is allowed.
      const pinned = all.filter(({ range }) => semverValid(range) !== null);
      if (pinned.length > 0) this.known.set(of, pinned);
    }
  }

  /** @param harmless ranges of versions in which a problem is none */
  judge(harmless: Partial<Readonly<Record<Versioned, string>>>): Verdict {
    for (const [of, range] of Object.entries(harmless) as [Versioned, string][]) {
      const known = this.known.get(of);
      const reached = known?.find((each) => !semverSubset(each.range, range));
      if (reached) return { says: ` (${reached.says})` };
      if (known) return 'gone';
    }
    return { says: '' };
  }
}
