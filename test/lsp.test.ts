/** The language server as a plain client meets it, over stdio. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FileChangeType, type Hover, LSPErrorCodes, type MarkupContent } from 'vscode-languageserver/node';
import type {
  AssessmentResult,
  ChecklistResult,
  Edited,
  ExportResult,
  ProfileFeature,
  ProfileResult,
  SuppressArguments,
} from '../server/src/lsp/protocol.js';
import { type ClientOptions, LspClient } from './support/lsp-client.js';

const BAD = 'void f(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n';
const GOOD = BAD.replace('VERIFY_NONE', 'VERIFY_REQUIRED');
const BAD_CALL = 'mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE);';
const BROKER = "import mqtt from 'mqtt';\nmqtt.connect('mqtt://broker.example');\n";

describe('the language server', function () {
  this.timeout(60_000);
  let folder: string;
  let client: LspClient | undefined;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'skarp-lsp-')));
  });

  afterEach(() => {
    client?.kill();
    client = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function start(options: Partial<ClientOptions> = {}): Promise<LspClient> {
    client = await LspClient.start({ folders: [folder], ...options });
    return client;
  }

  const rules = (path: string): unknown[] => client?.diagnostics(path).map(({ code }) => code) ?? [];

  it('pushes findings of all files, open or not', async () => {
    write('main/net.c', BAD);
    write('src/broker.ts', BROKER);
    const lsp = await start();
    await lsp.quiet();
    assert.deepEqual(rules('main/net.c'), ['tls-verify-off']);
    assert.deepEqual(rules('src/broker.ts'), ['mqtt-cleartext']);
    const [finding] = lsp.diagnostics('main/net.c');
    assert.equal(finding?.source, 'skarp');
    assert.equal(finding.severity, 1);
    assert.deepEqual(finding.range, { start: { line: 0, character: 48 }, end: { line: 0, character: 71 } });
    assert.match((finding.data as { fingerprint: string }).fingerprint, /^[0-9a-f]{24}$/);
    assert.equal(lsp.statuses.at(-1)?.findings.error, 2);
    assert.deepEqual(lsp.registered, ['workspace/didChangeWatchedFiles']);
  });

  it('follows what is typed, undone and closed', async () => {
    write('net.c', BAD);
    const lsp = await start();
    await lsp.openText('net.c', BAD);
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), ['tls-verify-off']);
    assert.equal(lsp.pushed.get(lsp.uri('net.c'))?.version, 1);
    await lsp.setText('net.c', GOOD);
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), []);
    assert.equal(lsp.pushed.get(lsp.uri('net.c'))?.version, 2);
    await lsp.setText('net.c', BAD);
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), ['tls-verify-off']);
    await lsp.setText('net.c', '');
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), []);
    await lsp.close('net.c');
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), ['tls-verify-off'], 'what is on disk holds again');
  });

  it('follows what changes on disk', async () => {
    write('net.c', BAD);
    const lsp = await start();
    await lsp.quiet();
    write('net.c', GOOD);
    await lsp.changedOnDisk('net.c');
    write('lib/new.c', BAD);
    await lsp.changedOnDisk('lib/new.c', FileChangeType.Created);
    await lsp.quiet();
    assert.deepEqual([rules('net.c'), rules('lib/new.c')], [[], ['tls-verify-off']]);
    rmSync(join(folder, 'lib'), { recursive: true });
    await lsp.changedOnDisk('lib', FileChangeType.Deleted);
    await lsp.quiet();
    assert.deepEqual(rules('lib/new.c'), [], 'a folder that is gone takes its findings with it');
  });

  it('gives an imported name the value that another file now has', async () => {
    const safe = "export const url = 'mqtts://broker.example';\n";
    write('config.ts', safe);
    write('client.ts', "import mqtt from 'mqtt';\nimport { url } from './config.js';\nmqtt.connect(url);\n");
    const lsp = await start();
    await lsp.openText('config.ts', safe, 'typescript');
    await lsp.quiet();
    assert.deepEqual(rules('client.ts'), []);
    await lsp.setText('config.ts', safe.replace('mqtts:', 'mqtt:'));
    await lsp.quiet();
    assert.deepEqual(rules('client.ts'), ['mqtt-cleartext']);
    await lsp.setText('config.ts', '');
    await lsp.quiet();
    assert.deepEqual(rules('client.ts'), []);
  });

  it('gives a macro the meaning that another file now has', async () => {
    const safe = '#define AUTH MBEDTLS_SSL_VERIFY_REQUIRED\n';
    write('auth.h', safe);
    write('net.c', 'void f(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n');
    write('alias.c', 'void f(void) { set_auth(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n');
    const lsp = await start();
    await lsp.openText('auth.h', safe);
    await lsp.quiet();
    assert.deepEqual([rules('net.c'), rules('alias.c')], [[], []]);
    await lsp.setText('auth.h', safe.replace('REQUIRED', 'NONE'));
    await lsp.quiet();
    assert.deepEqual([rules('net.c'), rules('alias.c')], [['tls-verify-off'], []]);
    await lsp.setText('auth.h', `${safe}#define set_auth mbedtls_ssl_conf_authmode\n`);
    await lsp.quiet();
    assert.deepEqual([rules('net.c'), rules('alias.c')], [[], ['tls-verify-off']]);
  });

  it('counts in UTF-16 units, whatever the line breaks, while edits come in pieces', async () => {
    const text = `// 🦀 ø\r\nvoid f(void) {\r\n  log("🦀🦀"); mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE);\r\n}\r\n`;
    write('net.c', text);
    const lsp = await start();
    await lsp.openText('net.c', text);
    await lsp.edit('net.c', 3, 5, '🐚🐚');
    const log = lsp.text('net.c').indexOf('"🦀');
    await lsp.edit('net.c', log + 1, log + 3, 'æ🦀');
    await lsp.edit('net.c', 0, 0, '// 🦀\r\n');
    await lsp.quiet();
    const [finding] = lsp.diagnostics('net.c');
    assert.ok(finding);
    assert.equal(lsp.marked('net.c', finding), 'MBEDTLS_SSL_VERIFY_NONE');
    assert.equal(finding.range.start.line, 3);
  });

  it('offers the repair, for the version it was made for', async () => {
    write('net.c', BAD);
    const lsp = await start({ suppress: true });
    await lsp.openText('net.c', BAD);
    await lsp.edit('net.c', 0, 0, '/* moved */ ');
    const at = { line: 0, character: BAD.indexOf('MBEDTLS_SSL') + 12 };
    const actions = await lsp.codeActions('net.c', { start: at, end: at });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Require a verified certificate', 'Suppress tls-verify-off here with a reason…'],
    );
    assert.equal(actions[0]?.isPreferred, undefined, 'a suggestion is nobody’s preferred fix');
    await lsp.apply(actions[0]?.edit);
    await lsp.quiet();
    assert.equal(lsp.text('net.c'), `/* moved */ ${GOOD}`);
    assert.deepEqual(rules('net.c'), []);
    assert.deepEqual(
      await lsp.codeActions('net.c', { start: at, end: at }),
      [],
      'nothing to fix, nothing offered',
    );
  });

  it('says what it could not analyse, and names the macro in the config', async () => {
    const text = `void f(void) { x = OUR_ODD(int y, *) 1; ${BAD_CALL} }\n`;
    write('net.c', text);
    const lsp = await start({});
    await lsp.openText('net.c', text);
    await lsp.quiet();
    const gap = lsp.diagnostics('net.c').find(({ code }) => code === 'not-analysed');
    assert.match(gap?.message as string, /^not analysed: line 1, because .*OUR_ODD/);
    assert.ok(gap);
    for (const config of [undefined, '{\n  // why\n  "macros": ["OLD"]\n}\n', '{}\n']) {
      if (config !== undefined) {
        write('skarp.json', config);
        await lsp.changedOnDisk('skarp.json', FileChangeType.Changed);
        await lsp.quiet();
      }
      const [action] = await lsp.codeActions('net.c', gap.range);
      assert.equal(action?.title, 'Treat OUR_ODD as an attribute macro (skarp.json)');
      const edits = (action.edit?.documentChanges ?? []).flatMap((change) =>
        'edits' in change ? change.edits : [],
      );
      const text_ = edits.map((edit) => ('newText' in edit ? edit.newText : '')).join('');
      assert.match(text_, /"OUR_ODD"/);
      assert.equal(text_.includes('OLD'), config?.includes('OLD') ?? false, 'nothing of the config is lost');
    }
    write('skarp.json', '{ "macros": ["OUR_ODD"] }');
    await lsp.changedOnDisk('skarp.json', FileChangeType.Changed);
    await lsp.quiet();
    assert.deepEqual(
      lsp.diagnostics('net.c').map(({ code }) => code),
      ['tls-verify-off'],
    );
  });

  it('says where a suppression goes so that it holds', async () => {
    const text = `#define AUTH \\\n  MBEDTLS_SSL_VERIFY_NONE\nvoid f(void) {\n  mbedtls_ssl_conf_authmode(&conf,\n    AUTH);\n}\n`;
    write('net.c', text);
    const lsp = await start({ suppress: true });
    await lsp.openText('net.c', text);
    await lsp.quiet();
    const [finding] = lsp.diagnostics('net.c');
    assert.ok(finding);
    const action = (await lsp.codeActions('net.c', finding.range)).find(({ command }) => command);
    const place = action?.command?.arguments?.[0] as SuppressArguments;
    assert.deepEqual(place, {
      uri: lsp.uri('net.c'),
      rule: 'tls-verify-off',
      line: 4,
      indent: '    ',
      mark: '//',
    });
    const start_ = { line: place.line, character: 0 };
    await lsp.editRange(
      'net.c',
      { start: start_, end: start_ },
      `${place.indent}// skarp-ignore ${place.rule} -- bench only\n`,
    );
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), []);
  });

  it('fixes all that is safe at once, and only that', async () => {
    write('net.c', BAD);
    const lsp = await start();
    await lsp.openText('net.c', BAD);
    const all = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    assert.deepEqual(await lsp.codeActions('net.c', all, ['source.fixAll']), []);
    assert.equal((await lsp.codeActions('net.c', all, ['quickfix'])).length, 1);
    assert.deepEqual(await lsp.codeActions('net.c', all, ['refactor']), []);
  });

  it('explains a finding on hover', async () => {
    write('net.c', BAD);
    const lsp = await start();
    await lsp.openText('net.c', BAD);
    const ask = (character: number): Promise<Hover | null> =>
      lsp.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: lsp.uri('net.c') },
        position: { line: 0, character },
      });
    const { kind, value } = (await ask(50))?.contents as MarkupContent;
    assert.equal(kind, 'markdown');
    for (const part of [
      'TLS peer is not verified',
      'attacker',
      'Instead',
      '4.5 / 5.5',
      '5.5-1 (V1.1.1: 4.5-1)',
    ])
      assert.ok(value.includes(part), `${part} in ${value}`);
    assert.equal(await ask(1), null);
  });

  it('keeps what was known while a config is broken, and says what is wrong with it', async () => {
    write('net.c', BAD);
    write('skarp.json', '{ "rules": { "mqtt-cleartext": "off" } }');
    write('broker.ts', BROKER);
    const lsp = await start();
    await lsp.quiet();
    assert.deepEqual([rules('net.c'), rules('broker.ts')], [['tls-verify-off'], []]);
    write('skarp.json', '{\n  "rules": { "mqtt-cleartext" "off" }\n}');
    await lsp.changedOnDisk('skarp.json');
    await lsp.quiet();
    const [problem] = lsp.diagnostics('skarp.json');
    assert.equal(problem?.code, 'config');
    assert.equal(problem.range.start.line, 1);
    assert.deepEqual([rules('net.c'), rules('broker.ts')], [['tls-verify-off'], []], 'the last good state');
    await lsp.openText('net.c', GOOD);
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), [], 'edits go on');
    write('skarp.json', '{ "rules": { "tls-verify-off": "warning" } }');
    await lsp.changedOnDisk('skarp.json');
    await lsp.close('net.c');
    await lsp.quiet();
    assert.deepEqual(lsp.diagnostics('skarp.json'), []);
    assert.deepEqual(
      [lsp.diagnostics('net.c').map(({ severity }) => severity), rules('broker.ts')],
      [[2], ['mqtt-cleartext']],
    );
  });

  it('says nothing of files that a run would leave out', async () => {
    write('.gitignore', 'generated/\n');
    write('generated/net.c', BAD);
    write('node_modules/x/net.c', BAD);
    const lsp = await start();
    await lsp.openText('generated/net.c', BAD);
    await lsp.openText('node_modules/x/net.c', BAD);
    await lsp.changedOnDisk('generated/net.c');
    await lsp.quiet();
    assert.deepEqual(
      [...lsp.pushed.values()].filter(({ diagnostics }) => diagnostics.length > 0),
      [],
    );
    write('.gitignore', '');
    await lsp.changedOnDisk('.gitignore');
    await lsp.quiet();
    assert.deepEqual(rules('generated/net.c'), ['tls-verify-off']);
  });

  it('serves several folders, one within the other, and files outside of all', async () => {
    write('a/net.c', BAD);
    write('a/inner/net.c', BAD);
    write('outside/net.c', BAD);
    write('outside/other.c', BAD);
    const lsp = await start({
      folders: [folder, join(folder, 'a/inner')].map((path, index) =>
        index === 0 ? join(folder, 'a') : path,
      ),
    });
    await lsp.openText('../outside/net.c', BAD);
    await lsp.quiet();
    const found = [...lsp.pushed].filter(([, { diagnostics }]) => diagnostics.length > 0);
    assert.deepEqual(
      found
        .map(([uri, { diagnostics }]) => [uri.slice(uri.indexOf('skarp-lsp-') + 17), diagnostics.length])
        .sort(),
      [
        ['a/inner/net.c', 1],
        ['a/net.c', 1],
        ['outside/net.c', 1],
      ],
    );
    await lsp.close('../outside/net.c');
    await lsp.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: lsp.uri('inner'), name: 'inner' }] },
    });
    await lsp.openText('net.c', GOOD);
    await lsp.quiet();
    assert.deepEqual(lsp.diagnostics('../outside/net.c'), []);
    assert.deepEqual(lsp.diagnostics('net.c'), []);
  });

  it('answers pulls, and pushes nothing then', async () => {
    write('net.c', BAD);
    write('other.c', BAD);
    const lsp = await start({ pull: true });
    await lsp.openText('net.c', BAD);
    interface Answer {
      kind: string;
      resultId: string;
      items?: { code: string }[];
    }
    const pull = (path: string, previousResultId?: string): Promise<Answer> =>
      lsp.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: lsp.uri(path) },
        ...(previousResultId !== undefined && { previousResultId }),
      });
    const first = await pull('net.c');
    assert.deepEqual([first.kind, first.items?.map(({ code }) => code)], ['full', ['tls-verify-off']]);
    assert.equal((await pull('net.c', first.resultId)).kind, 'unchanged');
    const all = await lsp.connection.sendRequest<{ items: (Answer & { uri: string })[] }>(
      'workspace/diagnostic',
      {
        previousResultIds: [],
      },
    );
    assert.deepEqual(all.items.map(({ uri }) => uri).sort(), [lsp.uri('net.c'), lsp.uri('other.c')]);
    const held = lsp.connection.sendRequest<{ items: (Answer & { uri: string })[] }>('workspace/diagnostic', {
      previousResultIds: all.items.map(({ uri, resultId }) => ({ uri, value: resultId })),
    });
    await lsp.setText('net.c', GOOD);
    const second = await pull('net.c', first.resultId);
    assert.deepEqual([second.kind, second.items], ['full', []]);
    assert.deepEqual(
      (await held).items.map(({ uri, items }) => [uri, items]),
      [[lsp.uri('net.c'), []]],
    );
    const before = lsp.refreshes;
    write('other.c', GOOD);
    await lsp.changedOnDisk('other.c');
    await lsp.quiet();
    assert.equal(lsp.refreshes, before + 1);
    assert.deepEqual((await pull('other.c')).items, []);
    assert.equal(lsp.pushed.size, 0);
  });

  it('honours cancellation', async () => {
    write('net.c', BAD);
    const lsp = await start({ pull: true });
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    await lsp.openText('net.c', BAD);
    const pull = lsp.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: lsp.uri('net.c') } },
      source.token,
    );
    source.cancel();
    await assert.rejects(pull, { code: LSPErrorCodes.RequestCancelled });
    await lsp.quiet();
  });

  it('is served by the packaged command as well', async () => {
    write('net.c', BAD);
    const cli = join(import.meta.dirname, '../dist/cli.cjs');
    const lsp = await start({ command: [process.execPath, cli, 'lsp', '--stdio'] });
    await lsp.quiet();
    assert.deepEqual(rules('net.c'), ['tls-verify-off']);
    assert.equal(await lsp.stop(), 0);
  });

  it('gives the checklist', async () => {
    write('net.c', BAD);
    const lsp = await start();
    const checklist = await lsp.connection.sendRequest<ChecklistResult>('skarp/checklist', {});
    const fifth = checklist?.headings.find(({ heading }) => heading === 5);
    assert.equal(fifth?.standing, 'violated');
    assert.equal(fifth.findings, 1);
  });

  it('counts what is declared in the checklist, as the file stands when it is asked', async () => {
    write('net.c', BAD);
    const lsp = await start();
    const standing = async (id: string): Promise<string | undefined> =>
      (await lsp.connection.sendRequest<ChecklistResult>('skarp/checklist', {}))?.rows.find(
        (row) => row.id === id,
      )?.standing;
    assert.equal(await standing('5.2-1'), 'open');
    const said = '{ declared: met, because: so, by: Ada, on: 2026-01-02 }';
    write('skarp.checklist.yaml', `schema: 1\ndeclarations:\n  "5.2-1": ${said}\n  "5.5-1": ${said}\n`);
    assert.equal(await standing('5.2-1'), 'declared');
    assert.equal(await standing('5.5-1'), 'contradicted');
    write('skarp.checklist.yaml', 'schema: [');
    assert.equal(await standing('5.5-1'), 'violated', 'a file that cannot be read says nothing');
    const { problem } = (await lsp.connection.sendRequest<ChecklistResult>('skarp/checklist', {})) ?? {};
    assert.match(problem ?? '', /^skarp\.checklist\.yaml:1:\d+: /);
  });

  it('makes the text of a declaration, with its evidence hashed, and refuses what is not whole', async () => {
    write('net.c', BAD);
    write('SECURITY.md', 'write to us\n');
    const lsp = await start();
    const text =
      '# ours\nschema: 1\ndeclarations:\n  "5.3-1": { declared: met, because: so, by: Bob, on: 2026-01-02 }\n';
    const said = {
      text,
      provision: '5.2-1',
      declared: 'met',
      because: 'it is public',
      by: 'Ada',
      owner: '',
      reviewBy: '',
      evidence: [pathToFileURL(join(folder, 'SECURITY.md')).href],
    };
    const declare = (change: object): Promise<Edited> =>
      lsp.connection.sendRequest<Edited>('skarp/declare', { ...said, ...change });
    const result = await declare({});
    assert.ok('text' in result, JSON.stringify(result));
    assert.match(
      result.text,
      /^# ours\n[^]*"5\.2-1":\n {4}declared: met\n {4}because: it is public\n {4}by: Ada\n/,
    );
    assert.match(result.text, /- file: SECURITY\.md\n {8}sha256: [0-9a-f]{64}\n/);
    assert.match(result.text, /"5\.3-1": \{ declared: met/);
    for (const [change, problem] of [
      [{ because: ' ' }, /^say why/],
      [{ by: '' }, /^say who/],
      [{ reviewBy: 'soon' }, /YYYY-MM-DD/],
      [{ reviewBy: '2020-01-01' }, /^the review was due on 2020-01-01/],
      [{ provision: '9.9-9' }, /no provision/],
      [{ evidence: ['file:///etc/passwd'] }, /outside the folder/],
      [{ evidence: [pathToFileURL(join(folder, 'gone.md')).href] }, /^gone\.md: /],
      [{ text: '<<<<<<< ours\n' }, /^skarp\.checklist\.yaml:1:1: a merge conflict/],
    ] as const) {
      const refused = await declare(change);
      assert.match('problem' in refused ? refused.problem : refused.text, problem);
    }
  });

  it('exports the checklist, a draft only where one is asked for', async () => {
    write('net.c', BAD);
    const lsp = await start();
    const asked = (params: object): Promise<ExportResult> =>
      lsp.connection.sendRequest<ExportResult>('skarp/export', {
        format: 'markdown',
        draft: false,
        ...params,
      });
    const refused = await asked({});
    assert.ok('missing' in refused && refused.missing.some((line) => line.startsWith('5.2-1')));
    const draft = await asked({ draft: true });
    assert.match('text' in draft ? draft.text : '', /DRAFT/);
    const unknown = await asked({ format: 'docx' });
    assert.match('problem' in unknown ? unknown.problem : '', /docx is no format/);
  });

  it('knows what the product is said to be, what its code proposes, and writes an answer', async () => {
    write('net.c', `${BAD}#include "esp_https_ota.h"\nvoid up(void) { esp_https_ota(0); }\n`);
    write('skarp.json', '{\n  // ours\n  "product": { "changeableSoftware": false }\n}\n');
    const lsp = await start();
    const profile = await lsp.connection.sendRequest<ProfileResult>('skarp/profile', {});
    const feature = (key: string): ProfileFeature | undefined => profile?.find((each) => each.key === key);
    assert.equal(feature('changeableSoftware')?.answer, false);
    assert.equal(feature('updates')?.isOut, true);
    assert.ok(
      profile?.some(({ proposal }) => proposal?.saw === 'esp_https_ota' && proposal.file === 'net.c'),
    );
    const answered = await lsp.connection.sendRequest<Edited>('skarp/answer', {
      text: '{\n  // ours\n  "product": { "changeableSoftware": false }\n}\n',
      answers: { passwords: true },
    });
    assert.match('text' in answered ? answered.text : '', /\/\/ ours\n[^]*"passwords": true/);
    const broken = await lsp.connection.sendRequest<Edited>('skarp/answer', {
      text: '{ "product": 3 }',
      answers: {},
    });
    assert.match('problem' in broken ? broken.problem : '', /^skarp\.json:1:\d+: product/);
  });

  it('tells how mature the product is', async () => {
    write('net.c', BAD);
    const lsp = await start();
    const result = await lsp.connection.sendRequest<AssessmentResult>('skarp/assessment', {});
    assert.equal(result?.assessment.headings.length, 13);
    assert.equal(result.assessment.inCi, false);
    assert.match(result.radar, /^<svg /);
  });

  it('outlives what it does not understand, and ends as the protocol says', async () => {
    write('net.c', BAD);
    const lsp = await start();
    await assert.rejects(lsp.connection.sendRequest('textDocument/unheardOf', {}));
    await lsp.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///not/open.c', version: 3 },
      contentChanges: [{ text: 'x' }],
    });
    await lsp.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'untitled:%ZZ', type: 1 }],
    });
    await lsp.openText('gone.c', BAD);
    await lsp.quiet();
    assert.deepEqual(rules('gone.c'), ['tls-verify-off'], 'a file that was never saved');
    await lsp.close('gone.c');
    await lsp.quiet();
    assert.deepEqual(rules('gone.c'), []);
    assert.equal(await lsp.stop(), 0);
  });
});
