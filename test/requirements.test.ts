/** A customer's own list against the checklist: met, lacking, beyond the standard, forgotten. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import { crosswalks } from '../rules/standard/crosswalk/index.js';
import { buildChecklist } from '../server/src/checklist/checklist.js';
import type { Declarations } from '../server/src/checklist/declarations.js';
import { linesOf } from '../server/src/checklist/import/lines.js';
import { Mapping } from '../server/src/checklist/import/mapping.js';
import { type Requirements, requirementsIn } from '../server/src/checklist/import/requirements.js';
import type { Report } from '../server/src/report/model.js';
import { Folder } from './support/cli.js';

const { standard } = catalogue;
const mapping = new Mapping(standard, crosswalks);
const entry = (declared: string): object => ({ declared, because: 'so', by: 'Ada', on: '2026-01-01' });
const list = buildChecklist({
  report: { findings: [], evidence: [] } as unknown as Report,
  standard,
  rulesOn: [],
  edition: 'v3.1.1',
  product: '.',
  declarations: new Map([
    ['5.2-1', entry('met')],
    ['5.3-13', entry('partly')],
    ['5.8-3', entry('not-applicable')],
  ]) as unknown as Declarations,
});

function asked(text: string, file = 'list.md'): Requirements {
  const lines = linesOf(file, text);
  assert.ok(!('problem' in lines));
  return requirementsIn(lines, mapping, list);
}
const one = (text: string): Requirements['asked'][number] => {
  const [first] = asked(`- ${text}\n`).asked;
  assert.ok(first);
  return first;
};

describe('what a requirement asks', () => {
  for (const [text, by, provision] of [
    ['All links use TLS (ETSI EN 303 645 provision 5.5-1)', 'provision', '5.5-1'],
    ['Tell users about their data, see provision 6-1', 'provision', '6.1'],
    ['Firmware updates are signed, CWE-347', 'catalogue', '5.3-9'],
    ['As OWASP ISVS 2.1.5 has it for passwords', 'catalogue', '5.1-1'],
    ['No default passwords that are the same on all devices', 'words', '5.1-1'],
    ['JTAG and UART ports must be disabled in production', 'words', '5.6-4A'],
    ['Users can erase their personal data from the device', 'words', '5.11-1'],
    ['Validate all input data received over APIs', 'words', '5.13-1B'],
  ] as const)
    it(`is found by ${by}: ${text}`, () => {
      const found = one(text);
      assert.equal(found.by, by);
      assert.ok(found.provisions.includes(provision), found.provisions.join(', '));
    });

  for (const text of [
    'The device is painted blue and weighs two kilograms',
    'Deliveries are packed in recycled cardboard',
    'A penetration test once a year by an accredited laboratory',
    'Version 2.1.5 of our own handbook applies',
    'The paper has the size 15.5-1 by our own count',
  ])
    it(`is nothing that the standard asks: ${text}`, () => {
      assert.deepEqual([one(text).by, one(text).answer], ['nothing', 'beyond']);
    });

  it('is all that is mandatory under the headings of a catalogue where no words tell more', () => {
    const { by, provisions, named } = one('As CWE-347 has it');
    assert.deepEqual([by, named], ['catalogue', ['CWE-347']]);
    assert.ok(provisions.includes('5.3-2'));
    const statuses = provisions.map((id) => standard.provisions.find((each) => each.id === id)?.status);
    assert.deepEqual([...new Set(statuses)], ['mandatory']);
  });

  it('is met, lacking or not for this product by what is declared', () => {
    assert.equal(one('As provision 5.2-1 asks').answer, 'met');
    assert.equal(one('As provision 5.8-3 asks').answer, 'not-applicable');
    const partly = one('As provisions 5.2-1 and 5.3-13 ask');
    assert.deepEqual([partly.answer, partly.open], ['lacking', ['5.3-13']]);
  });
});

describe('a list of requirements', () => {
  it('is read from tables, lists and paragraphs that ask for something', () => {
    const { asked: found } = asked(
      [
        '# Acme',
        '',
        'We are happy to work with you.',
        '',
        'Secrets must be kept, see 5.4-1.',
        '',
        '| Id | Text |',
        '| --- | --- |',
        '| A-1 | As 5.5-1 asks |',
        '',
        '- As 5.2-1 asks',
        '',
      ].join('\n'),
    );
    assert.deepEqual(
      found.map(({ name, line, provisions }) => [name, line, provisions]),
      [
        ['line 5', 5, ['5.4-1']],
        ['A-1', 9, ['5.5-1']],
        ['line 11', 11, ['5.2-1']],
      ],
    );
    assert.equal(asked('id;text\nB 2;As 5.2-1 asks\n', 'list.csv').asked[0]?.name, 'B 2');
  });

  it('forgot what is mandatory, applies, and is nowhere asked', () => {
    const { forgotten } = asked('- As 5.5-1 asks\n');
    const ids = forgotten.map(({ id }) => id);
    assert.ok(ids.includes('5.1-1') && ids.includes('5.2-1'));
    assert.ok(!ids.includes('5.5-1'), 'asked');
    assert.ok(!ids.includes('5.8-3'), 'does not apply');
    assert.ok(!ids.includes('5.7-1'), 'only recommended');
  });
});

describe('skarp requirements', function () {
  this.timeout(120_000);
  it('answers in four parts, as text and JSON, and in one line where nothing is asked', () => {
    const folder = new Folder({
      'skarp.json': '{ "product": {} }\n',
      'acme.md': '- As 5.2-1 asks\n- As 5.5-1 asks\n- Painted blue all over\n',
      'empty.md': '# Nothing\n',
    });
    try {
      folder.run(['declare', '5.2-1', 'met', '--because', 'it is so', '--by', 'Ada']);
      const { status, out } = folder.run(['requirements', 'acme.md']);
      assert.equal(status, 0);
      assert.match(out, /^They ask, and you meet \(1\)\n {2}line 1\n/m);
      assert.match(
        out,
        /^They ask, and you lack \(1\)\n {2}line 2\n.*\n {6}5\.5-1 \(it names 5\.5-1\); not met: 5\.5-1\n/m,
      );
      assert.match(out, /^They ask beyond the standard \(1\)\n {2}line 3\n {6}Painted blue all over\n/m);
      assert.match(out, /^The standard asks, and they forgot \(\d+\)\n/m);
      assert.deepEqual(
        out.split('\n').filter((line) => line.length > 80),
        [],
      );
      const json = JSON.parse(
        folder.run(['requirements', 'acme.md', '--format', 'json']).out,
      ) as Requirements;
      assert.equal(json.schema, 'skarp-requirements/1');
      const empty = folder.run(['requirements', 'empty.md']);
      assert.equal(empty.status, 2);
      assert.match(empty.err, /skarp: empty\.md asks for nothing; write each requirement as/);
    } finally {
      folder.remove();
    }
  });
});
