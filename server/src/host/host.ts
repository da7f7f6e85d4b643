/** All of the world outside the process. Nothing below `session` reaches it in another way. */
import type { FileId } from '../../../rules/kit/index.js';

export interface Entry {
  readonly name: string;
  /** `link` is a symbolic link, which is never followed. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface Stat {
  readonly kind: Entry['kind'];
  readonly size: number;
}

/** Threads that do one kind of work. What goes in and comes out is plain. */
export interface Threads {
  /** Rejects where the work failed or its thread died; the others go on. */
  run(task: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Texts that outlive the process, by keys of hexadecimal digits. Neither reading nor writing ever fails. */
export interface Store {
  /** Names the code that the entries are made by. */
  readonly maker: string;
  /** Undefined for what is not there or is damaged. */
  read(key: string): Promise<string | undefined>;
  write(key: string, body: string): Promise<void>;
  /** Makes room where there are too many. */
  tidy(): Promise<void>;
}

/** Paths are relative to the root of the run, with `/`; the root itself is the empty path. Failures reject. */
export interface Host {
  list(folder: FileId): Promise<readonly Entry[]>;
  stat(path: FileId): Promise<Stat>;
  read(file: FileId): Promise<Uint8Array>;
  /** Replaces a file in one step: it is never seen half written. */
  write(file: FileId, bytes: Uint8Array): Promise<void>;
  /** Bytes of the grammars and of their runtime. */
  wasm(
    name: 'web-tree-sitter' | 'tree-sitter-c' | 'tree-sitter-typescript' | 'tree-sitter-tsx',
  ): Promise<Uint8Array>;
  /** Threads for P1, each told the setup once. Where the host has none, all is done in place. */
  threads?(setup: unknown, count: number): Promise<Threads | undefined>;
  /** Where facts are kept between runs, if they are. */
  store?(): Promise<Store | undefined>;
}
