/** A C text before it is parsed: tokens, conditions, and the items to parse one by one. */
import { type Condition, conditionsOf } from './conditionals.js';
import { type Item, itemsOf } from './items.js';
import type { Masks } from './masks.js';
import { type Tokens, tokenize } from './tokens.js';

export class CText {
  readonly tokens: Tokens;
  readonly conditions: readonly Condition[];
  readonly items: readonly Item[];
  /** Bits of the words among the tokens. */
  readonly words: Uint16Array;

  constructor(
    readonly text: string,
    masks: Masks,
  ) {
    this.tokens = tokenize(text);
    this.conditions = conditionsOf(this.tokens);
    this.words = masks.words.of(this.tokens);
    this.items = itemsOf(this.tokens, this.words);
  }

  /** Whether a directive begins in a stretch. */
  hasDirective(start: number, end: number): boolean {
    const { directives } = this.tokens;
    let low = 0;
    let high = directives.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((directives[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (directives[low] ?? end) < end;
  }

  /** The comment around an offset. */
  commentAt(offset: number): { start: number; end: number } | undefined {
    const { comments } = this.tokens;
    let low = 0;
    let high = comments.length / 2 - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const start = comments[middle * 2] ?? 0;
      const end = comments[middle * 2 + 1] ?? 0;
      if (offset < start) high = middle - 1;
      else if (offset >= end) low = middle + 1;
      else return { start, end };
    }
    return undefined;
  }

  /** The first item that ends behind an offset. */
  itemFrom(offset: number): Item | undefined {
    let low = 0;
    let high = this.items.length - 1;
    let found: Item | undefined;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const item = this.items[middle];
      if (item && item.end > offset) {
        found = item;
        high = middle - 1;
      } else low = middle + 1;
    }
    return found;
  }
}
