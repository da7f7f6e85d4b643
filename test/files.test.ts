/** Which files are read, and what they count for. */
import assert from 'node:assert/strict';
import { materialOf } from '../server/src/project/files.js';
import { sessionOver } from './support/memory-host.js';

const BAD = "import { connect } from 'mqtt';\nconnect('mqtt://h');\n";

/** The files in which something is found. */
async function read(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { rules: ['mqtt-cleartext'] });
  return session.outcome().findings.map(({ at }) => at.file);
}

describe('a file', () => {
  it('is read by its ending: TypeScript and JavaScript in all their kinds', async () => {
    const names = ['a.ts', 'b.tsx', 'c.mts', 'd.cts', 'e.js', 'f.mjs', 'g.cjs', 'h.jsx'];
    assert.deepEqual(await read(Object.fromEntries(names.map((name) => [name, BAD]))), names);
  });

  it('is not read when it holds types only, is minified by its name, or is something else', async () => {
    assert.deepEqual(await read({ 'a.d.ts': BAD, 'b.min.js': BAD, 'c.txt': BAD, 'd.ts.bak': BAD }), []);
  });

  it('is not read when it is minified by its looks', async () => {
    assert.deepEqual(await read({ 'a.js': `${BAD}const x = [${'1,'.repeat(15_000)}];` }), []);
  });

  it('is not read when git ignores it, unless an exception says otherwise', async () => {
    const files = { '.gitignore': 'gen/*\n!gen/keep.ts\n', 'gen/a.ts': BAD, 'gen/keep.ts': BAD, 'b.ts': BAD };
    assert.deepEqual(await read(files), ['b.ts', 'gen/keep.ts']);
  });

  it('is not read below folders of output and of other people', async () => {
    const folders = [
      'node_modules',
      'dist',
      'build',
      'build-esp32',
      'third_party',
      'managed_components',
      '.git',
    ];
    assert.deepEqual(await read(Object.fromEntries(folders.map((folder) => [`${folder}/a.ts`, BAD]))), []);
  });

  it('is read however long it is, when its lines are ordinary', async () => {
    assert.deepEqual(await read({ 'a.ts': `${BAD}${'const one = 1;\n'.repeat(2_000)}` }), ['a.ts']);
  });

  it('counts as test or example by its folders and its name', () => {
    const kinds: Record<string, string> = {
      'main/net.c': 'product',
      'src/testbed.ts': 'product',
      'src/latest/a.ts': 'product',
      'test/a.c': 'test',
      'src/__tests__/a.ts': 'test',
      'src/net.test.ts': 'test',
      'main/test_net.c': 'test',
      'main/net_test.c': 'test',
      'examples/wifi/main.c': 'example',
    };
    for (const [file, kind] of Object.entries(kinds)) assert.equal(materialOf(file), kind, file);
  });
});
