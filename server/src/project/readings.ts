/** Where P1 is done: in place, or on threads when there is much to read. The facts are the same. */
import type { Lang } from '../../../rules/kit/index.js';
import type { Masks } from '../engine/cfront/masks.js';
import { type Engine, type Memory, forget } from '../engine/engine.js';
import type { Interest } from '../engine/facts/interest.js';
import type { FileFacts } from '../engine/facts/model.js';
import type { Grammar } from '../engine/grammars.js';
import type { Host, Threads } from '../host/host.js';
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
 * Characters of source below which threads cost more than they save: starting one, with its own copy of the grammars,
 * takes as long as reading about this much in place.
 */
const WORTH_THREADS = 1_500_000;

export class Readings {
  private threads: { readonly pool: Threads; readonly masks: Masks } | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly host: Host,
    private readonly interests: Readonly<Record<Lang, Interest>>,
    private readonly settings: { readonly jobs: number; readonly worthThreads?: number },
  ) {}

  /** An interruption by `pause` leaves no reading half done: those that were not begun are asked for again. */
  async all(readings: readonly Reading[], masks: Masks, pause: () => Promise<void>): Promise<void> {
    const pool = await this.poolFor(readings, masks);
    const waiting = readings.values();
    const interruptions: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (const reading of waiting) {
        await this.one(reading, masks, pool);
        try {
          await pause();
        } catch (interruption) {
          interruptions.push(interruption);
        }
        if (interruptions.length > 0) return;
      }
    };
    // One more than there are threads: its text is fetched while they read.
    await Promise.all(Array.from({ length: pool ? this.settings.jobs + 1 : 1 }, lane));
    if (interruptions.length > 0) throw interruptions[0];
  }

  async close(): Promise<void> {
    const { threads } = this;
    this.threads = undefined;
    await threads?.pool.close();
  }

  private async one(reading: Reading, masks: Masks, pool: Threads | undefined): Promise<void> {
    const prepared = await reading.prepare();
    if (!prepared) return;
    const { text, interest, extras, asked, keep, former } = prepared;
    const { grammar } = reading;
    try {
      if (pool && !keep) {
        const task: ReadTask = { grammar, text, extras, asked };
        reading.done({ facts: (await pool.run(task)) as FileFacts, memory: undefined });
        return;
      }
      const { facts, memory } = await this.engine.read({ grammar, text, interest, masks, asked }, former);
      if (!keep) forget(memory);
      reading.done({ facts, memory: keep ? memory : undefined });
    } catch (error) {
      reading.done({
        failure: `reading it failed: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  private async poolFor(readings: readonly Reading[], masks: Masks): Promise<Threads | undefined> {
    const { jobs, worthThreads = WORTH_THREADS } = this.settings;
    if (jobs < 2 || !this.host.threads) return undefined;
    if (this.threads && this.threads.masks !== masks) await this.close();
    if (this.threads) return this.threads.pool;
    if (readings.reduce((sum, { size }) => sum + size, 0) < worthThreads) return undefined;
    const wasm: Record<string, Uint8Array> = {};
    for (const name of [
      'web-tree-sitter',
      'tree-sitter-c',
      'tree-sitter-typescript',
      'tree-sitter-tsx',
    ] as const)
      wasm[name] = await this.host.wasm(name);
    const setup: ReaderSetup = { interests: this.interests, learned: [...masks.learned], wasm };
    const pool = await this.host.threads(setup, jobs);
    if (pool) this.threads = { pool, masks };
    return pool;
  }
}
