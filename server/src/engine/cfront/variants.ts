/**
 * The code of an item once for every branch of its `#if`s.
 *
 * No product of configurations: each branch is met once. Equal conditions are answered alike within one variant, so
 * that a brace opened under a condition is closed under the same one. A branch that may be left out is left out once
 * where it ends in a jump, for what stands behind it would be reached by nothing else.
 */
import type { Item } from './items.js';
import { DIRECTIVE, type Tokens, directiveText, directiveWord } from './tokens.js';

/** Token indices of a variant, directives left out; undefined for an item without any. */
export type Variant = readonly number[] | undefined;

export interface Variants {
  readonly list: readonly Variant[];
  /** Stretches of branches that no variant reached. */
  readonly left: readonly { readonly start: number; readonly end: number }[];
}

/** More variants of one item than this are not read. */
const MOST_VARIANTS = 24;
/** Branches that one variant sets out for; others it meets by the way. */
const MOST_PLANNED = 100;
/** `#if`s inside each other beyond this depth are read as if they were not there. */
const DEEPEST = 60;

type Run = readonly [from: number, past: number];

interface Branch {
  /** What is asked, negations taken off: `#ifndef X` asks the same as `#ifdef X`. Empty for `#else`. */
  readonly question: string;
  readonly negated: boolean;
  /** Token indices from and past, or a group inside. */
  readonly parts: (Run | Group)[];
  covered: boolean;
}

interface Group {
  readonly branches: Branch[];
}

export function variantsOf(tokens: Tokens, item: Item): Variants {
  if (!hasDirectives(tokens, item)) return WHOLE;
  const whole = readBranches(tokens, item);
  const list: Variant[] = [];
  while (list.length < MOST_VARIANTS) {
    const answers = plan(whole);
    if (!answers) return { list, left: [] };
    const live: number[] = [];
    take(whole, answers, live);
    list.push(live);
  }
  return { list, left: wayToNew(whole, new Map()) ? left(whole, tokens) : [] };
}

/** Answers that lead to a branch not met before, and to as many others as go together with it. */
function plan(whole: Branch): Answers | undefined {
  const planned: Branch[] = [];
  let answers: Answers | undefined;
  for (let way = wayToNew(whole, new Map()); way; way = wayToNew(whole, way.answers)) {
    ({ answers } = way);
    way.to.covered = true;
    planned.push(way.to);
    if (planned.length === MOST_PLANNED) break;
  }
  for (const one of planned) one.covered = false;
  return answers;
}

const WHOLE: Variants = { list: [undefined], left: [] };

function hasDirectives({ kinds }: Tokens, { first, past }: Item): boolean {
  for (let index = first; index < past; index++) if (kinds[index] === DIRECTIVE) return true;
  return false;
}

function readBranches(tokens: Tokens, item: Item): Branch {
  let whole = branch('');
  const open: { group: Group; around: Branch }[] = [];
  let here = whole;
  let from = item.first;
  for (let index = item.first; index < item.past; index++) {
    if (tokens.kinds[index] !== DIRECTIVE) continue;
    if (index > from) here.parts.push([from, index]);
    from = index + 1;
    const word = directiveWord(tokens.text, tokens.starts[index] ?? 0);
    if (/^if(n?def)?$/.test(word) && open.length < DEEPEST) {
      const group = { branches: [conditionOf(tokens, index, word)] };
      here.parts.push(group);
      open.push({ group, around: here });
      here = group.branches[0] ?? here;
    } else if (word.startsWith('el')) {
      let last = open.at(-1);
      if (!last) {
        // The item began inside a branch: the other branches are beginnings too.
        const { question, negated } = branchAround(tokens, item);
        const group = { branches: [{ ...whole, question, negated }] };
        whole = branch('');
        whole.parts.push(group);
        last = { group, around: whole };
        open.push(last);
      }
      here = conditionOf(tokens, index, word);
      last.group.branches.push(here);
    } else if (word === 'endif') {
      const ended = open.pop();
      if (ended && ended.group.branches.some((one) => leaves(one, tokens)) && here.question !== '')
        ended.group.branches.push(branch(''));
      here = ended?.around ?? here;
    }
  }
  if (item.past > from) here.parts.push([from, item.past]);
  return whole;
}

const SEMICOLON = 59;
const STATEMENT_ENDS = new Set([SEMICOLON, 123, 125]);

/** Whether the last statement of a branch is a jump: `return x;`, not `if (x) return;`. */
function leaves({ parts }: Branch, { kinds, starts, ends, text }: Tokens): boolean {
  const last = parts.at(-1);
  if (!last || 'branches' in last) return false;
  const [from, past] = last;
  if (kinds[past - 1] !== SEMICOLON) return false;
  let first = past - 1;
  while (first > from && !STATEMENT_ENDS.has(kinds[first - 1] ?? 0)) first--;
  return /^(?:return|goto|break|continue)$/.test(text.slice(starts[first], ends[first]));
}

/** What variants of an item depend on beside its own text. */
export function contextOf(tokens: Tokens, item: Item): string {
  if (!item.crosses) return '';
  const { question, negated } = branchAround(tokens, item);
  return `${negated ? '!' : ''}${question}`;
}

/** The branch that an item began in. */
function branchAround(tokens: Tokens, item: Item): Branch {
  let depth = 0;
  for (let index = item.first - 1; index >= 0; index--) {
    if (tokens.kinds[index] !== DIRECTIVE) continue;
    const word = directiveWord(tokens.text, tokens.starts[index] ?? 0);
    if (word === 'endif') depth++;
    else if (depth === 0 && /^(el)?if(n?def)?$/.test(word)) return conditionOf(tokens, index, word);
    else if (word.startsWith('if')) depth--;
  }
  return branch('?');
}

function branch(question: string, negated = false): Branch {
  return { question, negated, parts: [], covered: false };
}

function conditionOf(tokens: Tokens, index: number, word: string): Branch {
  if (word === 'else') return branch('');
  let question = directiveText(tokens, index).replace(/\s+/g, '');
  let negated = word.endsWith('ndef');
  if (word.endsWith('def')) question = `defined(${question})`;
  question = question.replace(/\bdefined(\w+)/g, 'defined($1)');
  while (/^!(\w+(\(\w+\))?|\([^()]*\))$/.test(question)) {
    question = question.slice(1);
    negated = !negated;
  }
  return branch(question.replace(/^\((\w+)\)$/, '$1'), negated);
}

/** Whether the branch is taken under the answers given so far; undefined where both are possible. */
function answer(one: Branch, answers: ReadonlyMap<string, boolean>): boolean | undefined {
  if (one.question === '') return true;
  const known = one.question === '0' ? false : one.question === '1' ? true : answers.get(one.question);
  return known === undefined ? undefined : known !== one.negated;
}

type Answers = Map<string, boolean>;

/** The answers under which a group's branch is taken, added to those given; undefined where they contradict these. */
function answersFor(group: Group, chosen: Branch, given: Answers): Answers | undefined {
  const answers = new Map(given);
  for (const one of group.branches) {
    const wanted = one === chosen;
    const known = answer(one, answers);
    if (known === undefined) answers.set(one.question, wanted !== one.negated);
    else if (known !== wanted) return undefined;
    if (wanted) break;
  }
  return answers;
}

/** A branch that no variant has met, and the answers that lead there; branches that contradict themselves are none. */
function wayToNew(
  here: Branch,
  given: Answers,
): { readonly to: Branch; readonly answers: Answers } | undefined {
  if (!here.covered) return { to: here, answers: given };
  for (const part of here.parts)
    if ('branches' in part)
      for (const one of part.branches) {
        const answers = answersFor(part, one, given);
        const way = answers && wayToNew(one, answers);
        if (way) return way;
      }
  return undefined;
}

/** Follows the answers given; where they are silent, takes a branch not met before, else the first. */
function take(here: Branch, answers: Answers, live: number[]): void {
  here.covered = true;
  for (const part of here.parts)
    if ('branches' in part) {
      const possible = part.branches.flatMap((one) => {
        const way = answersFor(part, one, answers);
        return way ? [{ one, way }] : [];
      });
      const chosen = possible.find(({ one, way }) => wayToNew(one, way)) ?? possible[0];
      if (!chosen) continue;
      for (const [question, is] of chosen.way) answers.set(question, is);
      take(chosen.one, answers, live);
    } else for (let index = part[0]; index < part[1]; index++) live.push(index);
}

function left(here: Branch, tokens: Tokens): { start: number; end: number }[] {
  if (here.covered)
    return here.parts.flatMap((part) =>
      'branches' in part ? part.branches.flatMap((one) => left(one, tokens)) : [],
    );
  const runs = here.parts.filter((part): part is Run => !('branches' in part));
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return [];
  return [{ start: tokens.starts[first[0]] ?? 0, end: tokens.ends[last[1] - 1] ?? 0 }];
}
