/** `npm test`: installs what it needs, the VS Code server and the browser included, then runs everything that CI runs. */
import { install, run, tool } from './install.mjs';

const started = Date.now();

function step(name, program, args, options) {
  const from = Date.now();
  console.log(`\n▸ ${name}`);
  run(program, args, options);
  console.log(`  ${name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
}

install();
const node = process.execPath;
step('types', node, [tool('typescript/bin/tsc'), '-b']);
step('lint', node, [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0']);
step('format', node, [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']);
step('generated files', node, ['--import', 'tsx', 'tools/generate.ts', '--check']);
step('build', node, ['--import', 'tsx', 'tools/build.ts']);
step('tests', node, [tool('mocha/bin/mocha.js')]);
step('VS Code server and browser', node, ['test/e2e/install.mjs']);
step('end to end', node, [tool('mocha/bin/mocha.js'), '--config', 'test/e2e/.mocharc.json']);
console.log(`\nall of it: ${((Date.now() - started) / 1000).toFixed(0)} s`);
