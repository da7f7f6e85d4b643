/** The `#if`s of a text: which stretches stand under which condition. Read from directives alone. */
import { DIRECTIVE, type Tokens, directiveText, directiveWord } from './tokens.js';

/** A stretch and what it stands under; one inside another comes behind it. */
export interface Condition {
  readonly start: number;
  readonly end: number;
  readonly condition: string;
}

interface Branch {
  /** As written; `X` for `#ifdef X`, `!(X)` for `#ifndef X`, empty for `#else`. */
  readonly condition: string;
  /** The text of the branch: from behind its directive to the next one. */
  readonly start: number;
  end: number;
}

interface Group {
  readonly branches: Branch[];
  /** The guard round a whole header: no condition at all. */
  readonly guard: boolean;
}

/** A condition deeper inside than this is not followed: only hostile files have it. */
const DEEPEST = 200;

/** Every branch that stands under a condition, in order of start. */
export function conditionsOf(tokens: Tokens): Condition[] {
  if (!tokens.text.includes('#')) return [];
  return readGroups(tokens).flatMap(({ guard, branches }) => {
    if (guard) return [];
    const former: string[] = [];
    return branches.map(({ condition, start, end }) => {
      const all = condition === '' ? [...former] : [...former, condition];
      former.push(negated(condition));
      return { start, end, condition: all.join(' && ') };
    });
  });
}

function negated(condition: string): string {
  return /^!\(\w+\)$/.test(condition) ? condition.slice(2, -1) : `!(${condition})`;
}

function readGroups(tokens: Tokens): Group[] {
  const { text } = tokens;
  const groups: Group[] = [];
  const open: Group[] = [];
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.kinds[index] !== DIRECTIVE) continue;
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? 0;
    const word = directiveWord(text, start);
    const group = open.at(-1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
      if (open.length >= DEEPEST) continue;
      const condition = conditionOf(tokens, index, word);
      const opened: Group = {
        branches: [{ condition, start: end, end: text.length }],
        guard: word === 'ifndef' && isGuard(tokens, index, condition),
      };
      groups.push(opened);
      open.push(opened);
    } else if (group && /^(elif|elifdef|elifndef|else)$/.test(word)) {
      close(group, start);
      const condition = word === 'else' ? '' : conditionOf(tokens, index, word.slice(2));
      group.branches.push({ condition, start: end, end: text.length });
    } else if (group && word === 'endif') {
      close(group, start);
      open.pop();
    }
  }
  return groups;
}

function close(group: Group, at: number): void {
  const last = group.branches.at(-1);
  if (last) last.end = at;
}

function conditionOf(tokens: Tokens, index: number, word: string): string {
  const written = directiveText(tokens, index).replace(/\s+/g, ' ').trim();
  if (word === 'if') return written;
  const name = /^\w+/.exec(written)?.[0] ?? '';
  return word === 'ifdef' ? name : `!(${name})`;
}

/** `#ifndef NAME` that is at once followed by `#define NAME`. */
function isGuard(tokens: Tokens, index: number, condition: string): boolean {
  const next = index + 1;
  if (next >= tokens.count || tokens.kinds[next] !== DIRECTIVE) return false;
  const line = tokens.text.slice(tokens.starts[next], tokens.ends[next]);
  return DEFINED.exec(line)?.[1] === condition.slice(2, -1);
}

/** The name of a `#define` without arguments. */
const DEFINED = /^#\s*define\s+(\w+)(?![\w(])/;
