/** P1: text in, facts out. Owns the grammars and the readers; knows nothing of disks, products or findings. */
import type { Masks } from './cfront/masks.js';
import { type CMemory, CReader } from './facts/c.js';
import type { Interest } from './facts/interest.js';
import type { FileFacts } from './facts/model.js';
import { TsReader } from './facts/ts.js';
import type { Grammar, Grammars } from './grammars.js';
import { Source } from './source.js';

/** What one reading of a file depends on. */
export interface FileReading {
  readonly grammar: Grammar;
  readonly text: string;
  readonly interest: Interest;
  /** Names that C must be read without. */
  readonly masks: Masks;
  /** Exported names that other files take from it. */
  readonly asked: readonly string[];
}

/** What makes the next reading of the same file cheap. Whoever holds it calls `forget` in the end. */
export type Memory = { readonly c: CMemory } | { readonly source: Source };

export class Engine {
  private readonly readers = new Map<Grammar, TsReader>();
  private readonly c: CReader;

  constructor(private readonly grammars: Grammars) {
    this.c = new CReader(grammars);
  }

  /** Facts of a text. With the memory of its former version, only what changed is parsed; that memory is used up. */
  async read(reading: FileReading, former?: Memory): Promise<{ facts: FileFacts; memory: Memory }> {
    const { grammar, text, interest } = reading;
    await this.grammars.load(grammar);
    if (grammar === 'c') {
      const memory = former && 'c' in former ? former.c : undefined;
      const read = this.c.read(text, interest, reading.masks, memory);
      return { facts: read.facts, memory: { c: read.memory } };
    }
    const parser = this.grammars.parser(grammar);
    const source =
      former && 'source' in former ? former.source.edited(text, parser) : Source.parse(text, parser);
    try {
      return { facts: this.tsReader(grammar).read(source, interest, reading.asked), memory: { source } };
    } catch (error) {
      source.free();
      throw error;
    }
  }

  private tsReader(grammar: 'typescript' | 'tsx'): TsReader {
    let reader = this.readers.get(grammar);
    if (!reader) {
      reader = new TsReader(this.grammars, grammar);
      this.readers.set(grammar, reader);
    }
    return reader;
  }
}

/** Frees what the garbage collector does not. */
export function forget(memory: Memory | undefined): void {
  if (memory && 'source' in memory) memory.source.free();
}
