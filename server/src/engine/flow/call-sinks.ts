/** What a call uses parts of its arguments as, what it says of them, and what its result tells of them. */
import { PASSWORD, type CallEntry, type SinkEntry } from '../apis.js';
import { type Call, functionsOf, operands } from './call.js';
import { isMet, partsOf, rootOf } from './conditions.js';
import { harmless, stripped } from './dangers.js';
import type { Subject } from './checks.js';
import type { Frame } from './frame.js';
import { split } from './memory.js';
import { render } from './render.js';
import { judge } from './sinks.js';
import type { State } from './state.js';
import type { Node } from './values.js';

const PREFIXED: ReadonlySet<string> = new Set(['a rooted path', 'number']);

/** Sinks that stand under conditions, or are a part of an argument. */
export function judgeParts(
  frame: Frame,
  state: State,
  call: Call,
  sinks: readonly SinkEntry[] | undefined,
): void {
  if (!frame.emitting) return;
  for (const { role, at, when, marked, unmarked } of sinks ?? []) {
    if (!frame.world.roles.has(role) || !isMet(frame, state, call, when)) continue;
    if (marked && !isMarked(state, call, marked)) continue;
    if (unmarked && isMarked(state, call, unmarked)) continue;
    for (const { node, ex, path } of partsOf(frame, state, call, at)) {
      const span = ex ? { start: ex[1], end: ex[2] } : call.span;
      const whole = ex ? render(ex, frame.world.func) : call.name;
      const text = path === undefined ? whole : `${whole.replace(/^&/, '')}.${path}`;
      if (role === PASSWORD && isGivenAway(frame, node)) continue;
      // What is written into an array of a struct that nobody declares lies behind it.
      const value = frame.isC ? frame.memory.contents(state, node) : node;
      judge(frame, state, value, { role, span, text, callee: call.name });
    }
  }
}

/** Whoever was given it may have made something else of it. */
function isGivenAway(frame: Frame, node: Node): boolean {
  const { base } = split(node, frame.values);
  return base.kind === 'address' && base.object !== undefined && frame.given_away.has(base.object.key);
}

function isMarked(state: State, call: Call, [word, mark]: readonly [string, string]): boolean {
  return operands(call, word).some(({ node }) => state.fact(rootOf(node)).clean?.has(mark));
}

/** What is said of arguments, or of the result once there is one. */
export function mark(frame: Frame, state: State, call: Call, entry: CallEntry, result?: Node): void {
  for (const { at, as, when } of entry.marks ?? []) {
    if ((at === 'return') !== (result !== undefined) || !isMet(frame, state, call, when)) continue;
    const marked = result ? [result] : operands(call, at).map(({ node }) => node);
    for (const node of marked) state.learn(rootOf(node), { clean: new Set([as]) });
  }
}

/** What is known of arguments once a condition asks for the result. */
export function findings(frame: Frame, state: State, call: Call, entry: CallEntry, result: Node): void {
  const { memory } = frame;
  const subjects = (word: string, roles: ReadonlySet<string>): Subject[] =>
    operands(call, word).map(({ node }) => ({ node: memory.contents(state, node), roles }));
  // A list or a root that somebody outside chose allows nothing.
  const isTrusted = (other: Node | undefined): boolean => !other || !frame.isOutside(state, other);
  const yes = Object.entries(entry.checks ?? {}).flatMap(([word, roles]) =>
    isTrusted(word === 'this' ? call.args[0] : call.receiver) ? subjects(word, new Set(roles)) : [],
  );
  const no: Subject[] = [];
  for (const { at, when, of } of entry.refuses ?? [])
    if (isMet(frame, state, call, when)) no.push(...subjects(at, new Set(of)));
  for (const [subject, pattern] of Object.entries(entry.matches ?? {}))
    for (const { node } of operands(call, pattern)) {
      if (node.kind !== 'regex') continue;
      yes.push(...subjects(subject, harmless(String(node.value), true)));
      no.push(...subjects(subject, harmless(String(node.value), false)));
    }
  if (entry.asks !== undefined)
    (entry.asks === 'some' ? no : yes).push(
      ...subjects('this', answered(frame, call.args[0], entry.asks === 'every')),
    );
  const [one, other] = entry.prefix ?? [];
  if (one !== undefined && other !== undefined)
    for (const [at, beside] of [
      [one, other],
      [other, one],
    ] as const) {
      const [node, text] = [call.args[at], call.args[beside]];
      if (node && text && !frame.isOutside(state, text)) no.push(...subjects(String(at), PREFIXED));
    }
  const start = entry.begins !== undefined && isTrusted(call.args[0]) ? subjects(entry.begins, PREFIXED) : [];
  if (yes.length + no.length + start.length === 0) return;
  frame.checks.set(result.id, { yes, no, start, isPosition: entry.fails === 'negative' });
}

/** Roles for which a text is clean where a function that is handed over answers so. */
function answered(frame: Frame, asked: Node | undefined, answer: boolean): ReadonlySet<string> {
  const [ref] = asked ? functionsOf(frame, asked) : [];
  const exits = (ref && frame.world.summary(ref)?.exits) ?? [];
  const [first, ...rest] = exits
    .filter(({ value }) => value === undefined || typeof value !== 'number' || (value !== 0) === answer)
    .map(({ facts }) => facts.find(({ param }) => param.index === 0 && param.path.length === 0)?.clean ?? []);
  return new Set((first ?? []).filter((role) => rest.every((clean) => clean.includes(role))));
}

/** What a result is free of because a pattern took it away. */
export function stripping(state: State, call: Call, entry: CallEntry, result: Node): void {
  for (const { node } of entry.strips === undefined ? [] : operands(call, entry.strips))
    if (node.kind === 'regex') {
      const roles = stripped(String(node.value));
      if (roles.size > 0) state.learn(result, { clean: roles });
    }
}
