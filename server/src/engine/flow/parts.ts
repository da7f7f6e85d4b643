/** Values inside others. */
import type { Node } from './values.js';

/** `n` of `n + 1` and of `n * size`: what is made of it is at least as large. */
export function isPart(whole: Node, part: Node, depth = 8): boolean {
  if (whole === part) return true;
  if (depth <= 0) return false;
  if (whole.kind === 'cast') return whole.of.some((each) => isPart(each, part, depth - 1));
  // Where there is something to copy, there is room for it.
  if (whole.kind === 'phi')
    return [...(whole.ways?.values() ?? [])].some(({ node }) => isPart(node, part, depth - 3));
  return (
    whole.kind === 'binary' &&
    /^[+*]$/.test(whole.name ?? '') &&
    whole.of.some((each) => isPart(each, part, depth - 1))
  );
}
