/** Variants of an item differ in few places: of the tree of one, what is the same serves for the next. */
import type { Parser, Point, Tree } from 'web-tree-sitter';
import { Edit } from 'web-tree-sitter';

/** Differences nearer to each other than this are one. */
const NEAR = 64;
/** More differences than this are not worth telling apart. */
const MOST_EDITS = 50;

/** The tree of a text as long as one that was parsed before; that one's tree stays as it is. */
export function reparse(
  parser: Parser,
  former: { readonly tree: Tree; readonly text: string },
  text: string,
): Tree | null {
  const copy = former.tree.copy();
  try {
    for (const { start, end, from, past } of differences(former.text, text))
      copy.edit(
        new Edit({
          startIndex: start,
          oldEndIndex: end,
          newEndIndex: end,
          startPosition: from,
          oldEndPosition: past,
          newEndPosition: past,
        }),
      );
    return parser.parse(text, copy);
  } finally {
    copy.delete();
  }
}

interface Difference {
  readonly start: number;
  end: number;
  readonly from: Point;
  past: Point;
}

/** Both texts have their newlines in the same places, so that one row and column serves for both. */
function differences(before: string, after: string): Difference[] {
  const found: Difference[] = [];
  let row = 0;
  let lineStart = 0;
  for (let at = 0; at < after.length; at++) {
    const code = after.charCodeAt(at);
    if (code !== before.charCodeAt(at)) {
      const last = found.at(-1);
      const past = { row, column: at + 1 - lineStart };
      if (last && (at - last.end < NEAR || found.length >= MOST_EDITS))
        [last.end, last.past] = [at + 1, past];
      else found.push({ start: at, end: at + 1, from: { row, column: at - lineStart }, past });
    }
    if (code === 10) {
      row++;
      lineStart = at + 1;
    }
  }
  return found;
}
