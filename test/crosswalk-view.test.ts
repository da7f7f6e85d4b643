/** The checklist through other catalogues: what it groups, what it claims, and what it leaves unsaid. */
import assert from 'node:assert/strict';
import type { Crosswalk } from '../rules/standard/crosswalk/crosswalk.js';
import { crosswalks } from '../rules/standard/crosswalk/index.js';
import { crosswalksFor, placementTable, throughCrosswalks } from '../server/src/checklist/crosswalk.js';
import { catalogueNamed } from '../server/src/checklist/crosswalk-names.js';
import type { Checklist } from '../server/src/checklist/model.js';
import { Folder } from './support/cli.js';
import { deviceSession } from './support/devices.js';
import { validatorOf } from './support/schemas.js';

const CLAIM = /not of conformance/;
const OWN = { confidence: 'J', source: 'our own judgement' } as const;
const PUBLIC = { confidence: 'P', source: 'a paper' } as const;
const TABLES: readonly Crosswalk[] = [
  {
    id: 'one',
    title: 'The One',
    audience: ['medical', 'industrial'],
    level: ['component'],
    identity: 'V',
    cells: [
      { heading: 1, refs: ['R 10', 'R 2'], ...PUBLIC },
      { heading: 1, refs: ['R 1'], ...OWN, note: 'a weak match' },
      { heading: 5, refs: ['R 2'], ...OWN },
      { heading: 9, refs: [], ...OWN },
    ],
  },
  {
    id: 'two',
    title: 'The Two',
    audience: ['medical'],
    level: ['policies'],
    placement: 'J',
    identity: 'R',
    note: 'It is another.',
    cells: [{ heading: 5, refs: [], ...OWN }],
  },
];

describe('the checklist through other catalogues', function () {
  this.timeout(120_000);
  let list: Checklist;
  before(async () => {
    const session = await deviceSession('gateway-node');
    list = session.checklist('.', session.report(), 'v3.1.1', new Map());
  });
  const idsOf = (...headings: number[]): string[] =>
    list.rows.filter(({ heading }) => headings.includes(heading)).map(({ id }) => id);

  it('stands in the order of the places of the other, and a heading may stand under several', () => {
    const view = throughCrosswalks(list, TABLES, { standard: 'one' });
    const [first, second] = view.places ?? [];
    assert.deepEqual(
      view.places?.map(({ ref, cells }) => [ref, ...cells.map(({ heading }) => heading)]),
      [
        ['R 1', 1],
        ['R 2', 1, 5],
        ['R 10', 1],
        [null, 9],
      ],
    );
    assert.deepEqual(second?.rows, idsOf(1, 5));
    assert.deepEqual(first?.cells, [{ heading: 1, ...OWN, note: 'a weak match' }]);
    assert.deepEqual(Object.keys(view.confidence), ['V', 'P', 'J']);
    assert.deepEqual(view.silent, [2, 3, 4, 6, 7, 8, 10, 11, 12, 13, 0]);
  });

  it('has the catalogues of a sector and a level side by side', () => {
    const ids = (asked: Parameters<typeof crosswalksFor>[1]): string[] =>
      crosswalksFor(TABLES, asked).map(({ id }) => id);
    assert.deepEqual(ids({ sector: 'medical' }), ['one', 'two']);
    assert.deepEqual(ids({ sector: 'industrial' }), ['one']);
    assert.deepEqual(ids({ level: 'policies' }), ['two']);
    assert.deepEqual(ids({ sector: 'industrial', level: 'policies' }), []);
    const view = throughCrosswalks(list, TABLES, { sector: 'medical' });
    assert.equal(view.places, undefined);
    assert.deepEqual(
      view.headings.map(({ heading, cells }) => [heading, ...cells.map((cell) => cell.catalogue)]),
      [
        [1, 'one', 'one'],
        [5, 'one', 'two'],
        [9, 'one'],
      ],
    );
  });

  it('loses no cell and no row of any catalogue, and invents none', () => {
    for (const { id, cells } of crosswalks) {
      const view = throughCrosswalks(list, crosswalks, { standard: id });
      const shown = view.headings.flatMap((each) =>
        each.cells.map(({ catalogue: of, ...cell }) => [of, cell]),
      );
      assert.deepEqual(
        shown,
        cells.map((cell) => [id, cell]),
      );
      const placed = view.places?.reduce((sum, place) => sum + place.cells.length, 0);
      assert.equal(
        placed,
        cells.reduce((sum, { refs }) => sum + Math.max(1, refs.length), 0),
      );
      const spoken = (view.places ?? []).flatMap(({ rows }) => rows);
      const all = [...new Set([...spoken, ...idsOf(...view.silent)])].sort();
      assert.deepEqual(all, list.rows.map(({ id: row }) => row).sort(), id);
    }
  });

  it('places every catalogue in the table', () => {
    const placed = placementTable(crosswalks).flatMap(({ levels }) =>
      levels.flatMap(({ catalogues }) => catalogues.map(({ id }) => id)),
    );
    assert.deepEqual([...new Set(placed)].sort(), crosswalks.map(({ id }) => id).sort());
  });

  it('knows a catalogue by its id or its title, however it is written', () => {
    for (const name of ['iso-27001', 'ISO/IEC 27001', 'iso iec 27001'])
      assert.deepEqual(catalogueNamed(crosswalks, name), { id: 'iso-27001' });
    const problem = (name: string): string =>
      (catalogueNamed(crosswalks, name) as { problem: string }).problem;
    assert.match(problem('iso2701'), /^"iso2701" is no catalogue; the nearest are iso-27001, /);
    assert.match(problem('cra'), /the nearest are eu-cra; known are aami-tir-80001-2-2, .*, ul-2900-2-2$/);
    assert.match(problem(''), /^--standard asks for the id of a catalogue; known are .*\bcwe\b/);
    const hostile = problem('\u001b[31m\n');
    assert.ok(!hostile.includes('\u001b') && !hostile.includes('\n'));
  });
});

describe('skarp checklist --standard and --sector', function () {
  this.timeout(120_000);
  let folder: Folder;
  before(() => {
    folder = new Folder({
      'main/link.c': `#include "esp_tls.h"
void open_link(mbedtls_ssl_config *conf) {
  mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
}
`,
    });
  });
  after(() => {
    folder.remove();
  });
  const shown = (...args: string[]): string => {
    const { status, out, err } = folder.run(['checklist', ...args]);
    assert.deepEqual([status, err], [0, '']);
    return out;
  };

  it('reads well in 80 columns, and claims nothing of conformance', () => {
    for (const asked of [
      ['--standard', 'iec-62443-4-2'],
      ['--standard', 'iec-62443-1'],
      ['--sector', 'general'],
      ['--sector', 'medical', '--level', 'component'],
      ['--level', 'policies'],
    ]) {
      const out = shown(...asked);
      assert.match(out, CLAIM);
      assert.deepEqual(
        out.split('\n').filter((line) => line.length > 80),
        [],
      );
    }
  });

  it('shows the rows under the places of the other, with who says so and how sure it is', () => {
    const out = shown('--standard', 'EU-CRA');
    const at = out.slice(out.indexOf('\nPart I (2)(e)\n'), out.indexOf('\nPart I (2)(f)\n'));
    assert.match(at, /5\. Communicate securely \(5\.5\): violated/);
    assert.match(at, /\(chained from public mappings: OWASP ISVS 1\.0, Appendix B\)/);
    assert.match(at, /violated: 5\.5-1\b/);
    assert.match(
      out.replace(/\s+/g, ' '),
      /Annex I says nothing that we could vouch for: Reporting implementation \(5\.0\): open/,
    );
    assert.match(
      shown('--standard', 'iso-15408').replace(/\s+/g, ' '),
      /how we know it: ISO\/IEC 15408 \(Common Criteria\) \(recalled from memory\)\./,
    );
    assert.match(shown('--standard', 'eu-cra', '--edition', 'v1.1.1'), /violated: 4\.5-1\b/);
  });

  it('has it in JSON beside the rows, as the schema says', () => {
    const valid = validatorOf('skarp-checklist');
    const read = (...args: string[]): Checklist => {
      const json = JSON.parse(shown('--format', 'json', ...args)) as Checklist;
      assert.ok(valid(json), JSON.stringify(valid.errors));
      return json;
    };
    const plain = read();
    assert.equal(plain.crosswalk, undefined);
    const { crosswalk, ...rest } = read('--standard', 'uk-psti');
    assert.deepEqual(rest, plain);
    assert.deepEqual(
      crosswalk?.places?.map(({ ref }) => ref),
      ['paragraph 1', 'paragraph 2', 'paragraph 3'],
    );
    const many = read('--sector', 'medical', '--level', 'system').crosswalk;
    assert.deepEqual(many?.asked, { sector: 'medical', level: 'system' });
    assert.match(many.says, CLAIM);
  });

  it('is a column of what people and spreadsheets read', () => {
    for (const format of ['html', 'markdown', 'csv']) {
      const plain = shown('--format', format, '--draft');
      assert.doesNotMatch(plain, CLAIM);
      const one = shown('--format', format, '--draft', '--standard', 'uk-psti');
      assert.match(one, CLAIM);
      assert.match(one, /UK PSTI 2023\/1007, Schedule 1/);
      assert.match(one, /paragraph 1 \(seen in a named source: UK regulations 2023\/1007/);
      assert.match(one, /nothing that we could vouch for/);
      const many = shown('--format', format, '--draft', '--sector', 'maritime');
      assert.match(many, /Other catalogues, sector maritime/);
      assert.match(many, /BIMCO [^:]*: the subject, without a finer place that we know of/);
    }
    const customer = shown('--format', 'html', '--draft', '--for', 'customer', '--standard', 'uk-psti');
    assert.match(customer, CLAIM);
    assert.match(customer, /<th scope="col">UK PSTI 2023\/1007, Schedule 1<\/th>/);
  });

  it('is refused in one line where it cannot be', () => {
    for (const [args, says] of [
      [['--standard', 'nist'], /"nist" is no catalogue; the nearest are nist-csf, .*known are/],
      [['--standard', ''], /known are/],
      [['--sector', 'naval'], /Allowed choices are general, consumer, industrial, medical, maritime/],
      [
        ['--sector', 'maritime', '--level', 'component'],
        /no catalogue stands there; `skarp standards` shows/,
      ],
      [['--standard', 'cwe', '--sector', 'medical'], /choose one$/],
      [['--standard', 'cwe', '--format', 'oscal', '--draft'], /go with --format text, json, html/],
    ] as const) {
      const { status, out, err } = folder.run(['checklist', ...args]);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^skarp: [^\n]*\n$/);
      assert.match(err.trimEnd(), says);
    }
  });

  it('has a list of what there is, by sector and level', () => {
    const { status, out, err } = folder.run(['standards']);
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /^maritime\n {2}general +imo-msc-fal1-circ3\n/m);
    assert.match(out, /^consumer\n {2}general +–\n {2}policies +eu-cra\*, uk-psti\*\n/m);
    assert.match(out, CLAIM);
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    );
    const json = JSON.parse(folder.run(['standards', '--json']).out) as {
      table: { sector: string; levels: { level: string; catalogues: string[] }[] }[];
      catalogues: { id: string; headings: number[] }[];
    };
    assert.deepEqual(json.table.find(({ sector }) => sector === 'industrial')?.levels[0], {
      level: 'general',
      catalogues: ['iec-62443-1'],
    });
    assert.deepEqual(json.catalogues.find(({ id }) => id === 'uk-psti')?.headings, [1, 2, 3]);
  });
});
