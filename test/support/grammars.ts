/** The grammars as the packages ship them: one set for all tests of the process. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Grammars } from '../../server/src/engine/grammars.js';

const modules = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules');
const PACKAGES: Readonly<Record<string, string>> = { 'tree-sitter-tsx': 'tree-sitter-typescript' };

export function wasmOf(name: string): Promise<Uint8Array> {
  return readFile(join(modules, PACKAGES[name] ?? name, `${name}.wasm`));
}

export const grammars: Grammars = new Grammars({
  runtime: () => wasmOf('web-tree-sitter'),
  grammar: (name) => wasmOf(`tree-sitter-${name}`),
});
