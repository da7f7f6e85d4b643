/** A finding keeps its name while the code around it changes. */
import assert from 'node:assert/strict';
import { sessionOver } from './support/memory-host.js';

const BAD = "connect('mqtt://h');";

async function fingerprints(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { rules: ['mqtt-cleartext'] });
  return session.outcome().findings.map(({ fingerprint }) => fingerprint);
}

const file = (body: string): string => `import { connect } from 'mqtt';\nfunction go() {\n${body}\n}\n`;

describe('a fingerprint', () => {
  it('stays when lines come and go before and behind it', async () => {
    const [before] = await fingerprints({ 'a.ts': file(BAD) });
    const [after] = await fingerprints({
      'a.ts': `// a comment\nconst other = 1;\n${file(`${BAD}\nreturn other;`)}`,
    });
    assert.ok(before);
    assert.equal(after, before);
  });

  it('stays when the file is moved', async () => {
    assert.deepEqual(
      await fingerprints({ 'src/deep/b.ts': file(BAD) }),
      await fingerprints({ 'a.ts': file(BAD) }),
    );
  });

  it('stays when the code is indented anew and given other line ends', async () => {
    const text = file(`  connect(\n    'mqtt://h',\n  );`);
    assert.deepEqual(
      await fingerprints({ 'a.ts': text.replaceAll('\n', '\r\n').replaceAll('  ', '\t') }),
      await fingerprints({ 'a.ts': text }),
    );
  });

  it('stays when an equal finding behind it comes or goes', async () => {
    const [one] = await fingerprints({ 'a.ts': file(BAD) });
    const [first, second] = await fingerprints({ 'a.ts': file(`${BAD}\n${BAD}`) });
    assert.equal(first, one);
    assert.notEqual(second, first);
  });

  it('differs for another function, another text and another rule', async () => {
    const texts = [file(BAD), file(BAD).replace('go', 'run'), file(BAD.replace('h', 'other'))];
    const all = await Promise.all(texts.map((text) => fingerprints({ 'a.ts': text })));
    const session = await sessionOver(
      {
        'a.ts':
          "import { connect } from 'mqtt';\nfunction go() {\nconnect(url, { rejectUnauthorized: false });\n}",
      },
      { rules: ['tls-verify-off'] },
    );
    all.push(session.outcome().findings.map(({ fingerprint }) => fingerprint));
    assert.equal(new Set(all.flat()).size, 4);
  });

  it('FP is shared by equal findings of two files', async () => {
    const [first, second] = await fingerprints({ 'a.ts': file(BAD), 'b.ts': file(BAD) });
    assert.equal(second, first);
  });

  it('is made by the recipe of skarp-report/1', async () => {
    assert.deepEqual(await fingerprints({ 'a.ts': file(BAD) }), ['5572bffb4332fa8db860c219']);
  });
});
