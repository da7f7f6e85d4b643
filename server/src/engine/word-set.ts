/** Words of a text that are looked for, found without cutting the others out of it. */

const SLOTS = 1 << 14;

/** Some words, asked for by the place of a candidate. */
export class WordSet {
  /** Non-zero where the mark of a word falls. */
  private readonly marks = new Uint8Array(SLOTS);

  constructor(private readonly words: { keys(): Iterable<string>; has(word: string): boolean }) {
    for (const word of words.keys()) this.marks[mark(word, 0, word.length)] = 1;
  }

  /** What stands there, if it is one of the words. */
  at(text: string, start: number, end: number): string | undefined {
    if (this.marks[mark(text, start, end)] === 0) return undefined;
    const word = text.slice(start, end);
    return this.words.has(word) ? word : undefined;
  }
}

/** A number of its length and three of its characters. */
function mark(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  const middle = text.charCodeAt((start + end) >> 1);
  const last = text.charCodeAt(end - 1);
  return (first * 31 + middle * 1009 + last * 7919 + (end - start) * 104729) & (SLOTS - 1);
}

// What a character may be in a word: its beginning, or only further on.
const BEGINS = 1;
const GOES_ON = 2;
const CLASSES = new Uint8Array(128);
for (let code = 48; code < 58; code++) CLASSES[code] = GOES_ON;
for (let code = 65; code < 91; code++) CLASSES[code] = CLASSES[code + 32] = BEGINS;
CLASSES[95] = CLASSES[36] = BEGINS;

/** Every word of ASCII letters, digits, `_` and `$` in turn, until somebody has enough. */
export function everyWord(text: string, isEnough: (start: number, end: number) => boolean): void {
  const { length } = text;
  for (let at = 0; at < length; at++) {
    if (CLASSES[text.charCodeAt(at)] !== BEGINS) continue;
    const start = at++;
    while (at < length && (CLASSES[text.charCodeAt(at)] ?? 0) !== 0) at++;
    if (isEnough(start, at)) return;
  }
}
