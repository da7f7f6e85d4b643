/** P1: text in, facts out. Owns the grammars and the readers; knows nothing of disks, products or findings. */
import type { Grammar, Grammars } from './grammars.js';
import { CReader } from './facts/c.js';
import type { Interest } from './facts/interest.js';
import type { FileFacts } from './facts/model.js';
import { TsReader } from './facts/ts.js';
import { Source } from './source.js';

export class Engine {
  private readonly readers = new Map<Grammar, CReader | TsReader>();

  constructor(private readonly grammars: Grammars) {}

  /** Parses a text, reusing the tree of its former version where there is one. */
  async parse(grammar: Grammar, text: string, former?: Source): Promise<Source> {
    await this.grammars.load(grammar);
    const parser = this.grammars.parser(grammar);
    return former ? former.edited(text, parser) : Source.parse(text, parser);
  }

  /** Facts of a parsed text. `asked`: exported names that other files take from it. */
  read(grammar: Grammar, source: Source, interest: Interest, asked: readonly string[] = []): FileFacts {
    let reader = this.readers.get(grammar);
    if (!reader) {
      reader = grammar === 'c' ? new CReader(this.grammars) : new TsReader(this.grammars, grammar);
      this.readers.set(grammar, reader);
    }
    return reader instanceof CReader ? reader.read(source, interest) : reader.read(source, interest, asked);
  }
}
