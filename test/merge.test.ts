/** `skarp merge` of reports as a user meets it: parts of a product that were checked apart, as one report. */
import assert from 'node:assert/strict';
import type { Report } from '../server/src/report/model.js';
import { Folder } from './support/cli.js';
import { validatorOf } from './support/schemas.js';

const BAD =
  '#include "esp_tls.h"\nvoid f(mbedtls_ssl_config *c) { mbedtls_ssl_conf_authmode(c, MBEDTLS_SSL_VERIFY_NONE); }\n';

describe('skarp merge of reports', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'skarp.json': '{}\n', 'a/one.c': BAD, 'b/two.c': BAD, 'b/good.c': 'int x;\n' });
    for (const [name, ...files] of [
      ['a.json', 'a/one.c'],
      ['b.json', 'b/two.c', 'b/good.c'],
      ['both.json', 'a/one.c', 'b/two.c'],
    ] as const)
      folder.write(name, folder.run(['check', ...files, '--format', 'json']).out);
    folder.write('whole.json', folder.run(['check', '.', '--format', 'json']).out);
  });
  afterEach(() => {
    folder.remove();
  });

  const read = (name: string): Report => JSON.parse(folder.bytes(name).toString()) as Report;
  const merged = (...files: string[]): Report => {
    const { status, out, err } = folder.run(['merge', ...files, '--format', 'json']);
    assert.deepEqual([status, err], [0, '']);
    return JSON.parse(out) as Report;
  };
  const change = (name: string, to: (report: Report) => object): void => {
    folder.write(name, JSON.stringify({ ...read(name), ...to(read(name)) }));
  };

  it('is the report of all that they looked at, as its schema says', () => {
    const report = merged('b.json', 'a.json');
    const valid = validatorOf('skarp-report');
    assert.ok(valid(report), JSON.stringify(valid.errors));
    assert.deepEqual(
      report.findings.map(({ file, rule }) => `${file} ${rule}`),
      ['a/one.c tls-verify-off', 'b/two.c tls-verify-off'],
    );
    assert.equal(report.summary.files, 3);
    assert.deepEqual(report.summary.findings, { error: 2, warning: 0, info: 0 });
  });

  it('has once what several say, and speaks of the whole only where each does', () => {
    const report = merged('a.json', 'both.json', 'b.json');
    assert.equal(report.findings.length, 2);
    assert.equal(report.summary.findings.error, 2);
    assert.equal(report.scope, 'partial');
    assert.equal(merged('whole.json', 'a.json').scope, 'partial');
    assert.equal(merged('whole.json', 'whole.json').scope, 'whole');
    assert.deepEqual(merged('whole.json').findings, read('whole.json').findings);
  });

  it('takes a finding as open that one part accepts and another does not', () => {
    change('both.json', ({ findings }) => ({
      findings: findings.map((each) => ({ ...each, suppressed: { reason: 'a test bench' } })),
    }));
    const report = merged('both.json', 'a.json');
    assert.deepEqual(
      report.findings.map(({ suppressed }) => suppressed?.reason),
      [undefined, 'a test bench'],
    );
    assert.equal(report.summary.findings.error, 1);
  });

  it('is text for people, without code, and SARIF for services', () => {
    change('a.json', ({ findings }) => ({
      findings: findings.map((each) => ({ ...each, message: 'x\u001b[2J' })),
    }));
    const { status, out } = folder.run(['merge', 'a.json', 'b.json']);
    assert.equal(status, 0);
    assert.match(
      out,
      /^a\/one\.c\n\n {2}error {2}tls-verify-off {2}a\/one\.c:2:\d+\n {2}x\uFFFD\[2J\n {4}\S/m,
    );
    assert.match(out, /^2 findings/m);
    const sarif = folder.run(['merge', 'a.json', 'b.json', '--format', 'sarif']).out;
    assert.equal((JSON.parse(sarif) as { runs: { results: unknown[] }[] }).runs[0]?.results.length, 2);
  });

  it('says in one line what cannot be joined, and prints no part as if it were the whole', () => {
    folder.write('assessment.json', folder.run(['assess', '.', '--format', 'json']).out);
    folder.write('cut.json', folder.bytes('a.json').toString().slice(0, 100));
    folder.write('odd.json', '{ "schema": "skarp-report/1", "tool": 1 }');
    folder.write(
      'newer.json',
      folder
        .bytes('b.json')
        .toString()
        .replace(/"version": "[^"]+"/, '"version": "99.0.0"'),
    );
    for (const [args, says] of [
      [['a.json', 'newer.json'], /^skarp: they were written by Skarp \S+ and 99\.0\.0; write all of them /],
      [['a.json', 'assessment.json'], /^skarp: reports of findings are joined with each other, /],
      [['a.json', 'cut.json'], /^skarp: cut\.json: it is no JSON; /],
      [
        ['a.json', 'odd.json'],
        /^skarp: odd\.json: it is not as `skarp check --format json` prints it \(tool\); /,
      ],
      [['a.json', 'none.json'], /^skarp: none\.json: it does not exist; /],
      [['a.json', '--format', 'html'], /^skarp: reports of findings are joined as text, json or sarif; /],
      [['assessment.json', '--format', 'sarif'], /^skarp: assessments are joined as text, json or html; /],
    ] as const) {
      const { status, out, err } = folder.run(['merge', ...args]);
      assert.deepEqual([status, out], [2, ''], args.join(' '));
      assert.match(err, says);
      assert.equal(err.split('\n').length, 2);
    }
  });
});
