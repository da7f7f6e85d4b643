/** Facts of former runs, by everything they depend on. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Lang } from '../../../rules/kit/index.js';
import type { Masks } from '../engine/cfront/masks.js';
import type { Interest } from '../engine/facts/interest.js';
import type { FileFacts } from '../engine/facts/model.js';
import { mentioned } from '../engine/prefilter.js';
import type { Store } from '../host/host.js';
import { isFacts } from './facts-shape.js';
import type { ReadTask } from './reader.js';

export class FactsCache {
  /** What all entries of a run have in common: the code that reads, and what rules and tables listen to. */
  private readonly common: string;
  private known: { readonly masks: Masks; readonly names: ReadonlySet<string> } | undefined;

  constructor(
    private readonly store: Store,
    interests: Readonly<Record<Lang, Interest>>,
  ) {
    const plain = JSON.stringify(interests, (_, value: unknown) =>
      value instanceof Set ? [...(value as Set<string>)].sort() : value,
    );
    this.common = hash(`${store.maker}\n${plain}`);
  }

  /** Of the masks only those count that the text mentions; of a product's own names the task holds no others. */
  key({ grammar, text, extras, asked }: ReadTask, masks: Masks): string {
    if (this.known?.masks !== masks) this.known = { masks, names: new Set(masks.learned.keys()) };
    const masked = grammar === 'c' ? mentioned(text, this.known.names) : [];
    const depends = [this.common, grammar, extras, asked, masked.map((name) => [name, masks.takes(name)])];
    return hash(`${JSON.stringify(depends)}\n${text}`);
  }

  /** Undefined for what was never kept, and for what somebody or something has damaged. */
  async get(key: string, text: string): Promise<FileFacts | undefined> {
    const body = await this.store.read(key);
    if (body === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(body);
      return isFacts(value, text.length) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  async put(key: string, facts: FileFacts): Promise<void> {
    await this.store.write(key, JSON.stringify(facts));
  }

  tidy(): Promise<void> {
    return this.store.tidy();
  }
}

function hash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
