/** Facts that are found in the text first and in the tree second: string literals by their format, comments to Skarp. */
import { SUPPRESSION_WORD } from './interest.js';
import type { CommentFact, ExprFact, LiteralFact } from './model.js';
import type { Syntax } from '../syntax.js';

export interface LiteralReader {
  isString(type: string): boolean;
  lower(node: Syntax): ExprFact;
  around(node: Syntax): number;
}

/** More literals of interest than this in one file are test vectors or hostile. */
const MOST_LITERALS = 200;

export function readLiterals(
  text: string,
  needles: readonly string[],
  root: Syntax,
  reader: LiteralReader,
): LiteralFact[] {
  const found = new Map<number, LiteralFact>();
  for (const needle of needles)
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
      if (found.size >= MOST_LITERALS) return [...found.values()];
      let literal: Syntax | null = null;
      for (let node: Syntax | null = root.at(at, at + needle.length); node; node = node.parent)
        if (reader.isString(node.type)) literal = node;
      if (!literal || found.has(literal.startIndex)) continue;
      found.set(literal.startIndex, {
        literal: reader.lower(literal),
        func: reader.around(literal),
      });
    }
  return [...found.values()].sort((a, b) => a.literal.start - b.literal.start);
}

/** Comments that hold the suppression word. The same word in a string or in prose of another node is none. */
export function readComments(text: string, root: Syntax): CommentFact[] {
  const comments: CommentFact[] = [];
  for (let at = text.indexOf(SUPPRESSION_WORD); at !== -1; at = text.indexOf(SUPPRESSION_WORD, at + 1)) {
    const node = root.at(at, at + SUPPRESSION_WORD.length);
    if (node.type !== 'comment' || comments.at(-1)?.start === node.startIndex) continue;
    const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
    const trailing = text.slice(lineStart, node.startIndex).trim() !== '';
    let next = trailing ? null : node.nextNamedSibling;
    while (next?.type === 'comment') next = next.nextNamedSibling;
    comments.push({
      start: node.startIndex,
      end: node.endIndex,
      text: text.slice(node.startIndex, node.endIndex),
      trailing,
      ...(next && { next: { start: next.startIndex, end: next.endIndex } }),
    });
  }
  return comments;
}
