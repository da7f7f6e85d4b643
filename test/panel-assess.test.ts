/** The checklist's panel and its assessment: what roles answer, what git remembers, and what is asked how often. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssessmentResult, Edited, ProfileResult } from '../server/src/lsp/protocol.js';
import { LspClient } from './support/lsp-client.js';

const DECLARED =
  '# ours\nschema: 1\ndeclarations:\n  "5.2-1": { declared: met, because: so, by: Ada, on: 2026-01-02 }\n';

describe('the panel and its assessment', function () {
  this.timeout(60_000);
  let folder: string;
  let lsp: LspClient;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'skarp-panel-')));
    write('ota.c', 'void up(void) { esp_https_ota(0); }\n');
    write('skarp.checklist.yaml', DECLARED);
    lsp = await LspClient.start({ folders: [folder] });
  });

  afterEach(() => {
    lsp.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    writeFileSync(join(folder, path), text);
  }

  function git(...args: readonly string[]): void {
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args]);
  }

  const assessed = async (): Promise<NonNullable<AssessmentResult>> => {
    const result = await lsp.connection.sendRequest<AssessmentResult>('skarp/assessment', {});
    assert.ok(result);
    return result;
  };
  const rate = (said: object): Promise<Edited> =>
    lsp.connection.sendRequest<Edited>('skarp/rate', {
      text: DECLARED,
      role: 'engineering',
      by: 'Ada',
      levels: { 2: 3 },
      ...said,
    });

  it('writes the answers of a role beside what stands there, and shows where roles differ', async () => {
    const first = await rate({ levels: { 2: 3, 5: 1 } });
    assert.ok('text' in first);
    assert.match(first.text, /^# ours\n[^]*"5\.2-1": \{ declared: met/);
    const second = await rate({ text: first.text, role: 'management', by: 'Mona', levels: { 2: 0 } });
    assert.ok('text' in second);
    write('skarp.checklist.yaml', second.text);
    const [widest] = (await assessed()).assessment.answers;
    assert.equal(widest?.heading, 2);
    assert.equal(widest.spread, 3);
    assert.equal(widest.roles.management?.by, 'Mona');
    const again = await rate({ text: second.text, levels: { 2: 1 } });
    assert.ok('text' in again);
    write('skarp.checklist.yaml', again.text);
    const { answers } = (await assessed()).assessment;
    assert.equal(answers.find(({ heading }) => heading === 2)?.roles.engineering?.level, 1);
    assert.equal(answers.find(({ heading }) => heading === 5)?.roles.engineering?.level, 1, 'it stays');
  });

  it('refuses what is no answer, with a line that says why', async () => {
    for (const [said, problem] of [
      [{ by: ' ' }, /^say who/],
      [{ levels: {} }, /one heading at least/],
      [{ levels: { 14: 1 } }, /one heading at least/],
      [{ levels: { 2: 4 } }, /cannot be written/],
      [{ role: 'sales' }, /sales is no role/],
      [{ text: '<<<<<<< ours\n' }, /^skarp\.checklist\.yaml:1:1: a merge conflict/],
    ] as const) {
      const refused = await rate(said);
      assert.match('problem' in refused ? refused.problem : refused.text, problem);
    }
  });

  it('shows how the declarations grew once git knows them', async () => {
    assert.equal((await assessed()).progress, undefined);
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
    write('skarp.checklist.yaml', DECLARED.replace('"5.2-1"', '"5.2-2"').replace('met', 'partly'));
    git('commit', '--quiet', '--all', '--message', 'two');
    const { progress } = await assessed();
    assert.match(progress ?? '', /<svg class="timeline"[^]*declared 1 to 1, met 1 to 0/);
    assert.equal(progress?.match(/<tr><th scope="row">/g)?.length, 2);
  });

  it('looks at the code again only where that is asked for', async () => {
    const proposed = async (look: boolean): Promise<string[]> =>
      (await lsp.connection.sendRequest<ProfileResult>('skarp/profile', { look }))?.flatMap(
        ({ proposal }) => proposal?.file ?? [],
      ) ?? [];
    assert.ok((await proposed(false)).includes('ota.c'), 'nobody has looked yet');
    rmSync(join(folder, 'ota.c'));
    assert.ok((await proposed(false)).includes('ota.c'));
    assert.deepEqual(await proposed(true), []);
  });

  it('tells when everything was read anew, and not of every edit', async () => {
    await lsp.quiet();
    const before = lsp.statuses.at(-1)?.readings;
    await lsp.openText('ota.c', 'void up(void) { }\n');
    await lsp.quiet();
    assert.equal(lsp.statuses.at(-1)?.readings, before);
    write('skarp.json', '{ "product": { "updates": true } }\n');
    await lsp.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: lsp.uri('skarp.json'), type: 1 }],
    });
    await lsp.quiet();
    assert.equal(lsp.statuses.at(-1)?.readings, (before ?? 0) + 1);
  });
});
