/**
 * `npm run verify:long`: what takes longer than `npm test` may: the editor's state over many seeds against a fresh run,
 * and the facts of C files after ten thousand edits against those of a fresh reading.
 */
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
for (let seed = 1; seed <= SEEDS; seed++) test('test/lsp-equals-cli.test.ts', { SKARP_SEED: String(seed) });
