/** Standings: what findings and evidence make of a provision, and what they do not. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import type { ProvisionId } from '../rules/kit/index.js';
import { buildChecklist } from '../server/src/checklist/checklist.js';
import type { Entry } from '../server/src/checklist/declarations.js';
import type { Checklist, ChecklistRow } from '../server/src/checklist/model.js';
import type { Report, ReportFinding } from '../server/src/report/model.js';

const RANGE = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };

const SAID: Entry = { declared: 'met', because: 'so', by: 'Ada', on: '2026-01-02' };

/** A provision that code can show, and one that it can only hint at. */
const SHOWN = provisionThatCode('show');
const HINTED = provisionThatCode('hint');

function provisionThatCode(canShow: 'show' | 'hint'): ProvisionId {
  const found = catalogue.standard.provisions.find((each) => each.canShow === canShow && each.heading === 5);
  assert.ok(found);
  return found.id;
}

const finding = (provision: ProvisionId, more: Partial<ReportFinding> = {}): ReportFinding => ({
  rule: 'made-up',
  severity: 'error',
  message: 'made up',
  file: 'a.c',
  product: '.',
  range: RANGE,
  material: 'product',
  provisions: [provision],
  labels: {},
  headings: [5],
  cwe: [],
  fingerprint: `print-${provision}`,
  path: [],
  fixes: [],
  ...more,
});

const shown = (provision: ProvisionId): Report['evidence'][number] => ({
  rule: 'made-up',
  provision,
  file: 'a.c',
  product: '.',
  range: RANGE,
  shows: 'a control',
});

interface Asked {
  readonly product?: string;
  readonly edition?: string;
  readonly declared?: Readonly<Record<string, Partial<Entry>>>;
}

function checklist(
  findings: readonly ReportFinding[],
  evidence: Report['evidence'] = [],
  { product = '.', edition = 'v3.1.1', declared = {} }: Asked = {},
): Checklist {
  const report: Report = {
    schema: 'skarp-report/1',
    tool: { name: 'skarp', version: '0.0.0', rules: 0 },
    root: '.',
    scope: 'whole',
    findings,
    evidence,
    notAnalysed: [],
    summary: {
      files: 0,
      filesSkipped: 0,
      functions: 0,
      functionsAnalysed: 0,
      findings: { error: 0, warning: 0, info: 0 },
    },
  };
  const declarations = new Map(
    Object.entries(declared).map(([id, entry]) => [id as ProvisionId, { ...SAID, ...entry }]),
  );
  return buildChecklist({
    report,
    standard: catalogue.standard,
    rulesOn: catalogue.rules,
    edition,
    product,
    declarations,
    today: '2026-11-27',
  });
}

function row(list: Checklist, id: ProvisionId): ChecklistRow {
  const found = list.rows.find((each) => each.id === id);
  assert.ok(found);
  return found;
}

describe('the standing of a provision', () => {
  it('is open without findings and evidence: silence is no evidence', () => {
    assert.equal(row(checklist([]), SHOWN).standing, 'open');
  });

  it('is violated by a finding, whatever evidence there is', () => {
    const { standing, findings, evidence } = row(checklist([finding(SHOWN)], [shown(SHOWN)]), SHOWN);
    assert.equal(standing, 'violated');
    assert.deepEqual(findings, [`print-${SHOWN}`]);
    assert.equal(evidence.length, 1);
  });

  it('is supported by evidence where code can show it', () => {
    assert.equal(row(checklist([], [shown(SHOWN)]), SHOWN).standing, 'supported');
  });

  it('stays open with evidence where code can only hint at it', () => {
    assert.equal(row(checklist([], [shown(HINTED)]), HINTED).standing, 'open');
  });

  it('is not supported while a finding is suppressed', () => {
    const suppressed = finding(SHOWN, { suppressed: { reason: 'lab' } });
    const { standing, findings } = row(checklist([suppressed], [shown(SHOWN)]), SHOWN);
    assert.equal(standing, 'open');
    assert.deepEqual(findings, []);
  });

  it('is not touched by what is only info, test code or example code', () => {
    const others = [
      finding(SHOWN, { severity: 'info' }),
      finding(SHOWN, { material: 'test' }),
      finding(SHOWN, { material: 'example' }),
    ];
    assert.equal(row(checklist(others, [shown(SHOWN)]), SHOWN).standing, 'supported');
  });

  it('is not touched by findings of other provisions', () => {
    assert.equal(row(checklist([finding(HINTED)]), SHOWN).standing, 'open');
  });

  it('is not touched by findings of another product', () => {
    const elsewhere = finding(SHOWN, { product: 'other' });
    assert.equal(row(checklist([elsewhere], [], { product: 'mine' }), SHOWN).standing, 'open');
    assert.equal(row(checklist([elsewhere], [], { product: 'other' }), SHOWN).standing, 'violated');
    assert.equal(row(checklist([elsewhere]), SHOWN).standing, 'violated');
  });
});

describe('what a declaration makes of a standing', () => {
  const standing = (word: Entry['declared'], ...more: Parameters<typeof checklist> | []): string =>
    row(checklist(more[0] ?? [], more[1] ?? [], { declared: { [SHOWN]: { declared: word } } }), SHOWN)
      .standing;
  const audit = catalogue.rules.find((rule) => rule.in === 'audit')?.id ?? '';
  const suppressed = finding(SHOWN, { suppressed: { reason: 'lab' } });

  for (const [what, is, expected] of [
    ['a declaration alone declares', standing('met'), 'declared'],
    ['partly declares', standing('partly'), 'declared'],
    ['not met declares', standing('not-met'), 'declared'],
    ['not applicable says so', standing('not-applicable'), 'not-applicable'],
    ['not applicable goes before a finding', standing('not-applicable', [finding(SHOWN)]), 'not-applicable'],
    ['met is contradicted by a finding', standing('met', [finding(SHOWN)]), 'contradicted'],
    [
      'evidence in code does not help against it',
      standing('met', [finding(SHOWN)], [shown(SHOWN)]),
      'contradicted',
    ],
    ['partly is not contradicted but violated', standing('partly', [finding(SHOWN)]), 'violated'],
    ['not met is violated by a finding', standing('not-met', [finding(SHOWN)]), 'violated'],
    [
      'a rule of the audit contradicts nobody',
      standing('met', [finding(SHOWN, { rule: audit })]),
      'violated',
    ],
    ['a suppressed finding contradicts nobody', standing('met', [suppressed]), 'declared'],
    [
      'a suppressed finding blocks support, not the declaration',
      standing('met', [suppressed], [shown(SHOWN)]),
      'declared',
    ],
    ['code that shows it goes before words', standing('met', [], [shown(SHOWN)]), 'supported'],
    [
      'a maker who says partly knows more than code shows',
      standing('partly', [], [shown(SHOWN)]),
      'declared',
    ],
    ['a maker who says not met does too', standing('not-met', [], [shown(SHOWN)]), 'declared'],
  ] as const)
    it(what, () => {
      assert.equal(is, expected);
    });

  it('goes into the row, an overdue review marked', () => {
    const said = (reviewBy: string): ChecklistRow['declaration'] =>
      row(checklist([], [], { declared: { [SHOWN]: { 'review-by': reviewBy, owner: 'PSIRT' } } }), SHOWN)
        .declaration;
    const common = { ...SAID, owner: 'PSIRT', evidence: [] };
    assert.deepEqual(said('2026-11-27'), { ...common, reviewBy: '2026-11-27' });
    assert.deepEqual(said('2026-11-26'), { ...common, reviewBy: '2026-11-26', expired: true });
  });
});

describe('the standing of a provision in one of several products', () => {
  it('is not supported by evidence of another product', () => {
    const elsewhere = { ...shown(SHOWN), file: 'mine/a.c', product: 'mine' };
    assert.equal(row(checklist([], [elsewhere], { product: 'other' }), SHOWN).standing, 'open');
    assert.equal(row(checklist([], [elsewhere], { product: 'mine' }), SHOWN).standing, 'supported');
  });
});

describe('the checklist', () => {
  it('has all thirteen headings, with their labels in the first and the current edition', () => {
    const { headings } = checklist([]);
    assert.deepEqual(
      headings.filter(({ heading }) => heading > 0).map(({ heading }) => heading),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    );
    const five = headings.find(({ heading }) => heading === 5);
    assert.deepEqual([five?.labels['v1.1.1'], five?.labels['v3.1.1']], ['4.5', '5.5']);
  });

  it('has every provision of its edition and none that the edition does not know', () => {
    for (const edition of ['v1.1.1', 'v2.1.1', 'v3.1.1'] as const) {
      const expected = catalogue.standard.provisions.filter(({ labels }) => labels[edition].length > 0);
      assert.deepEqual(
        checklist([], [], { edition }).rows.map(({ id }) => id),
        expected.map(({ id }) => id),
      );
    }
  });

  it('gives a heading the worst standing of its rows and counts each finding once', () => {
    const two = finding(SHOWN, { provisions: [SHOWN, HINTED] });
    const five = checklist([two]).headings.find(({ heading }) => heading === 5);
    assert.equal(five?.standing, 'violated');
    assert.equal(five.findings, 1);
  });

  it('says how many rules look at a heading', () => {
    for (const { heading, rules } of checklist([]).headings)
      assert.equal(rules, catalogue.rules.filter((rule) => rule.heading === heading).length);
  });
});
