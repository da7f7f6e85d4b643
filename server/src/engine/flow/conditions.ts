/** Which values a table asks for, and whether an argument is known to have one of them. */
import type { Call } from './call.js';
import { operands } from './call.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import type { State } from './state.js';
import type { Node } from './values.js';

interface Part {
  readonly node: Node;
  readonly ex: Ex | undefined;
  /** Of a struct in C: which field of what stands there. */
  readonly path?: string;
}

/** The arguments, or fields of arguments, that a table's word means: `0.url`, `this`, `2..`. */
export function partsOf(frame: Frame, state: State, call: Call, word: string): Part[] {
  const [position = '', ...path] = word.startsWith('this') ? word.split('.') : split(word);
  return operands(call, position).flatMap(({ node, ex }): Part[] => {
    if (path.length === 0) return [{ node, ex }];
    // A text or a number has no such field.
    if (node.kind === 'text' || node.kind === 'number' || node.kind === 'function') return [];
    if (frame.isC && ex) return [within(frame, state, node, path.join('.'), ex)];
    let value = node;
    for (const field of path) {
      const { object, selector } = frame.memory.behind(value, undefined);
      const inner = selector === '' ? field : `${selector}.${field}`;
      if (object.kind === 'object' && !state.get(object.key, inner) && !isOpen(state, object.key)) return [];
      value = frame.memory.read(state, { object, selector: inner });
    }
    const written = ex?.[0] === 'o' ? ex[3].find(([key]) => key === path[0])?.[1] : undefined;
    return [{ node: value, ex: written ?? ex }];
  });
}

/** In C a struct lies within the one whose field it is. */
function within(frame: Frame, state: State, pointer: Node, path: string, ex: Ex): Part {
  const { object, selector } = frame.memory.behind(pointer, undefined);
  const place = { object, selector: selector === '' ? path : `${selector}.${path}` };
  const { evaluator } = frame;
  return { node: evaluator.fromOutside(state, ex, place) ?? evaluator.decayed(state, place), ex, path };
}

/** `2..` is a position; `2.shell` a field. */
function split(word: string): string[] {
  return /^\d+\.\.$/.test(word) ? [word] : word.split('.');
}

/** An object that others were spread into may hold more than its keys. */
function isOpen(state: State, key: string): boolean {
  return state.get(key, '')?.kind !== 'site';
}

/** Whether all that is asked for is known to be so. */
export function isMet(
  frame: Frame,
  state: State,
  call: Call,
  when: Readonly<Record<string, readonly string[]>> | undefined,
): boolean {
  return Object.entries(when ?? {}).every(([word, allowed]) => {
    const parts = partsOf(frame, state, call, word);
    if (allowed.length === 0) return parts.length === 0;
    const refused = allowed.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
    if (refused.length > 0)
      return (
        parts.length > 0 &&
        !parts
          .flatMap(({ node }) => wordsOf(frame, state, node))
          .some((known) => refused.some((each) => known.toLowerCase().includes(each.toLowerCase())))
      );
    return parts.some(({ node }) =>
      wordsOf(frame, state, node).some(
        (known) =>
          allowed.includes(known) ||
          (allowed.includes('*') && known !== '0' && known !== '') ||
          allowed.some((each) => each.startsWith('^') && known.startsWith(each.slice(1))),
      ),
    );
  });
}

/** All that a value is known to be, or to hold if it is a list. */
function wordsOf(frame: Frame, state: State, node: Node, depth = 3): string[] {
  if (node.kind === 'text') return [String(node.value)];
  if (node.kind === 'number') return node.value === 1 ? ['1', 'true'] : [String(node.value)];
  if (node.kind === 'name') return node.name === undefined || node.name === '?' ? [] : [node.name];
  if (depth === 0) return [];
  const inner = (each: Node): string[] => wordsOf(frame, state, each, depth - 1);
  if (node.kind === 'phi') return [...(node.ways?.values() ?? [])].flatMap((way) => inner(way.node));
  if (node.kind === 'address') return inner(frame.memory.contents(state, node));
  if (node.kind === 'pure' && /^(all|Set|join)$/.test(node.name ?? '')) return node.of.flatMap(inner);
  return [];
}

/** What a chain of calls was begun with, each of which gives back what it was called on. */
export function rootOf(node: Node): Node {
  for (let hops = 0; hops < 12; hops++) {
    const [inner] = node.of;
    if (!inner || (node.kind !== 'pure' && node.kind !== 'cast')) return node;
    node = inner;
  }
  return node;
}
