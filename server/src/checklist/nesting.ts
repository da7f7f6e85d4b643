/** Where a YAML text is nested deeper than any checklist, told without parsing it: a parser takes long over such a text. */
import { Lexer } from 'yaml';

/** Nothing that the schema allows lies deeper. */
export const DEEPEST = 8;
/** Spaces at the beginning of a line; with four a level this is twice what is needed. */
const DEEPEST_INDENT = 64;

/** Marks that the lexer puts between the pieces of the text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** The offset where it becomes too deep. */
export function tooDeepAt(text: string): number | undefined {
  let at = 0;
  let brackets = 0;
  let inLine = 0;
  let isFirst = true;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets--;
    else if (token.includes('\n')) inLine = 0;
    // In brackets they stand beside each other, not within each other.
    else if (brackets <= 0 && (token === '-' || token === '?' || token === ':')) inLine++;
    const isIndent = isFirst && token.length > DEEPEST_INDENT && token.trim() === '';
    if (brackets > DEEPEST || inLine > DEEPEST || isIndent) return at;
    at += token.length;
    isFirst = token.endsWith('\n');
  }
  return undefined;
}
