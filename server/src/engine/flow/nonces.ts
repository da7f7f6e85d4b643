/** Nonces that encrypt a second message under one key. */
import { type CallEntry, rolesOf } from '../apis.js';
import { speaksOfFlow } from './call-table.js';
import { type Call, holdsFor } from './call.js';
import { isConstant } from './constants.js';
import type { Frame } from './frame.js';
import { render } from './render.js';
import type { State } from './state.js';
import type { Node } from './values.js';

/**
 * Takes note of the nonces of a call, and says where one was used before. Whoever is handed a nonce may change it, and
 * whoever is handed a key may set another; of a known function the table says what it does.
 */
export function spend(frame: Frame, state: State, call: Call, entry: CallEntry | undefined): void {
  if (!entry?.once) {
    const isKnown = entry !== undefined && speaksOfFlow(entry);
    if (state.spent.size > 0 && !(isKnown && keepsKeys(entry))) forget(frame, state, call.args, !isKnown);
    return;
  }
  if (!holdsFor(call, entry, false)) return;
  for (const [word, under] of Object.entries(entry.once)) {
    const [pointer, ex, key] = [call.args[Number(word)], call.exs[Number(word)], call.args[Number(under)]];
    if (!pointer || !ex || !key || isConstant(frame, state, pointer)) continue;
    const nonce = frame.isC ? frame.memory.contents(state, pointer) : pointer;
    if (!isSettled(key) || !isSettled(nonce)) continue;
    const id = `${String(key.id)} ${String(pointer.id)} ${String(nonce.id)}`;
    if (state.spent.has(id)) {
      const text = render(ex, frame.world.func);
      frame.report(
        { event: 'nonce-reused', text, by: call.name, sure: false, path: [] },
        { start: ex[1], end: ex[2] },
      );
    }
    state.spend(id, { key, pointer, nonce });
  }
}

function keepsKeys(entry: CallEntry): boolean {
  return !rolesOf(entry).includes('a key') && entry.frees === undefined;
}

function forget(frame: Frame, state: State, args: readonly Node[], withNonces: boolean): void {
  const keys = new Set(args.map((arg) => frame.memory.freedKey(arg)));
  for (const [id, { key, pointer }] of state.spent)
    if (keys.has(frame.memory.freedKey(key)) || (withNonces && keys.has(frame.memory.freedKey(pointer))))
      state.unspend(id);
}

/** Whether the same node means the same value: nothing in it is chosen anew, or changed where nobody looks. */
function isSettled(node: Node, depth = 8): boolean {
  if (depth === 0 || node.kind === 'phi' || node.kind === 'shared') return false;
  return node.of.every((each) => isSettled(each, depth - 1));
}
