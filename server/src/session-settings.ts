/** What a session is told: how to look, and at what. */
import type { FileId } from '../../rules/kit/index.js';
import type { Harvest } from './engine/harvest.js';
import type { Grammars } from './engine/grammars.js';
import type { RuleSetName } from './project/config.js';

export interface SessionSettings {
  /** Wins over the config's. */
  readonly ruleSet?: RuleSetName;
  /** Only these rules, whatever the config says of them. */
  readonly rules?: readonly string[];
  readonly vendored?: boolean;
  /** Calls to gather, beside what rules say. */
  readonly harvest?: Harvest;
  readonly prefilter?: boolean;
  /** `YYYY-MM-DD`; suppressions end by it. */
  readonly today: string;
  readonly version: string;
  /** Grammars shared by several sessions of one process. */
  readonly grammars?: Grammars;
  /** A config file to use for the root instead of its `skarp.json`. */
  readonly config?: FileId;
  /** Threads that read files at a time, where the host has threads and the work is worth them. */
  readonly jobs?: number;
  /** Characters of source that are worth threads: for tests, whose trees are small. */
  readonly worthThreads?: number;
}

/** What is to be read: the whole tree below a folder, or some files with what they include and import. */
export type Scope = { readonly whole: readonly FileId[] } | { readonly files: readonly FileId[] };
