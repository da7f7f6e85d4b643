/** The grammars of a host. */
import { Grammars } from './engine/grammars.js';
import type { Host } from './host/host.js';

/** Grammars that a host brings, loaded when the first file needs them. */
export function grammarsOf(host: Pick<Host, 'wasm'>): Grammars {
  return new Grammars({
    runtime: () => host.wasm('web-tree-sitter'),
    grammar: (name) => host.wasm(`tree-sitter-${name}`),
  });
}
