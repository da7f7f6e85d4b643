/** What the front end must know of the words of a text, as bits: each word is looked up once and never again. */
import { WordSet } from '../word-set.js';
import type { Masks } from './masks.js';
import { NAME, type Tokens } from './tokens.js';

/** Part of a type: `unsigned`, `struct`, `const`. */
export const TYPE = 1;
/** `struct`, `union`, `enum`. */
export const TAG = 2;
export const STORAGE = 4;
/** `return`, `goto`, `break`, `continue`. */
export const JUMP = 8;
/** A condition in brackets follows. */
export const CONTROL = 16;
/** A bracket may follow that is no call's. */
export const NO_CALL = 32;
/** A type in brackets follows. */
export const TYPE_OPERATOR = 64;
/** A statement follows: `else`, `do`. */
export const LEADS = 128;
/** In capitals, as macros are written. */
export const CAPITALS = 256;
/** To be masked, alone or with the brackets behind it. */
export const MASKED = 512;
export const MASKED_CALL = 1024;
/** May begin no name that the grammar is given. */
export const RESERVED = 2048;
/** Assembler. */
export const ASM = 8192;
/** An operand follows: `case`, `return`, `goto`. */
export const OPERATOR = 4096;

const KNOWN = new Map<string, number>();
const learn = (bits: number, words: string): void => {
  for (const word of words.split(' ')) KNOWN.set(word, (KNOWN.get(word) ?? 0) | bits);
};
learn(
  TYPE | RESERVED,
  'struct union enum unsigned signed int char long short float double void const volatile',
);
learn(TYPE | RESERVED, '_Bool bool register static _Complex');
learn(TAG, 'struct union enum');
learn(STORAGE, 'static extern const volatile register typedef inline');
learn(JUMP | RESERVED, 'return goto break continue');
learn(CONTROL, 'if while for switch');
learn(
  NO_CALL,
  'if while for switch return sizeof _Alignof alignof __alignof __alignof__ _Generic offsetof case do',
);
learn(NO_CALL, 'else goto typeof __typeof__ __typeof asm __asm__ __asm defined');
learn(TYPE_OPERATOR, 'typeof __typeof__ __typeof _Atomic');
learn(LEADS, 'else do');
learn(RESERVED, 'else default case if do for');
learn(ASM, 'asm __asm __asm__ ASM __ASM __ASM__ _asm _asm_');
learn(OPERATOR, 'case return goto');

/** Whether a word has all of some bits, whatever is masked. */
export function isKnown(word: string, bits: number): boolean {
  return ((KNOWN.get(word) ?? 0) & bits) === bits;
}

/** Looks words up by their place in a text. */
export class Words {
  private readonly bits = new Map<string, number>(KNOWN);
  private readonly known: WordSet;

  constructor(masks: Masks) {
    for (const [name, takes] of masks.all())
      this.bits.set(
        name,
        (this.bits.get(name) ?? 0) | (takes === 'arguments' ? MASKED | MASKED_CALL : MASKED),
      );
    this.known = new WordSet(this.bits);
  }

  /** Bits of every token of a text; zero for those that are no words. */
  of({ text, count, kinds, starts, ends }: Tokens): Uint16Array {
    const found = new Uint16Array(count);
    for (let index = 0; index < count; index++) {
      if (kinds[index] !== NAME) continue;
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      const word = this.known.at(text, start, end);
      const bits = word === undefined ? 0 : (this.bits.get(word) ?? 0);
      found[index] = isCapitals(text, start, end) ? bits | CAPITALS : bits;
    }
    return found;
  }
}

function isCapitals(text: string, start: number, end: number): boolean {
  if (end - start < 3) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code > 64 && code < 91) || code === 95;
    if (!isLetter && (at === start || code < 48 || code > 57)) return false;
  }
  return true;
}
