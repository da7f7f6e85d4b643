/** Loads tree-sitter and its grammars from bytes: workers and browsers are given bytes, never paths. */
import { Language, Parser, Query } from 'web-tree-sitter';

/** The languages of the grammars; JavaScript is read by the tsx grammar. */
export type Grammar = 'c' | 'typescript' | 'tsx';

export interface GrammarBytes {
  readonly runtime: () => Promise<Uint8Array>;
  /** Asked once, when the first file of that grammar is parsed. */
  readonly grammar: (name: Grammar) => Promise<Uint8Array>;
}

export class Grammars {
  private readonly loaded = new Map<Grammar, { parser: Parser; language: Language }>();
  private readonly loading = new Map<Grammar, Promise<void>>();
  private readonly queries = new Map<string, Query>();
  private static started: Promise<void> | undefined;

  constructor(private readonly bytes: GrammarBytes) {}

  /** Must have been awaited before `parser` is asked for that grammar. */
  async load(name: Grammar): Promise<void> {
    let pending = this.loading.get(name);
    if (!pending) {
      pending = this.read(name);
      this.loading.set(name, pending);
    }
    await pending;
  }

  private async read(name: Grammar): Promise<void> {
    Grammars.started ??= this.bytes.runtime().then((wasmBinary) => Parser.init({ wasmBinary }));
    await Grammars.started;
    const language = await Language.load(await this.bytes.grammar(name));
    const parser = new Parser();
    parser.setLanguage(language);
    this.loaded.set(name, { parser, language });
  }

  parser(name: Grammar): Parser {
    return this.get(name).parser;
  }

  /** Compiled once for all who ask. Throws where the pattern is not one of the grammar's: a defect of ours. */
  query(name: Grammar, pattern: string): Query {
    const key = `${name}\n${pattern}`;
    let query = this.queries.get(key);
    if (!query) {
      query = new Query(this.get(name).language, pattern);
      this.queries.set(key, query);
    }
    return query;
  }

  private get(name: Grammar): { parser: Parser; language: Language } {
    const found = this.loaded.get(name);
    if (!found) throw new Error(`grammar ${name} was not loaded`);
    return found;
  }
}
