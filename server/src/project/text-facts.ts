/** What a text says of itself before anything is parsed. */
import type { FileId, Option } from '../../../rules/kit/index.js';
import { SUPPRESSION_WORD } from '../engine/facts/interest.js';
import type { CommentFact } from '../engine/facts/model.js';
import type { RuleSet } from '../engine/rule-set.js';
import type { Macro } from '../engine/scan/macros.js';

/**
 * Object-like macros that some rule listens to as an option: `define:configCHECK_FOR_STACK_OVERFLOW`. What stands under
 * an `#if` may not be what is built.
 */
export function defines(file: FileId, macros: readonly Macro[], rules: RuleSet): Option[] {
  return macros
    .filter(({ params }) => params === undefined)
    .filter(({ name }) => rules.optionListeners(`define:${name}`).length > 0)
    .filter(({ condition, fallback }) => condition === undefined && fallback !== true)
    .map(({ name, named, body, start, end }) => {
      const valueAt = { file, start, end };
      const at = body === '' ? { file, start: named, end: named + name.length } : valueAt;
      return {
        name: `define:${name}`,
        value: body,
        at,
        valueAt,
        set: (to: string) => ({ at: valueAt, text: body === '' ? ` ${to}` : to }),
      };
    });
}

/** Deeper nesting is written by no person, and the grammar's query takes time with its square. */
const DEEPEST = 1500;

export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // ( [ { open, ) ] } close
    if (code === 40 || code === 91 || code === 123) {
      if (++depth > DEEPEST) return true;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
  }
  return false;
}

/** `#` comments of config files that speak to Skarp. */
export function lineComments(text: string): CommentFact[] {
  const comments: CommentFact[] = [];
  for (let at = text.indexOf(SUPPRESSION_WORD); at !== -1; at = text.indexOf(SUPPRESSION_WORD, at + 1)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const lineEnd = !text.includes('\n', at) ? text.length : text.indexOf('\n', at);
    const hash = text.lastIndexOf('#', at);
    if (hash < lineStart || text.slice(hash + 1, at).trim() !== '') continue;
    comments.push({
      start: hash,
      end: lineEnd,
      text: text.slice(hash, lineEnd).trimEnd(),
      trailing: text.slice(lineStart, hash).trim() !== '',
    });
  }
  return comments;
}
