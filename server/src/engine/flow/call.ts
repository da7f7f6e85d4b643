/** A call with its operands worked out, and the functions it may reach. */
import type { CallEntry } from '../apis.js';
import { WHOLE } from './common-js.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import type { State } from './state.js';
import type { FunctionRef } from './summary.js';
import type { Node, Source } from './values.js';
import type { CallInstr } from './world.js';

/** A call with its operands worked out. */
export interface Call {
  readonly instr: CallInstr;
  readonly name: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly receiver: Node | undefined;
  readonly receiverEx: Ex | undefined;
  readonly args: readonly Node[];
  readonly exs: readonly Ex[];
}

export function operands(call: Call, word: string): { node: Node; ex: Ex | undefined }[] {
  if (word === 'this') return call.receiver ? [{ node: call.receiver, ex: call.receiverEx }] : [];
  return positions(word, call.args.length).flatMap((at) => {
    const node = call.args[at];
    return node ? [{ node, ex: call.exs[at] }] : [];
  });
}

/** Positions that a table's word means: `2`, `3..`. */
function positions(word: string, count: number): number[] {
  const from = Number.parseInt(word, 10);
  if (Number.isNaN(from)) return [];
  return word.endsWith('..')
    ? Array.from({ length: Math.max(0, count - from) }, (_, at) => from + at)
    : [from];
}

/** Whether the arguments are those that the entry speaks of; `unknown` is the answer where nobody knows. */
export function holdsFor({ args }: Call, entry: CallEntry, unknown: boolean): boolean {
  return Object.entries(entry.when ?? {}).every(([at, allowed]) => {
    const node = args[Number(at)];
    if (!node) return false;
    const known = node.kind === 'text' || node.kind === 'number' ? node.value : undefined;
    const word = node.kind === 'name' && node.name !== '?' ? node.name : known;
    return word === undefined ? unknown : allowed.includes(String(word));
  });
}

export function functionsOf(frame: Frame, value: Node, depth = 4): FunctionRef[] {
  if (value.func) {
    const ref = frame.world.refOf(value.func);
    return ref ? [ref] : [];
  }
  if (depth === 0) return [];
  if (value.type?.startsWith('module ')) return [...frame.world.methods(value.type, WHOLE)];
  if (value.kind === 'shared' && value.name !== undefined) {
    return [...frame.world.held(value.name, '')];
  }
  if (value.kind === 'phi')
    return [...(value.ways?.values() ?? [])]
      .flatMap(({ node }) => functionsOf(frame, node, depth - 1))
      .slice(0, 8);
  const [inner] = value.of;
  // A method of a function is not the function.
  if (value.kind === 'field' && inner?.func) return [];
  if (value.kind === 'field' && inner?.kind === 'content' && inner.of[0]?.func) return [];
  if (/^(element|field|cast|content|pure)$/.test(value.kind) && inner)
    return functionsOf(frame, inner, depth - 1);
  return [];
}

/** What of a value came from outside, with what was found of it. */
export function sourcesOf(frame: Frame, state: State, node: Node): Source[] {
  return frame.given(state, node).flatMap(({ source }) => (source ? [source] : []));
}
