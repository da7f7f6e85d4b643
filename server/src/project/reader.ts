/** P1 of one file from plain values alone, in whichever thread. */
import type { Lang } from '../../../rules/kit/index.js';
import { type Learned, Masks } from '../engine/cfront/masks.js';
import { Engine, forget } from '../engine/engine.js';
import type { Interest } from '../engine/facts/interest.js';
import type { FileFacts } from '../engine/facts/model.js';
import { type Grammar, Grammars } from '../engine/grammars.js';
import { type Extras, withExtras } from './interests.js';

/** What all readings of a run have in common. */
export interface ReaderSetup {
  readonly interests: Readonly<Record<Lang, Interest>>;
  readonly learned: readonly (readonly [string, Learned])[];
  readonly wasm: Readonly<Record<string, Uint8Array>>;
}

export interface ReadTask {
  readonly grammar: Grammar;
  readonly text: string;
  readonly extras: Extras;
  readonly asked: readonly string[];
}

export class Reader {
  private readonly engine: Engine;
  private readonly masks: Masks;

  constructor(private readonly setup: ReaderSetup) {
    const bytes = (name: string): Promise<Uint8Array> => {
      const found = setup.wasm[name];
      return found ? Promise.resolve(found) : Promise.reject(new Error(`${name}.wasm was not given`));
    };
    this.engine = new Engine(
      new Grammars({
        runtime: () => bytes('web-tree-sitter'),
        grammar: (name) => bytes(`tree-sitter-${name}`),
      }),
    );
    this.masks = Masks.knowing(setup.learned);
  }

  async read({ grammar, text, extras, asked }: ReadTask): Promise<FileFacts> {
    const interest = withExtras(this.setup.interests[grammar === 'c' ? 'c' : 'ts'], extras);
    const { facts, memory } = await this.engine.read({ grammar, text, interest, masks: this.masks, asked });
    forget(memory);
    return facts;
  }
}
