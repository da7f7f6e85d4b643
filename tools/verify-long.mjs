/**
 * `npm run verify:long [-- FOLDER…]`: what takes longer than `npm test` may: the editor's state over many seeds against a
 * fresh run, and the facts of C files after ten thousand edits against those of a fresh reading; with folders, after ten
 * thousand edits of files of each folder, and for its files all that must hold of any.
 */
import { resolve } from 'node:path';
import { install, run, tool } from './install.mjs';

const SEEDS = 25;
const EDITS = 10_000;

install();
run(process.execPath, ['--import', 'tsx', 'tools/build.ts']);
const test = (file, env) => {
  const mocha = [tool('mocha/bin/mocha.js'), '--no-config', '--timeout', '120000', file];
  run(process.execPath, ['--import', 'tsx', ...mocha], { env });
};
test('test/engine/cfront/edits.test.ts', { SKARP_EDITS: String(EDITS) });
for (const folder of process.argv.slice(2)) {
  test('test/engine/cfront/edits.test.ts', { SKARP_EDITS: String(EDITS), SKARP_CORPUS: resolve(folder) });
  test('test/engine/cfront/properties.test.ts', { SKARP_CORPUS: resolve(folder) });
}
for (let seed = 1; seed <= SEEDS; seed++) test('test/lsp-equals-cli.test.ts', { SKARP_SEED: String(seed) });
