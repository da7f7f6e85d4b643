import { WordSet, everyWord } from './word-set.js';

/** True when a text holds a word that some listener waits for; else the file need not be parsed. */
export interface Words {
  /** Names that count only where they are called. */
  readonly called: ReadonlySet<string>;
  /** Names that count wherever they stand. */
  readonly names: ReadonlySet<string>;
  readonly substrings: readonly string[];
}

const OPENING = /\s*\(/y;

export class Prefilter {
  private readonly all: WordSet;

  constructor(private readonly words: Words) {
    this.all = new WordSet(new Set([...words.called, ...words.names]));
  }

  passes(text: string): boolean {
    const { names, substrings } = this.words;
    if (substrings.some((each) => text.includes(each))) return true;
    let found = false;
    everyWord(text, (start, end) => {
      const word = this.all.at(text, start, end);
      if (word === undefined) return false;
      OPENING.lastIndex = end;
      found = names.has(word) || OPENING.test(text);
      return found;
    });
    return found;
  }
}

/** Which of some names stand in a text as words. */
export function mentioned(text: string, names: ReadonlySet<string>): string[] {
  if (names.size === 0) return [];
  let all = SETS.get(names);
  if (!all) SETS.set(names, (all = new WordSet(names)));
  const found = new Set<string>();
  everyWord(text, (start, end) => {
    const word = all.at(text, start, end);
    if (word !== undefined) found.add(word);
    return false;
  });
  return [...found].sort();
}

/** The same names are asked of one text after the other. */
const SETS = new WeakMap<ReadonlySet<string>, WordSet>();
