/** `npm run verify:long`: what takes longer than `npm test` may: the editor's state over many seeds against a fresh run. */
import { install, run, tool } from './install.mjs';

const SEEDS = 25;

install();
run(process.execPath, ['--import', 'tsx', 'tools/build.ts']);
for (let seed = 1; seed <= SEEDS; seed++)
  run(
    process.execPath,
    [
      '--import',
      'tsx',
      tool('mocha/bin/mocha.js'),
      '--no-config',
      '--timeout',
      '120000',
      'test/lsp-equals-cli.test.ts',
    ],
    { env: { SKARP_SEED: String(seed) } },
  );
