/** `skarp checklist` as a user meets it. */
import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import type { Checklist } from '../server/src/checklist/model.js';
import { Folder } from './support/cli.js';

const CODE = `#include "esp_tls.h"
void open_link(mbedtls_ssl_config *conf) {
  mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
}
`;

describe('skarp checklist', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write('main/link.c', CODE);
  });
  afterEach(() => {
    folder.remove();
  });

  it('shows every provision with its standing, and where the code speaks against it', () => {
    const { status, out, err } = folder.run(['checklist']);
    assert.equal(err, '');
    assert.equal(status, 0);
    assert.match(out, /^5\. Communicate securely {2}5\.5 {2}violated$/m);
    assert.match(
      out,
      /^ {2}5\.5-1 +violated {2}mandatory\n(?: {12}.+\n)+ {12}✗ tls-verify-off {2}main\/link\.c:3$/m,
    );
    assert.match(out, /^ {2}5\.2-1 +open {2}mandatory$/m);
    assert.match(out, /^\d+ provisions of edition v3\.1\.1: .*\d+ violated/m);
    const long = out.split('\n').filter((line) => line.length > 80 && !/[✗✓]/.test(line));
    assert.deepEqual(long, [], 'it fits a terminal of 80 columns');
  });

  it('holds the provisions of the edition that is asked for, under its own labels', () => {
    const { out } = folder.run(['checklist', '--edition', 'v1.1.1']);
    assert.match(out, /^ {2}4\.5-1 +violated/m);
    assert.doesNotMatch(out, /^ {2}5\.5-1 /m);
    assert.match(out, /^53 provisions of edition v1\.1\.1/m);
  });

  it('is JSON for programs', () => {
    const { status, out } = folder.run(['checklist', '.', '--format', 'json']);
    assert.equal(status, 0);
    const checklist = JSON.parse(out) as Checklist;
    assert.equal(checklist.schema, 'skarp-checklist/1');
    const row = checklist.rows.find(({ id }) => id === '5.5-1');
    assert.equal(row?.standing, 'violated');
    assert.equal(row.findings.length, 1);
  });

  it('says when the code says nothing', () => {
    folder.write('main/link.c', 'int answer(void) { return 42; }\n');
    const { status, err } = folder.run(['checklist']);
    assert.equal(status, 0);
    assert.equal(err, 'skarp: the code says nothing of any provision; is this the folder of a product?\n');
  });

  describe('with declarations', () => {
    const HASH = 'b'.repeat(64);
    const DECLARED = `schema: 1
declarations:
  "5.2-1":
    declared: partly
    because: the page has no dates yet
    by: Ada
    on: 2020-01-02
    owner: PSIRT
    review-by: 2020-06-01
    evidence:
      - file: plan.md
        sha256: ${HASH}
  "5.5-1":
    declared: met
    because: TLS everywhere
    by: "Grace\\e[31m"
    on: 2020-01-03
`;
    beforeEach(() => {
      folder.write('skarp.checklist.yaml', DECLARED);
    });

    it('shows what is declared, by whom, and what is overdue', () => {
      const { status, out, err } = folder.run(['checklist']);
      assert.deepEqual([status, err], [0, '']);
      assert.match(
        out,
        /^ {2}5\.2-1 +declared partly {2}mandatory\n(?: {12}.+\n)+ {12}partly: the page has no dates yet\n {12}Ada, 2020-01-02; owner PSIRT; review was due on 2020-06-01\n {12}see plan\.md$/m,
      );
      assert.match(out, /^ {2}5\.5-1 +contradicted {2}mandatory$/m);
      assert.match(out, /; 1 review is overdue$/m);
      assert.ok(!out.includes('\u001b'), 'text of a file does not steer the terminal');
    });

    it('has them in JSON, in every edition that knows the provision', () => {
      for (const edition of ['v1.1.1', 'v3.1.1']) {
        const { out } = folder.run(['checklist', '--format', 'json', '--edition', edition]);
        const found = (JSON.parse(out) as Checklist).rows.find(({ id }) => id === '5.2-1');
        assert.equal(found?.standing, 'declared');
        assert.deepEqual(found.declaration, {
          declared: 'partly',
          because: 'the page has no dates yet',
          by: 'Ada',
          on: '2020-01-02',
          owner: 'PSIRT',
          reviewBy: '2020-06-01',
          expired: true,
          evidence: [{ file: 'plan.md', sha256: HASH }],
        });
      }
    });

    it('hashes evidence again with --verify, and only then', () => {
      assert.equal(folder.run(['checklist']).status, 0);
      const gone = folder.run(['checklist', '--verify', '--format', 'json']);
      assert.equal(gone.status, 1);
      assert.match(gone.err, /^skarp: 5\.2-1: plan\.md: it does not exist; .*\n$/);
      assert.equal((JSON.parse(gone.out) as Checklist).schema, 'skarp-checklist/1');
      folder.write('plan.md', 'another plan\n');
      const changed = folder.run(['checklist', '--verify']);
      assert.equal(changed.status, 1);
      assert.match(changed.err, /^skarp: 5\.2-1: plan\.md has changed since then; .*\n$/);
      folder.run([
        'declare',
        '5.2-1',
        'met',
        '--because',
        'x',
        '--by',
        'Ada',
        '--review-by',
        '2999-01-01',
        '--evidence',
        'plan.md',
      ]);
      const again = folder.run(['checklist', '--verify']);
      assert.deepEqual([again.status, again.err], [0, '']);
    });

    it('says from a folder within where the declarations stand', () => {
      folder.write('.git/HEAD', '');
      const { status, err } = folder.run(['checklist', 'main']);
      assert.equal(status, 0);
      assert.match(
        err,
        /^skarp: the declarations of this product stand in \/.*; name that folder to see them\n$/,
      );
    });

    it('does not read them through a symbolic link', () => {
      folder.write('elsewhere/skarp.checklist.yaml', DECLARED);
      rmSync(folder.at('skarp.checklist.yaml'));
      symlinkSync(folder.at('elsewhere/skarp.checklist.yaml'), folder.at('skarp.checklist.yaml'));
      const { status, err } = folder.run(['checklist']);
      assert.equal(status, 2);
      assert.equal(err, 'skarp: skarp.checklist.yaml is not a plain file; put one in its place\n');
    });

    it('cannot run with a file that is wrong, and says where', () => {
      folder.write('skarp.checklist.yaml', DECLARED.replace('"5.2-1"', '6.1'));
      const ran = folder.run(['checklist']);
      assert.deepEqual([ran.status, ran.out], [2, '']);
      assert.equal(
        ran.err,
        'skarp: skarp.checklist.yaml:3:3: put 6.1 in quotes: "6.1"; correct it and run again\n',
      );
    });
  });

  for (const [what, args, says] of [
    [
      'a file',
      ['checklist', 'main/link.c'],
      /^skarp: main\/link\.c is a file; name the folder of a product\n$/,
    ],
    [
      'a folder that is not there',
      ['checklist', 'gone'],
      /^skarp: gone: it does not exist; name a file or folder that can be read\n$/,
    ],
    ['an edition that does not exist', ['checklist', '--edition', 'v9'], /^skarp: .*v9.*\n$/],
    ['a format that does not exist', ['checklist', '--format', 'pdf'], /^skarp: .*pdf.*\n$/],
  ] as const)
    it(`cannot run on ${what}, and says so in one line`, () => {
      const ran = folder.run([...args]);
      assert.equal(ran.status, 2);
      assert.equal(ran.out, '');
      assert.match(ran.err, says);
    });
});
