/**
 * What the makers of the sample devices hand out: every export of a complete checklist, byte for byte.
 *
 * `UPDATE_GOLDEN=1` writes them and the excerpt in README.md anew; read the difference before it is committed.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SaidInFile } from '../server/src/checklist/declarations.js';
import type { Audience, ExportFormat } from '../server/src/checklist/export/formats.js';
import { exported } from '../server/src/checklist/export/index.js';
import { missingIn, statementOf } from '../server/src/checklist/export/statement.js';
import type { Checklist, ChecklistRow } from '../server/src/checklist/model.js';
import { ROLES, WORDS } from '../server/src/checklist/words.js';
import { NodeHost } from '../server/src/host/node.js';
import { ixitIn } from '../server/src/proposed.js';
import { Folder } from './support/cli.js';
import { readCycloneDx } from './support/cyclonedx.js';
import { DEVICES, deviceSession, pathOf, wasmFolder } from './support/devices.js';
import { readOscal } from './support/oscal.js';
import { validatorOf } from './support/schemas.js';

/** Exports carry the day and the version; reviews are due by the day. */
const DAY = '2026-12-01';
const VERSION = '0.1.0';
const IS_WRITTEN = process.env['UPDATE_GOLDEN'] === '1';

const golden = join(import.meta.dirname, 'golden');
const readme = join(import.meta.dirname, '../README.md');

const FILES: Readonly<Record<string, readonly [ExportFormat, Audience]>> = {
  'customer.html': ['html', 'customer'],
  'customer.md': ['markdown', 'customer'],
  'assessor.html': ['html', 'assessor'],
  'assessor.md': ['markdown', 'assessor'],
  'statement.csv': ['csv', 'assessor'],
  'oscal.json': ['oscal', 'assessor'],
  'cyclonedx.json': ['cyclonedx', 'assessor'],
};

interface Device {
  readonly said: SaidInFile;
  readonly list: Checklist;
  /** The text of each export, by the name of its file. */
  readonly exports: ReadonlyMap<string, string>;
}

async function deviceOf(device: string): Promise<Device> {
  const session = await deviceSession(device, { today: DAY, version: VERSION });
  const said = await session.declared();
  assert.ok('declarations' in said, 'problem' in said ? said.problem : '');
  const report = session.report();
  const plain = session.checklist('.', report, undefined, said.declarations);
  const list = { ...plain, ixit: await ixitIn(new NodeHost(pathOf(device), wasmFolder), session) };
  const exports = new Map([['checklist.json', `${JSON.stringify(list, undefined, 2)}\n`]]);
  for (const [name, [format, audience]] of Object.entries(FILES)) {
    const statement = statementOf(list, report, {
      product: session.config.name ?? device,
      date: DAY,
      draft: false,
    });
    exports.set(name, exported(statement, format, audience));
  }
  return { said, list: plain, exports };
}

/** Long texts are told apart by their first line that differs. */
function isAsWritten(path: string, text: string): void {
  if (IS_WRITTEN) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
  const expected = readFileSync(path, 'utf8');
  if (text === expected) return;
  const [lines, asked] = [text.split('\n'), expected.split('\n')];
  const at = asked.findIndex((line, index) => line !== lines[index]);
  const line = at < 0 ? asked.length : at;
  assert.equal(
    lines[line],
    asked[line],
    `${path}:${String(line + 1)} differs; UPDATE_GOLDEN=1 writes it anew`,
  );
  assert.fail(`${path} differs; UPDATE_GOLDEN=1 writes it anew`);
}

for (const name of DEVICES)
  describe(`the checklist of ${name}`, function () {
    this.timeout(120_000);
    let device: Device;
    before(async () => {
      device = await deviceOf(name);
    });
    const rowsThat = (are: (row: ChecklistRow) => boolean): string[] =>
      device.list.rows.filter(are).map(({ id }) => id);

    it('is complete: nothing is missing, and each feature of the product is said', () => {
      assert.deepEqual(missingIn(device.list), []);
      assert.deepEqual(device.list.unanswered, []);
      assert.deepEqual(
        rowsThat(({ standing }) => standing === 'open'),
        [],
      );
    });

    it('is one as makers have: all words, owners, days of review, answers of each role', () => {
      const all = [...device.said.declarations.values()];
      for (const word of WORDS)
        assert.ok(
          all.some(({ declared }) => declared === word),
          word,
        );
      assert.ok(all.every((each) => each.owner !== undefined && each['review-by'] !== undefined));
      assert.deepEqual(Object.keys(device.said.answers).sort(), [...ROLES].sort());
      assert.notDeepEqual(
        rowsThat(({ standing }) => standing === 'contradicted'),
        [],
      );
      assert.deepEqual(
        rowsThat(({ declaration }) => declaration?.expired === true).length,
        1,
        'one review is overdue',
      );
    });

    it('rests on evidence that is what it was, as a user sees it', () => {
      const folder = new Folder();
      try {
        const ran = folder.run(['checklist', pathOf(name), '--format', 'csv', '--verify']);
        assert.deepEqual([ran.status, ran.err], [0, '']);
      } finally {
        folder.remove();
      }
    });

    for (const file of ['checklist.json', ...Object.keys(FILES)])
      it(`makes ${file} to the letter`, () => {
        isAsWritten(join(golden, name, file), device.exports.get(file) ?? '');
      });

    it('makes JSON that holds to what is published of it', () => {
      const text = (file: string): string => device.exports.get(file) ?? '';
      const valid = validatorOf('skarp-checklist');
      assert.ok(valid(JSON.parse(text('checklist.json'))), JSON.stringify(valid.errors));
      assert.equal(readOscal(text('oscal.json')).metadata.title.startsWith('DRAFT'), false);
      assert.ok(readCycloneDx(text('cyclonedx.json')).declarations.evidence.length > 0);
    });
  });

describe('the report for customers in README.md', () => {
  const BEGIN = '<!-- rows of test/golden/gateway-node/customer.md, written by its test -->';
  const END = '<!-- prettier-ignore-end -->';

  it('is that of the sample device', () => {
    const report = readFileSync(join(golden, 'gateway-node/customer.md'), 'utf8').split('\n');
    const excerptOf = (page: string): string => page.split(BEGIN)[1]?.split(END)[0] ?? '';
    const page = readFileSync(readme, 'utf8');
    const firstCell = (row: string): string => row.split(' | ')[0] ?? '';
    const rows = excerptOf(page)
      .split('\n')
      .map((row) => {
        if (row === '' || report.includes(row)) return row;
        return report.find((each) => firstCell(each) === firstCell(row)) ?? `not in the report: ${row}`;
      });
    if (IS_WRITTEN)
      writeFileSync(
        readme,
        page.replace(excerptOf(page), () => rows.join('\n')),
      );
    assert.ok(rows.some((row) => row.startsWith('| 5.')));
    assert.equal(excerptOf(readFileSync(readme, 'utf8')), rows.join('\n'), 'UPDATE_GOLDEN=1 writes it anew');
  });
});
