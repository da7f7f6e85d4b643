/** The only owner of syntax trees. Facts are read from it and outlive it; whoever closes a file calls `free`. */
import { Edit, type Parser, type Tree } from 'web-tree-sitter';
import { Lines } from './lines.js';

export class Source {
  private constructor(
    readonly text: string,
    readonly tree: Tree,
  ) {}

  static parse(text: string, parser: Parser): Source {
    return new Source(text, parsed(parser.parse(text)));
  }

  /** The same file after an edit: reuses all of the tree outside the changed stretch, and frees the old tree. */
  edited(text: string, parser: Parser): Source {
    const change = changedStretch(this.text, text);
    if (!change) return this;
    const before = new Lines(this.text);
    const after = new Lines(text);
    const point = (lines: Lines, offset: number): { row: number; column: number } => {
      const { line, column } = lines.position(offset);
      return { row: line, column };
    };
    this.tree.edit(
      new Edit({
        startIndex: change.start,
        oldEndIndex: change.oldEnd,
        newEndIndex: change.newEnd,
        startPosition: point(before, change.start),
        oldEndPosition: point(before, change.oldEnd),
        newEndPosition: point(after, change.newEnd),
      }),
    );
    const next = new Source(text, parsed(parser.parse(text, this.tree)));
    this.free();
    return next;
  }

  free(): void {
    this.tree.delete();
  }
}

/** The stretch between the common prefix and the common suffix; undefined when the texts are equal. */
export function changedStretch(
  before: string,
  after: string,
): { start: number; oldEnd: number; newEnd: number } | undefined {
  if (before === after) return undefined;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < limit - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

function parsed(tree: Tree | null): Tree {
  if (!tree) throw new Error('the parser gave no tree');
  return tree;
}
