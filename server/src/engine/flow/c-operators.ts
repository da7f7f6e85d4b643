/** Operators of C, read from the text between two nodes. */
import type { Syntax } from '../syntax.js';

/** The operator as it is written: asking the grammar costs more. Lines of the preprocessor may stand around it. */
export function operatorBetween(left: Syntax, right: Syntax): string {
  const between = left.until(right).trim();
  if (between.length <= 2) return between;
  const bare = between.replace(/\/\*.*?\*\/|\/\/[^\n]*|\\\r?\n/gs, '').trim();
  return bare.includes('#') ? (LAST_OPERATOR.exec(bare)?.[0] ?? '') : bare;
}

const LAST_OPERATOR = /(?:<<=|>>=|&&|\|\||<<|>>|[-+*/%&|^=!<>]=|[-+*/%&|^<>=])$/;
