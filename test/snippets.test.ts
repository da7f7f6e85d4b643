/** What we offer to insert is itself without findings. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { sessionOver } from './support/memory-host.js';

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const folder = join(import.meta.dirname, '../snippets');

/** The text that the editor inserts when every placeholder is left as it is. */
function inserted({ body }: Snippet): string {
  return body
    .join('\n')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\\\$/g, '$')
    .replace(/\$\d+/g, '');
}

for (const name of readdirSync(folder)) {
  const snippets = parse(readFileSync(join(folder, name), 'utf8')) as Record<string, Snippet>;
  const isC = name.startsWith('c.');
  describe(`snippets/${name}`, () => {
    for (const [title, snippet] of Object.entries(snippets))
      it(`${title}: has no findings and no gaps`, async () => {
        const text = inserted(snippet);
        const files = isC
          ? { 'a.c': `int f(void) {\n${text}\n}\n` }
          : {
              'a.ts': `import mqtt from 'mqtt';\nimport * as crypto from 'node:crypto';\nfunction f() {\n${text}\n}\n`,
            };
        const session = await sessionOver(files, { ruleSet: 'strict' });
        const { findings, notices } = session.outcome();
        assert.deepEqual(
          findings.map(({ rule, message }) => `${rule}: ${message}`),
          [],
        );
        assert.deepEqual(notices, []);
      });
  });
}
