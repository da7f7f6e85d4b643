/** Arguments of macros that are statements: `CHECK(p, free(q); return NULL)`. */
import type { Syntax } from '../syntax.js';

/** A jump, or an expression that is dropped. */
export interface Piece {
  readonly jump: string | undefined;
  readonly node: Syntax;
}

export interface Argument {
  readonly pieces: readonly [Piece, ...Piece[]];
  readonly isStatement: boolean;
}

const JUMP = /(?:^|[\s,;(])(return|goto)[\s(]*$/;

/**
 * The arguments of a call as they were written. The grammar was given commas for semicolons and blanks for jumps, so
 * what stands between its nodes is read in the text.
 */
export function argumentsOf(nodes: readonly Syntax[], callee: Syntax): readonly Argument[] {
  const found: { pieces: [Piece, ...Piece[]]; isStatement: boolean }[] = [];
  for (const [at, node] of nodes.entries()) {
    const gap = (nodes[at - 1] ?? callee).until(node);
    const jump = JUMP.exec(gap)?.[1] ?? /^(?:return|break|continue)$/.exec(node.text)?.[0];
    const piece = { jump, node };
    const former = found.at(-1);
    if (former && gap.trimStart().startsWith(';')) {
      former.pieces.push(piece);
      former.isStatement = true;
    } else
      found.push({ pieces: [piece], isStatement: jump !== undefined || node.type === 'compound_statement' });
  }
  return found;
}
