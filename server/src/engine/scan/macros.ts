/** The `#define`s of a text. */
import type { Span } from '../facts/model.js';
import { blanked } from './c-text.js';
import type { Directive } from './directives.js';

export interface Macro extends Span {
  readonly name: string;
  /** Where the name stands. */
  readonly named: number;
  /** Undefined for an object-like macro; the last is `...` where it takes any number. */
  readonly params?: readonly string[];
  /** The text of its span, comments and line joins blanked: offsets in it are offsets in the file. */
  readonly body: string;
  /** The `#if` conditions it stands under, joined by ` && `. */
  readonly condition?: string;
  /** Under `#ifndef` of its own name: it counts only where nobody else defines it. */
  readonly fallback?: true;
}

const NAME = /[ \t]+([A-Za-z_]\w*)(\([^)\n]*\))?/y;

/** The definition of a `#define` line. */
export function readMacro(text: string, { from, end, conditions }: Directive): Macro | undefined {
  NAME.lastIndex = from;
  const match = NAME.exec(text);
  const name = match?.[1];
  if (!match || name === undefined) return undefined;
  const written = blanked(text.slice(NAME.lastIndex, end));
  const body = written.trim();
  const start =
    NAME.lastIndex + (body === '' ? written.length - written.trimStart().length : written.indexOf(body));
  const fallback = conditions.some(({ absent }) => absent === name);
  const others = conditions.filter(({ absent }) => absent !== name).map((each) => each.text);
  return {
    name,
    named: match.index + match[0].indexOf(name),
    ...(match[2] !== undefined && {
      params: match[2]
        .slice(1, -1)
        .split(',')
        .map((each) => each.trim()),
    }),
    body,
    start,
    end: start + body.length,
    ...(others.length > 0 && { condition: others.join(' && ') }),
    ...(fallback && { fallback }),
  };
}

/** Two texts that say the same but for spaces. */
export function sameBody(a: Macro, b: Macro): boolean {
  return (
    (a.body === b.body || a.body.replace(/\s+/g, ' ') === b.body.replace(/\s+/g, ' ')) &&
    a.params?.join() === b.params?.join()
  );
}
