/** Long tables of numbers: half a megabyte of a code page says nothing. */
import { BRACE, COMMA, type Cloth, UNBRACE } from './cloth.js';
import { NUMBER } from './tokens.js';

const MINUS = 45;

/** Numbers of a table that is still read: keys and certificates are shorter. */
const MOST_NUMBERS = 4096;

/**
 * `{ 0x00, 0x01, … }` with more numbers than are read becomes `{ [0]=0 }`: an element at a place that readers, who
 * take all texts from the original, do not know, so that nobody takes it for the only one. Answers where the table
 * closes; where it is none, or short, the position given.
 */
export function dressTable(cloth: Cloth, at: number): number {
  let numbers = 0;
  let past = at + 1;
  for (; ; past++) {
    const kind = cloth.kind(past);
    if (kind === NUMBER) numbers++;
    else if (kind !== COMMA && kind !== MINUS) break;
  }
  if (cloth.code(at) !== BRACE || cloth.code(past) !== UNBRACE || numbers <= MOST_NUMBERS) return at;
  cloth.replace(cloth.end(at), cloth.start(past), '[0]=0');
  return past;
}
