/** The report for customers: what it says, and what it keeps to itself. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import { exported } from '../server/src/checklist/export/index.js';
import { findingsIn, linesOf, statementOf } from '../server/src/checklist/export/statement.js';
import { Folder } from './support/cli.js';
import { DEVICES, deviceSession } from './support/devices.js';

const OPEN = `#include "esp_tls.h"
void open_link(mbedtls_ssl_config *conf) {
  mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
}
`;
const ACCEPTED = OPEN.replace(
  '  mbedtls',
  '  // skarp-ignore tls-verify-off by=kim -- lab <only>\n  mbedtls',
);
const HASH = 'd'.repeat(64);

/** Everything is met, signed by Ada, but for what is given. */
function declarations(own: Readonly<Record<string, object>>): string {
  const common = {
    declared: 'met',
    because: 'it is so',
    by: 'Ada',
    on: '2026-01-02',
    owner: 'PSIRT',
    evidence: [{ file: 'docs/plan.md', sha256: HASH }],
  };
  const entries = catalogue.standard.provisions.map(({ id }) => [id, { ...common, ...own[id] }]);
  return JSON.stringify({ schema: 1, declarations: Object.fromEntries(entries) as object });
}

describe('the report for customers', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'main/link.c': ACCEPTED,
      'skarp.json': JSON.stringify({ product: { telemetry: false } }),
      'skarp.checklist.yaml': declarations({
        '5.2-1': { declared: 'partly', because: 'no <dates> yet' },
        '5.2-2': { declared: 'not-applicable', because: 'nobody | reports' },
        '5.2-3': { declared: 'not-met', because: 'next year' },
      }),
    });
  });
  afterEach(() => {
    folder.remove();
  });
  const report = (format: string, ...more: string[]): string => {
    const { status, out, err } = folder.run(['checklist', '--for', 'customer', '--format', format, ...more]);
    assert.deepEqual([status, err], [0, '']);
    return out;
  };

  it('answers each provision in words, with the reason', () => {
    const markdown = report('markdown');
    for (const { id, labels, wording } of catalogue.standard.provisions)
      if (labels['v3.1.1'].length > 0)
        assert.match(markdown, new RegExp(`^\\| ${id} \\| .* \\|$`, 'm'), wording);
    assert.match(
      markdown,
      /^\| 5\.2-1 \| .* \| mandatory \| in part \| The maker says: no &lt;dates&gt; yet \|$/m,
    );
    assert.match(
      markdown,
      /^\| 5\.2-2 \| .* \| recommended \| does not apply \| The maker says: nobody \\\| reports \|$/m,
    );
    assert.match(
      markdown,
      /^\| 5\.2-3 \| .* \| recommended \| not fulfilled \| The maker says: next year \|$/m,
    );
    assert.match(markdown, /^\| 5\.4-1 \| .* \| fulfilled \| The maker says: it is so \|$/m);
    assert.match(
      markdown,
      /^\| 5\.10-1 \| .* \| does not apply \| It applies if .*that this is not so \(telemetry: false\)\. \|$/m,
    );
  });

  it('says of each heading how much of it is fulfilled', () => {
    const markdown = report('markdown');
    assert.match(markdown, /## Result\n\n\| Heading \| Mandatory fulfilled \| .*\n.*\n\| 5\.1 No universal/);
    assert.match(markdown, /^\| 5\.2 [^|]* \| 0 of 1 \| 0 of 1 \| 1 \| 1 \| 0 \| 1 \|$/m);
    assert.match(markdown, /^\| 5\.10 [^|]* \| none asked \| none asked \| 0 \| 0 \| 0 \| 1 \|$/m);
  });

  it('calls the product by the name that skarp.json gives it, or by its folder', () => {
    assert.match(report('markdown'), /^# Conformance of skarp-cli-\w+ with TS 103 645/);
    folder.write('skarp.json', JSON.stringify({ name: 'Lamp <2>', product: { telemetry: false } }));
    assert.match(report('markdown'), /^# Conformance of Lamp &lt;2&gt; with TS 103 645/);
    assert.match(report('html'), /<h1>Conformance of Lamp &lt;2&gt; with TS 103 645/);
    for (const name of ['', ' ', 'two\nlines', 'a\u001b[31m', 'x'.repeat(101)]) {
      folder.write('skarp.json', JSON.stringify({ name }));
      const { status, out, err } = folder.run(['checklist', '--draft', '--format', 'html']);
      assert.deepEqual([status, out], [2, '']);
      assert.match(
        err,
        /^skarp: skarp\.json:1:9: name: write the name on one line, in at most 100 characters.*\n$/,
      );
    }
  });

  it('says that code speaks against what is declared, but not where', () => {
    folder.write('main/link.c', OPEN);
    assert.match(
      report('markdown'),
      /^\| 5\.5-1 \| .* \| not fulfilled \| The maker calls it fulfilled, but code speaks against it\. \|$/m,
    );
  });

  it('has the residual risk and why it is accepted', () => {
    assert.match(
      report('markdown'),
      /## Residual risk\n\n\| Provisions \| What remains \| Why it is accepted \| Until \|\n.*\n\| 5\.5-1, 5\.5-7 \| [^|]+ \| lab &lt;only&gt; \| {2}\|\n$/,
    );
    folder.write('main/link.c', 'int a;\n');
    assert.match(report('html'), /<h2>Residual risk<\/h2>\n<p>No finding was accepted with a reason\.<\/p>/);
  });

  it('keeps places, names of rules and who signed to itself, and says so', () => {
    for (const format of ['html', 'markdown']) {
      const text = report(format);
      assert.match(text, /Left out are the places in code, the names of rules/);
      for (const kept of ['link.c', 'tls-verify-off', 'Ada', 'PSIRT', 'plan.md', HASH, 'kim'])
        assert.ok(!text.includes(kept), `${format}: ${kept}`);
    }
    const whole = folder.run(['checklist', '--for', 'assessor', '--format', 'markdown']).out;
    for (const told of ['link.c', 'tls-verify-off', 'Ada', 'PSIRT', 'plan.md', HASH, 'kim'])
      assert.ok(whole.includes(told), told);
    assert.equal(whole, folder.run(['checklist', '--format', 'markdown']).out);
  });

  it('is a draft where not all is declared, as the whole statement is', () => {
    folder.write('main/link.c', OPEN);
    folder.write('skarp.checklist.yaml', 'schema: 1\n');
    const refused = folder.run(['checklist', '--for', 'customer', '--format', 'html']);
    assert.deepEqual([refused.status, refused.out], [2, '']);
    assert.match(report('html', '--draft'), /<title>DRAFT: [\s\S]*<p class="draft">DRAFT: /);
    assert.match(
      report('markdown', '--draft'),
      /^\| 5\.2-1 \| .* \| not answered \| Nobody has answered it yet\. \|$/m,
    );
  });

  it('is html or markdown, and nothing for programs', () => {
    for (const format of ['text', 'json', 'csv', 'oscal', 'cyclonedx']) {
      const { status, out, err } = folder.run(['checklist', '--for', 'customer', '--format', format]);
      assert.deepEqual([status, out], [2, '']);
      assert.equal(err, 'skarp: --for customer goes with --format html or markdown; choose one of them\n');
    }
  });

  for (const device of DEVICES)
    it(`tells of ${device} no rule, fingerprint or place, though everything is accepted`, async () => {
      const session = await deviceSession(device);
      const plain = session.report();
      const findings = plain.findings.map((each) => ({ ...each, suppressed: { reason: 'it is known' } }));
      const all = { ...plain, findings };
      const list = session.checklist('.', all);
      const statement = statementOf(list, all, { product: device, date: '2026-01-02', draft: true });
      const text = exported(statement, 'markdown', 'customer');
      assert.ok(statement.risks.length > 5 && linesOf(statement).some(({ seen }) => seen.length > 0));
      for (const { rule, fingerprint, file } of findingsIn(statement))
        for (const kept of [rule, fingerprint, file]) assert.ok(!text.includes(kept), kept);
      for (const { file } of list.rows.flatMap(({ evidence }) => evidence))
        assert.ok(!text.includes(file), file);
    });
});
