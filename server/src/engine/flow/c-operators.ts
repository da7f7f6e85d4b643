/** Operators of C, read from the text between two nodes. */
import type { Syntax } from '../syntax.js';

/** The operator as it is written: asking the grammar costs more. Lines of the preprocessor may stand around it. */
export function operatorBetween(left: Syntax, right: Syntax): string {
  const between = left.until(right).trim();
  if (between.length <= 2) return between;
  const bare = between.replace(/\/\*.*?\*\/|\/\/[^\n]*|\\\r?\n/gs, '').trim();
  if (!bare.includes('#')) return bare;
  // `a &&` before a line with `#if`, or `&& b` behind it; what stands between two such lines belongs to another branch.
  const written = bare.replace(/^[ \t]*#.*$/gm, '').trim();
  return (LAST_OPERATOR.exec(written) ?? FIRST_OPERATOR.exec(written))?.[0] ?? '';
}

const OPERATOR = String.raw`(?:<<=|>>=|&&|\|\||<<|>>|[-+*/%&|^=!<>]=|[-+*/%&|^<>=])`;
const LAST_OPERATOR = new RegExp(`${OPERATOR}$`);
const FIRST_OPERATOR = new RegExp(`^${OPERATOR}`);
