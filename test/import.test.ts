/** A statement kept by hand becomes declarations: shown first, written when asked, never over what is declared. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import type { EditionId } from '../rules/standard/standard.js';
import { linesOf } from '../server/src/checklist/import/lines.js';
import { statementIn } from '../server/src/checklist/import/statement.js';
import { Folder } from './support/cli.js';

const { standard } = catalogue;
const FILE = 'skarp.checklist.yaml';

function read(file: string, text: string, edition?: EditionId): ReturnType<typeof statementIn> {
  const lines = linesOf(file, text);
  assert.ok(!('problem' in lines), JSON.stringify(lines));
  return statementIn(lines, standard, file, edition);
}
const table = (...rows: string[]): string =>
  ['| Reference | Status | Support | Detail |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
const taken = (text: string): string[] =>
  read('ics.md', text).stated.map(
    ({ provision, declared, because }) => `${provision} ${declared}: ${because}`,
  );

describe('a statement in Markdown', () => {
  it('is read from its tables, with emphasis and code taken away', () => {
    assert.deepEqual(
      taken(
        [
          '# Statement',
          '',
          table(
            '| **Provision 5.1-1** | M F (a) | **Y** | Each unit has its `own` password. |',
            '| Provision 5.3-15A | R C (3) | N/A | All software can be updated. |',
            '| 5.6-9 | R | N | No process for it yet. |',
            '| 6-1 | M | partly | The shop says so, the app does not. |',
          ),
        ].join('\n'),
      ),
      [
        '5.1-1 met: Each unit has its own password.',
        '5.3-15A not-applicable: All software can be updated.',
        '5.6-9 not-met: No process for it yet.',
        '6.1 partly: The shop says so, the app does not.',
      ],
    );
  });

  it('says from where a bare yes is, and takes no other answer without a reason', () => {
    const { stated, untaken } = read('ics.md', table('| 5.1-1 | M | Y | |', '| 5.6-9 | R | N | |'));
    assert.deepEqual(
      stated.map(({ because }) => because),
      ['So it stands in ics.md, without a reason.'],
    );
    assert.deepEqual(untaken, [
      { line: 4, problem: '5.6-9 is not met and the file gives no reason; declare it with one' },
    ]);
  });

  it('says with its line what it cannot take', () => {
    const { stated, untaken } = read(
      'ics.md',
      table(
        '| 5.1-1 | M | Y | so |',
        '| 5.1-1 | M | N | not so |',
        '| 5.99-1 | M | Y | so |',
        '| 6-3 | M | Y | so |',
        '| 5.2-1 | M | perhaps | so |',
      ),
    );
    assert.deepEqual(
      stated.map(({ because }) => because),
      ['so'],
    );
    assert.deepEqual(
      untaken.map(({ line, problem }) => `${String(line)}: ${problem}`),
      [
        '4: 5.1-1 stands there twice; the first is taken',
        '5: 5.99-1 is no provision of this standard',
        '6: 6-3 has become 6.3A and 6.3B; declare each',
        '7: 5.2-1 has no answer that is understood; write Y, N, N/A or partly',
      ],
    );
  });

  it('reads labels of the edition that is named', () => {
    const text = table('| 4.5-1 | M | Y | so |', '| 5.5-1 | M | Y | so |');
    const { stated, untaken } = read('ics.md', text, 'v1.1.1');
    assert.equal(
      untaken.some(({ problem }) => problem.startsWith('5.5-1 is no provision')),
      true,
    );
    assert.equal(stated.length + untaken.length, 2);
  });
});

describe('a statement in CSV', () => {
  it('is read with commas or semicolons, quotes, line breaks and a byte order mark', () => {
    for (const mark of [',', ';'])
      assert.deepEqual(
        read(
          'ics.csv',
          `\uFEFFProvision${mark}Comment${mark}Compliant\r\n5.1-1${mark}"one${mark} two\nthree"${mark}yes\r\n`,
        ).stated,
        [{ line: 3, provision: '5.1-1', declared: 'met', because: `one${mark} two three` }],
      );
  });

  it('is refused with its line where it is broken', () => {
    const result = linesOf('ics.csv', 'a,b\n5.1-1,"open\n');
    assert.ok('problem' in result);
    assert.match(result.problem, /^ics\.csv:\d+: it is not CSV \(.*\); correct it and run again$/);
  });
});

describe('a file of others', () => {
  it('never breaks the reader, however deep or large', () => {
    for (const text of ['> '.repeat(200_000), 'x\n' + '- '.repeat(100_000)]) {
      const deep = linesOf('x.md', text);
      assert.ok('problem' in deep);
      assert.match(deep.problem, /nested too deeply/);
    }
    const flat = linesOf('x.md', `${'-'.repeat(200)}\n${'['.repeat(20_000)}\n`);
    assert.ok(!('problem' in flat));
    assert.equal(flat.length, 1);
    const large = linesOf('x.md', 'x'.repeat(600 * 1024));
    assert.ok('problem' in large);
    assert.match(large.problem, /larger than 512 kB/);
  });
});

describe('skarp import', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'skarp.json': '{ "product": {} }\n',
      'ics.md': table('| 5.1-1 | M | Y | Each unit has its own. |', '| 5.2-1 | M | Y | It is on our page. |'),
    });
  });
  afterEach(() => {
    folder.remove();
  });

  it('shows what it would write, and writes it only when asked', () => {
    const shown = folder.run(['import', 'ics.md']);
    assert.equal(shown.err, '');
    assert.match(shown.out, /^ {2}5\.1-1 {5}met\n {12}Each unit has its own\.$/m);
    assert.match(shown.out, /2 declarations for skarp\.checklist\.yaml; --write --by NAME writes them\n$/);
    assert.ok(!folder.files().includes(FILE));
    assert.equal(folder.run(['import', 'ics.md', '--write']).status, 2);
    assert.ok(!folder.files().includes(FILE));
    assert.match(folder.run(['import', 'ics.md', '--write', '--by', 'Ada']).out, /2 declarations written/);
    assert.match(
      folder.bytes(FILE).toString('utf8'),
      /"5\.2-1":\n {4}declared: met\n {4}because: It is on our page\.\n/,
    );
  });

  it('never writes over what is declared', () => {
    folder.run(['declare', '5.1-1', 'not-met', '--because', 'I looked', '--by', 'Bo']);
    const { out } = folder.run(['import', 'ics.md', '--write', '--by', 'Ada']);
    assert.match(out, /1 declaration written to .*\n1 left as they are declared there already\n$/);
    assert.match(folder.bytes(FILE).toString('utf8'), /declared: not-met\n {4}because: I looked/);
  });

  it('takes every provision of a whole statement as makers lay it out, and nothing of what stands around it', () => {
    const row = (id: string, support: string): string =>
      `| **Provision ${id}** | M C (14) F (a) | **${support}** | Feature (a) applies as \`a-b\` is used ($2^{64}$). Cross-reference: **ixit_1-AuthMech** / **Test_Group_${id}.md**. |`;
    const ids = catalogue.standard.provisions.flatMap(({ labels }) => labels['v3.1.1']);
    const head =
      '| Reference           | Status | Support | Detail  |\n|---------------------|--------|---------|---------|';
    folder.write(
      'whole.md',
      [
        '# Implementation Conformance Statement (ICS)\n\n* **Support**: Claim of implemented support:\n  * **Y**: Supported.\n  * **N/A**: Not applicable.\n\n---\n',
        `#### 5.0 Reporting implementation\n\n${head}\n${row(ids[0] ?? '', 'Y')}\n`,
        `#### The others\n\n${head}\n${ids
          .slice(1)
          .map((id, at) => row(id, at % 5 === 0 ? 'N/A' : 'Y'))
          .join('\n')}\n`,
        '* **3**: software components are not updateable;\n* **aa)** 5.1-1 is no row here.\n',
      ].join('\n'),
    );
    const { status, out, err } = folder.run(['import', 'whole.md', '--write', '--by', 'Ada']);
    assert.deepEqual([status, err], [0, '']);
    assert.ok(ids.length > 70);
    assert.match(out, new RegExp(`${String(ids.length)} declarations written`));
    assert.match(folder.bytes(FILE).toString('utf8'), /"6\.3A":\n {4}declared: (met|not-applicable)\n/);
  });

  it('says in one line what it cannot read', () => {
    folder.write('page.md', '# Nothing here\n');
    folder.write('bytes.md', new Uint8Array([0xff, 0xfe, 0x41]));
    folder.write('large.md', 'a'.repeat(2 * 1024 * 1024));
    for (const [args, problem] of [
      [['none.md'], /none\.md: it does not exist/],
      [['skarp.json'], /neither Markdown nor CSV/],
      [['page.md'], /no table of provisions and answers/],
      [['bytes.md'], /not written in UTF-8/],
      [['large.md'], /large\.md is too large to be /],
      [['.'], /\.: it is not a file; name a Markdown or CSV file/],
    ] as const) {
      const { status, err } = folder.run(['import', ...args]);
      assert.equal(status, 2);
      assert.match(err, problem);
      assert.equal(err.split('\n').length, 2);
    }
  });
});
