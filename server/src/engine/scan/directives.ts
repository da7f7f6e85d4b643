/** The preprocessor's lines of a text, each with the `#if`s it stands under. */
import { type Comments, beginsLine, blanked, logicalLineEnd } from './c-text.js';

export interface Directive {
  readonly word: string;
  /** Where the `#` stands. */
  readonly start: number;
  /** Behind the word. */
  readonly from: number;
  /** End of its line, joined lines counted as one. */
  readonly end: number;
  /** The conditions that hold behind it, outermost first; the guard round a whole header is none. */
  readonly conditions: readonly Condition[];
  /** Under `#if 0`, or in C++ only. */
  readonly dead: boolean;
}

export interface Condition {
  /** As an expression of the preprocessor: `defined(A)`, `CONFIG_X > 1`, `!(CONFIG_X)`. */
  readonly text: string;
  /** The name that must not be defined, for an `#ifndef` alone. */
  readonly absent?: string;
}

interface Open {
  /** Conditions of the branches before this one. */
  readonly before: string[];
  /** The branch's own words; an `#else` has none. */
  own: string | undefined;
  now: Condition | undefined;
}

/** A chain of more words than these is decided by no config. */
const LONGEST = 2000;

/** What C needs no config to decide. */
const NEVER = new Set(['0', '!(1)', 'defined(__cplusplus)']);
const ALWAYS = new Set(['1', '!(0)', '!defined(__cplusplus)', '!(defined(__cplusplus))']);

const CONDITIONAL = new Set(['if', 'ifdef', 'ifndef', 'elif', 'else', 'endif']);

const WORD = /#[ \t]*([a-z_]+)/y;

/** Reads every directive once, in order. */
export function* directives(text: string, comments: Comments): Generator<Directive> {
  const isComment = comments.cursor();
  let conditions: readonly Condition[] = [];
  let dead = false;
  const open: Open[] = [];
  const push = (own: string, absent?: string): void => {
    open.push({ before: [], own, now: { text: own, ...(absent !== undefined && { absent }) } });
  };
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    if (!beginsLine(text, at) || isComment(at)) continue;
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (!match) continue;
    const word = match[1] ?? '';
    const from = WORD.lastIndex;
    const end = logicalLineEnd(text, from);
    const rest = (): string => blanked(text.slice(from, end)).replace(/\s+/g, ' ').trim();
    switch (word) {
      case 'if':
        push(rest());
        break;
      case 'ifdef':
        push(`defined(${rest()})`);
        break;
      case 'ifndef': {
        const name = rest();
        if (isGuard(text, end, name)) open.push({ before: [], own: undefined, now: undefined });
        else push(`!defined(${name})`, name);
        break;
      }
      case 'elif':
      case 'else': {
        const top = open.at(-1);
        if (!top) break;
        if (top.own !== undefined) top.before.push(top.own);
        top.own = word === 'elif' ? rest() : undefined;
        const words = top.before.map((each) => `!(${each})`);
        if (top.own !== undefined) words.push(top.own);
        const chain = words.join(' && ');
        top.now = words.length > 0 ? { text: chain.length > LONGEST ? '?' : chain } : undefined;
        break;
      }
      case 'endif':
        open.pop();
        break;
    }
    if (CONDITIONAL.has(word)) {
      conditions = open.flatMap(({ now }) => (now && !ALWAYS.has(now.text) ? [now] : []));
      dead = conditions.some((each) => NEVER.has(each.text));
    }
    yield { word, start: at, from, end, conditions, dead };
    at = end - 1;
  }
}

/** `#ifndef NAME` that at once defines NAME without a value: the guard round a header. */
function isGuard(text: string, from: number, name: string): boolean {
  const next = /^\s*#[ \t]*define[ \t]+(\w+)[ \t]*(?:\/[/*].*)?\r?(?:\n|$)/.exec(
    text.slice(from, from + 300),
  );
  return next?.[1] === name;
}
