/** True when a text holds a word that some listener waits for; else the file need not be parsed. */
export interface Words {
  /** Names that count only where they are called. */
  readonly called: ReadonlySet<string>;
  /** Names that count wherever they stand. */
  readonly names: ReadonlySet<string>;
  readonly substrings: readonly string[];
}

const WORD = /[A-Za-z_$][\w$]*/g;
const OPENING = /\s*\(/y;

export class Prefilter {
  constructor(private readonly words: Words) {}

  passes(text: string): boolean {
    const { called, names, substrings } = this.words;
    if (substrings.some((each) => text.includes(each))) return true;
    WORD.lastIndex = 0;
    for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
      if (names.has(match[0])) return true;
      if (!called.has(match[0])) continue;
      OPENING.lastIndex = WORD.lastIndex;
      if (OPENING.test(text)) return true;
    }
    return false;
  }
}

/** Which of some names stand in a text as words. */
export function mentioned(text: string, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  if (names.size === 0) return [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text))
    if (names.has(match[0])) found.add(match[0]);
  return [...found].sort();
}
