/** The checklist's panel through other standards: what it asks, and what the server answers. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedOf, standardsFor } from '../client/src/panel/crosswalk.js';
import type { CrosswalkResult, CrosswalkShown, StandardsResult } from '../server/src/lsp/protocol.js';
import { LspClient } from './support/lsp-client.js';

describe('the panel through other standards', function () {
  this.timeout(60_000);
  let folder: string;
  let lsp: LspClient;
  let standards: StandardsResult;

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'skarp-panel-')));
    writeFileSync(
      join(folder, 'net.c'),
      'void f(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n',
    );
    lsp = await LspClient.start({ folders: [folder] });
    standards = await lsp.connection.sendRequest<StandardsResult>('skarp/standards', {});
  });

  after(() => {
    lsp.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function through(asked: object): Promise<CrosswalkShown> {
    const result = await lsp.connection.sendRequest<CrosswalkResult>('skarp/crosswalk', { asked });
    assert.ok(result);
    return result;
  }

  it('asks for one standard, or for a sector and a level, or for nothing yet', () => {
    const none = { standard: '', sector: '', level: '', unfolded: [] } as const;
    assert.equal(askedOf(none), undefined);
    assert.deepEqual(askedOf({ ...none, standard: 'cwe', sector: 'medical' }), { standard: 'cwe' });
    assert.deepEqual(askedOf({ ...none, level: 'system' }), { level: 'system' });
    assert.deepEqual(askedOf({ ...none, sector: 'medical', level: 'system' }), {
      sector: 'medical',
      level: 'system',
    });
  });

  it('offers the standards of a sector and a level, each with the headings of which it speaks', () => {
    const medical = standardsFor(standards, { sector: 'medical', level: 'system' }).map(({ id }) => id);
    assert.ok(medical.includes('hipaa'), medical.join(', '));
    assert.ok(!medical.includes('uk-psti'));
    assert.equal(standardsFor(standards, { sector: '', level: '' }).length, standards.standards.length);
    const psti = standards.standards.find(({ id }) => id === 'uk-psti');
    assert.deepEqual(psti?.headings, [1, 2, 3]);
  });

  it('shows the rows below the places of one standard, with code, words and source of every cell', async () => {
    const { title, parts, silent, notes } = await through({ standard: 'eu-cra' });
    assert.match(title, /Cyber Resilience Act/);
    assert.ok(notes.length > 0);
    const place = parts.find((part) => part.title === 'Part II (5)');
    assert.deepEqual(place?.cells[0], {
      of: '2 Manage reports of vulnerabilities',
      code: 'P*',
      trust: 'chained from public mappings: OWASP ISVS 1.0, Appendix B',
    });
    assert.ok(place.rows.includes('5.2-1'));
    for (const { cells } of parts)
      for (const { code, trust } of cells) assert.ok(code !== '' && trust !== '');
    assert.ok(silent.every(({ rows }) => rows.length > 0));
  });

  it('has the standards of a sector side by side, heading by heading', async () => {
    const { parts } = await through({ sector: 'medical', level: 'system' });
    const first = parts[0];
    assert.equal(first?.title, '1 No universal default passwords');
    assert.ok(first.cells.some(({ of }) => of.startsWith('HIPAA security rule, 45 CFR 164: 164.312(a)')));
    assert.ok(first.rows.includes('5.1-1'));
  });
});
