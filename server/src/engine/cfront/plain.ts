/**
 * One variant of an item in words that the grammar knows, letter for letter as long as it was.
 *
 * Macros are not expanded, for nobody has their headers. They are dressed: an attribute becomes spaces, a type among
 * arguments becomes a name, a loop macro becomes `while`. Readers take their texts from the original, where every
 * offset still holds; only the shape of the tree is owed to this text.
 */
import { Cloth, SEMICOLON } from './cloth.js';
import type { CText } from './ctext.js';
import { type Effort, dressHead } from './head.js';
import { dressInsides } from './insides.js';
import type { Item } from './items.js';
import type { Variant } from './variants.js';

/** A text to parse, and what to add to its offsets to have those of the file. */
export interface Plain {
  readonly text: string;
  readonly base: number;
  /** What the text begins with that the file does not hold. */
  readonly prefix: string;
}

export function plain(source: CText, item: Item, variant: Variant, effort: Effort): Plain {
  const cloth = new Cloth(source, item, variant);
  if (item.kind === 'function') dressHead(cloth, effort);
  if (item.kind === 'macro' && cloth.code(cloth.length - 1) !== SEMICOLON) cloth.suffix = ';';
  dressInsides(cloth);
  const { prefix, suffix } = cloth;
  return { text: prefix + cloth.cut() + suffix, base: item.start - prefix.length, prefix };
}
