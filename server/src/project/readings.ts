/** Where P1 is done: in place, or on threads when there is much to read. The facts are the same. */
import type { Lang } from '../../../rules/kit/index.js';
import type { Masks } from '../engine/cfront/masks.js';
import { type Engine, type Memory, forget } from '../engine/engine.js';
import type { Interest } from '../engine/facts/interest.js';
import type { FileFacts } from '../engine/facts/model.js';
import type { Grammar } from '../engine/grammars.js';
import type { Host, Threads } from '../host/host.js';
import { FactsCache } from './cache.js';
import { detached } from './detached.js';
import type { Extras } from './interests.js';
import type { ReadTask, ReaderSetup } from './reader.js';

/** One file to be looked at. */
export interface Reading {
  readonly grammar: Grammar;
  /** Characters, as far as they are known. */
  readonly size: number;
  /** Everything the facts depend on; undefined where the file need not or cannot be read after all. */
  prepare(): Promise<Prepared | undefined>;
  done(outcome: Outcome): void;
}

export interface Prepared {
  readonly text: string;
  readonly interest: Interest;
  readonly extras: Extras;
  readonly asked: readonly string[];
  /** Of an open file: its next reading is then cheap, and it is read in place. */
  readonly keep: boolean;
  readonly former: Memory | undefined;
}

export type Outcome =
  { readonly facts: FileFacts; readonly memory: Memory | undefined } | { readonly failure: string };

/**
 * Characters of source that are worth threads. Starting one takes about 130 ms of a core, most of it for its own copy of
 * the grammars; reading in place takes a second or more for a million characters. So two threads begin to pay at about
 * 250,000, and below this the difference is not felt.
 */
const WORTH_THREADS = 400_000;

/** How far a round has come. */
interface Round {
  readonly masks: Masks;
  /** Characters that are left. */
  left: number;
  hits: number;
  misses: number;
}

export class Readings {
  private threads: { readonly pool: Promise<Threads | undefined>; readonly masks: Masks } | undefined;
  private cache: Promise<FactsCache | undefined> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly host: Host,
    private readonly interests: Readonly<Record<Lang, Interest>>,
    private readonly settings: { readonly jobs: number; readonly worthThreads?: number },
  ) {}

  /** An interruption by `pause` leaves no reading half done: those that were not begun are asked for again. */
  async all(readings: readonly Reading[], masks: Masks, pause: () => Promise<void>): Promise<void> {
    const left = readings.reduce((sum, { size }) => sum + size, 0);
    const round: Round = { masks, left, hits: 0, misses: 0 };
    const waiting = readings.values();
    const interruptions: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (const reading of waiting) {
        await this.one(reading, round);
        round.left -= reading.size;
        try {
          await pause();
        } catch (interruption) {
          interruptions.push(interruption);
        }
        if (interruptions.length > 0) return;
      }
    };
    // One more than there are threads: its text is fetched while they read.
    const lanes = this.isWorthThreads(round) ? this.settings.jobs + 1 : 1;
    await Promise.all(Array.from({ length: lanes }, lane));
    if (interruptions.length > 0) throw interruptions[0];
  }

  /** Nothing is left to read for now: threads end. */
  async close(): Promise<void> {
    const { threads } = this;
    this.threads = undefined;
    await (await threads?.pool)?.close();
    await (await this.cache)?.tidy();
  }

  private async one(reading: Reading, round: Round): Promise<void> {
    const prepared = await reading.prepare();
    if (!prepared) return;
    const { text, interest, extras, asked, keep, former } = prepared;
    const { grammar } = reading;
    const { masks } = round;
    try {
      if (keep) {
        reading.done(await this.engine.read({ grammar, text, interest, masks, asked }, former));
        return;
      }
      const task: ReadTask = { grammar, text, extras, asked };
      this.cache ??= this.openCache();
      const cache = await this.cache;
      const key = cache?.key(task, masks) ?? '';
      let facts = await cache?.get(key, text);
      if (facts) round.hits++;
      else {
        round.misses++;
        facts = await this.fresh(task, interest, round);
        await cache?.put(key, facts);
      }
      reading.done({ facts, memory: undefined });
    } catch (error) {
      reading.done({
        failure: `reading it failed: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  private async fresh(task: ReadTask, interest: Interest, round: Round): Promise<FileFacts> {
    const { masks } = round;
    const pool = await this.pool(round);
    if (pool) return (await pool.run(task)) as FileFacts;
    const { grammar, text, asked } = task;
    const { facts, memory } = await this.engine.read({ grammar, text, interest, masks, asked });
    forget(memory);
    return { ...detached({ ...facts, flow: [] }), flow: facts.flow };
  }

  private async openCache(): Promise<FactsCache | undefined> {
    const store = await this.host.store?.();
    return store && new FactsCache(store, this.interests);
  }

  private isWorthThreads({ left }: Round): boolean {
    const { jobs, worthThreads = WORTH_THREADS } = this.settings;
    return jobs > 1 && this.host.threads !== undefined && left >= worthThreads;
  }

  private async pool(round: Round): Promise<Threads | undefined> {
    const { masks, hits, misses } = round;
    if (this.threads && this.threads.masks !== masks) await this.close();
    // Where most was read in a former run, the rest is little.
    if (!this.threads && this.isWorthThreads(round) && misses >= hits)
      this.threads = { pool: this.start(masks), masks };
    return this.threads?.pool;
  }

  private async start(masks: Masks): Promise<Threads | undefined> {
    const wasm: Record<string, Uint8Array> = {};
    for (const name of [
      'web-tree-sitter',
      'tree-sitter-c',
      'tree-sitter-typescript',
      'tree-sitter-tsx',
    ] as const)
      wasm[name] = await this.host.wasm(name);
    const setup: ReaderSetup = { interests: this.interests, learned: [...masks.learned], wasm };
    return this.host.threads?.(setup, this.settings.jobs);
  }
}
