/** `skarp checklist` as a user meets it. */
import assert from 'node:assert/strict';
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
