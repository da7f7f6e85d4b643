/** The exported statement: when it is refused, what it says, and that no text of others acts in it. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import { Folder } from './support/cli.js';

const CODE = `#include "esp_tls.h"
void open_link(mbedtls_ssl_config *conf) {
  // skarp-ignore tls-verify-off until=2999-01-01 by=kim -- lab | <b>broker</b>
  mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
}
`;
const UNSUPPRESSED = CODE.replace(/^ {2}\/\/.*\n/m, '');
const HOSTILE = '=1+1 <script>alert("1")</script> | [x](javascript:1) *b*';
const FORMATS = ['html', 'markdown', 'csv'] as const;

/** A checklist in which everything is declared; what is given replaces the declaration of a provision. */
function complete(own: Readonly<Record<string, object | undefined>> = {}): string {
  const common = { declared: 'met', because: 'it is so', by: 'Ada', on: '2026-01-02' };
  const entries = catalogue.standard.provisions.map(({ id }) => [id, { ...common, ...own[id] }] as const);
  const kept = entries.filter(([id]) => !(id in own) || own[id] !== undefined);
  // JSON is YAML too.
  return JSON.stringify({ schema: 1, declarations: Object.fromEntries(kept) });
}

/** Rows of a CSV text by RFC 4180. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [all, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (all === '' && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe('the exported statement', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'main/link.c': CODE });
  });
  afterEach(() => {
    folder.remove();
  });
  const exported = (format: string, ...more: string[]): string => {
    const { status, out, err } = folder.run(['checklist', '--format', format, ...more]);
    assert.deepEqual([status, err], [0, '']);
    return out;
  };

  it('is refused while something is not declared, with a line for each', () => {
    folder.write(
      'skarp.checklist.yaml',
      complete({ '5.2-1': undefined, '6.1': { because: 'TODO ask legal' } }),
    );
    for (const format of FORMATS) {
      const { status, out, err } = folder.run(['checklist', '--format', format]);
      assert.deepEqual([status, out], [2, '']);
      assert.equal(
        err,
        'skarp: 5.2-1: nobody has declared it, and code does not show it\n' +
          'skarp: 6.1: because still holds a placeholder\n' +
          'skarp: 2 provisions are not ready to be handed out; `skarp declare` them, or export a --draft\n',
      );
    }
  });

  it('names the provisions behind a label of an old edition', () => {
    folder.write('skarp.checklist.yaml', complete({ '5.1-2': undefined }));
    const { err } = folder.run(['checklist', '--format', 'csv', '--edition', 'v1.1.1']);
    assert.match(err, /^skarp: 5\.1-2 \(4\.1-1\): nobody has declared it/);
  });

  it('is written as a draft that says so on request', () => {
    folder.write('main/link.c', UNSUPPRESSED);
    assert.match(exported('markdown', '--draft'), /^# DRAFT: Conformance of .*\n\n> \*\*DRAFT\*\*: /);
    assert.match(
      exported('html', '--draft'),
      /<title>DRAFT: [\s\S]*<p class="draft">DRAFT: [\s\S]*class="draft-mark"/,
    );
    const [head = [], ...rows] = rowsOf(exported('csv', '--draft'));
    assert.ok(rows.length > 60);
    for (const row of rows) assert.equal(row[head.indexOf('state')], 'DRAFT');
  });

  it('says nothing of a draft when everything is declared', () => {
    folder.write('skarp.checklist.yaml', complete());
    for (const format of FORMATS) assert.doesNotMatch(exported(format), /DRAFT/);
  });

  it('answers each provision by what is declared', () => {
    folder.write(
      'skarp.checklist.yaml',
      complete({
        '5.2-1': { declared: 'partly', owner: 'PSIRT', 'review-by': '2020-01-01' },
        '5.2-2': { declared: 'not-applicable' },
        '5.2-3': { declared: 'not-met' },
      }),
    );
    const markdown = exported('markdown');
    assert.match(
      markdown,
      /^\| 5\.2-1 \| .* \| M \| N \| declared partly: it is so<br>Ada, 2026-01-02; owner PSIRT; review was due on 2020-01-01 \|$/m,
    );
    assert.match(markdown, /^\| 5\.2-2 \| .* \| R \| N\/A \| declared not-applicable: /m);
    assert.match(markdown, /^\| 5\.2-3 \| .* \| R \| N \| declared not-met: /m);
    assert.match(markdown, /^\| 5\.5-1 \| .* \| M \| Y \| declared met: /m);
  });

  it('answers no where the code speaks against it, and names the place', () => {
    folder.write('main/link.c', UNSUPPRESSED);
    folder.write('skarp.checklist.yaml', complete());
    assert.match(
      exported('markdown'),
      /^\| 5\.5-1 \| .* \| M \| N \| contradicted<br>.*<br>found: tls-verify-off main\/link\.c:3 \|$/m,
    );
  });

  it('lists what was accepted with a reason as residual risk', () => {
    folder.write('skarp.checklist.yaml', complete());
    assert.match(
      exported('markdown'),
      /## Residual risk\n\n.*\n.*\n\| 5\.5-1.* \| tls-verify-off: .* \| main\/link\.c:4 \| lab \\\| &lt;b&gt;broker&lt;\/b&gt; \| 2999-01-01 \| kim \|\n\n## IXIT 7\. /,
    );
    assert.match(exported('html'), /Residual risk<\/h2>[\s\S]*<td>lab \| &lt;b&gt;broker&lt;\/b&gt;<\/td>/);
    folder.write('main/link.c', 'int a;\n');
    assert.match(
      exported('markdown'),
      /## Residual risk\n\nNo finding was accepted with a reason\.\n\n## IXIT 7\. /,
    );
  });

  it('says of no other provision of the same old label that its risk was accepted', () => {
    folder.write('skarp.checklist.yaml', complete());
    const [head = [], ...rows] = rowsOf(exported('csv', '--edition', 'v1.1.1'));
    const accepted = rows.filter((row) => row[head.indexOf('accepted risks')] !== '');
    const named = ['5.5-1', '5.5-7'];
    assert.ok(accepted.length > 0);
    for (const row of accepted) assert.ok(named.includes(row[head.indexOf('id')] ?? ''), row.join());
  });

  it('lets no text of others act', () => {
    folder.write('skarp.checklist.yaml', complete({ '5.2-1': { because: HOSTILE, owner: '=cmd' } }));
    const html = exported('html');
    assert.ok(!html.includes('<script'));
    assert.match(html, /&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/);
    const markdown = exported('markdown');
    assert.ok(markdown.includes('&lt;script&gt;') && markdown.includes('\\| \\[x\\](javascript:1) \\*b\\*'));
    const [head = [], ...rows] = rowsOf(exported('csv'));
    for (const row of rows) assert.equal(row.length, head.length);
    const row = rows.find(([label]) => label === '5.2-1') ?? [];
    assert.equal(row[head.indexOf('because')], `'${HOSTILE}`);
    assert.equal(row[head.indexOf('owner')], "'=cmd");
  });

  it('is one HTML file that loads nothing and can be found one’s way in', () => {
    folder.write('skarp.checklist.yaml', complete());
    const html = exported('html');
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(html, /\b(?:src|href)=/);
    const count = (pattern: RegExp): number => [...html.matchAll(pattern)].length;
    assert.equal(count(/<h1>/g), 1);
    assert.equal(
      count(/<th scope="row">\d\.\d+(?:-\d+)?[AB]?<\/th>/g),
      catalogue.standard.provisions.filter(({ labels }) => labels['v3.1.1'].length > 0).length,
    );
    assert.equal(count(/<table>\n<caption><h2>/g), count(/<table/g));
    for (const tag of ['table', 'tr', 'td', 'th', 'ul', 'li', 'main', 'caption'])
      assert.equal(count(new RegExp(`<${tag}[ >]`, 'g')), count(new RegExp(`</${tag}>`, 'g')), tag);
  });
});
