/** Addresses that are known in part: enough to tell whether what is sent there can be read on the way. */
import { hostOf, isLocalHost } from '../../../../rules/kit/judgement.js';
import type { Frame } from './frame.js';
import type { State } from './state.js';
import type { Node } from './values.js';

const PLAIN = /^(http|ws|mqtt|tcp|ftp|coap):\/\//i;

/** An address that begins with the scheme of a protocol without encryption and does not lead to this machine. */
export function isPlainAddress(frame: Frame, state: State, node: Node, depth = 4): boolean {
  if (depth === 0) return false;
  if (node.kind === 'text') {
    const text = String(node.value);
    const host = hostOf(text);
    return PLAIN.test(text) && !(host !== undefined && isLocalHost(host));
  }
  if (node.kind === 'phi')
    return [...(node.ways?.values() ?? [])].some((way) => isPlainAddress(frame, state, way.node, depth - 1));
  const joins =
    (node.kind === 'pure' && node.name === 'join') || (node.kind === 'binary' && node.name === '+');
  const [first] = node.of;
  return joins && first !== undefined && isPlainAddress(frame, state, first, depth - 1);
}
