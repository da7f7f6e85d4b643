/** Maturity and types, at the edges of their formulas. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Checklist, ChecklistRow, Declared } from '../server/src/checklist/model.js';
import { assess } from '../server/src/assess/assessment.js';
import { maturityOf } from '../server/src/assess/maturity.js';
import { recommendationsOf } from '../server/src/assess/recommended.js';
import { typeOf, typologyOf } from '../server/src/assess/typology.js';
import { Folder } from './support/cli.js';

type Given = Partial<Omit<ChecklistRow, 'declaration'>> & { readonly said?: Partial<Declared> };

const SEEN = [
  {
    rule: 'x',
    file: 'a.c',
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    shows: 'a control',
  },
];

function row({ said, ...given }: Given, at = 0): ChecklistRow {
  return {
    id: `5.5-${String(at + 1)}` as ChecklistRow['id'],
    labels: {},
    heading: 5,
    wording: 'do it',
    status: 'mandatory',
    canShow: 'no',
    applies: { is: 'yes', because: '' },
    standing: said ? 'declared' : 'open',
    findings: [],
    evidence: [],
    ...given,
    ...(said && {
      declaration: { declared: 'met', because: 'so', by: 'me', on: '2026-01-01', evidence: [], ...said },
    }),
  };
}

function checklist(rows: readonly Given[], rules = 3): Checklist {
  return {
    schema: 'skarp-checklist/1',
    edition: 'v3.1.1',
    product: '.',
    headings: [
      {
        heading: 5,
        labels: {},
        title: 'Communicate securely',
        about: '',
        standing: 'open',
        findings: 0,
        evidence: 0,
        rules,
      },
    ],
    rows: rows.map(row),
    unanswered: [],
  };
}

const CI = { inCi: true, loosened: new Set<never>() };
const NO_CI = { ...CI, inCi: false };
const value = (rows: readonly Given[], enforcement = NO_CI, rules = 3): number | undefined =>
  maturityOf(checklist(rows, rules), enforcement)[0]?.value;

describe('maturity of a heading', () => {
  for (const [what, rows, expected] of [
    ['open', [{}], 0],
    ['violated, whatever is declared', [{ standing: 'violated', said: {} }], 0],
    ['declared partly', [{ said: { declared: 'partly' } }], 0],
    ['declared, and the review is overdue', [{ said: { expired: true } }], 0],
    ['declared where code could show it', [{ canShow: 'show', said: {} }], 1],
    ['declared where code hints, and nothing was seen', [{ canShow: 'hint', said: {} }], 1],
    ['declared where code hints, and a control was seen', [{ canShow: 'hint', said: {}, evidence: SEEN }], 2],
    ['declared where no code can show it', [{ said: {} }], 2],
    ['supported by code', [{ canShow: 'show', standing: 'supported' }], 2],
    ['three of four declared', [{}, ...Array<Given>(3).fill({ canShow: 'show', said: {} })], 0.75],
    ['not counting what does not apply', [{ standing: 'not-applicable' }, { said: {} }], 2],
  ] as const)
    it(`is ${String(expected)}: ${what}`, () => {
      assert.equal(value(rows), expected);
    });

  it('is 3 only in a pipeline, with rules, and with none of them off', () => {
    const rows: Given[] = [{ said: {} }];
    assert.equal(value(rows, CI), 3);
    assert.equal(value(rows, NO_CI), 2);
    assert.equal(value(rows, CI, 0), 2);
    assert.equal(value(rows, { inCi: true, loosened: new Set([5 as never]) }), 2);
  });

  it('names the rows that hold it back, mandatory ones first', () => {
    const [heading] = maturityOf(checklist([{ status: 'recommended' }, { said: {} }, {}]), NO_CI);
    assert.deepEqual(heading?.next, ['5.5-3', '5.5-1']);
  });

  it('leaves out a heading of which nothing applies', () => {
    assert.deepEqual(maturityOf(checklist([{ standing: 'not-applicable' }]), CI), []);
  });
});

describe('types of products', () => {
  it('change at one half, on each axis', () => {
    assert.equal(typeOf(0.49, 0.49), 'starter');
    assert.equal(typeOf(0.5, 0.49), 'builder');
    assert.equal(typeOf(0.49, 0.5), 'paper tiger');
    assert.equal(typeOf(0.5, 0.5), 'leader');
  });

  it('count an owner and a review that is not overdue', () => {
    const process = (said: Partial<Declared>): number => typologyOf(checklist([{ said }])).process;
    assert.equal(process({}), 0.5);
    assert.equal(process({ owner: 'Ada' }), 0.75);
    assert.equal(process({ owner: 'Ada', reviewBy: '2027-01-01' }), 1);
    assert.equal(process({ owner: 'Ada', reviewBy: '2025-01-01', expired: true }), 0.75);
    assert.equal(process({ declared: 'partly', owner: 'Ada', reviewBy: '2027-01-01' }), 0.5);
    assert.equal(process({ declared: 'not-met' }), 0.125);
  });

  it('count what code shows in full, and what is only declared by half', () => {
    const code = (given: Given): number => typologyOf(checklist([{ canShow: 'show', ...given }])).code;
    assert.equal(code({ standing: 'supported' }), 1);
    assert.equal(code({ said: {} }), 0.5);
    assert.equal(code({ standing: 'violated', said: {} }), 0);
  });

  it('are starters where there is nothing to judge', () => {
    assert.deepEqual(typologyOf(checklist([])), { type: 'starter', code: 0, process: 0 });
  });

  it('come with what to take first: contradictions, violations, then what is mandatory and open', () => {
    const { first } = assess(
      checklist([
        { status: 'recommended' },
        {},
        { standing: 'violated', findings: ['a'] },
        { standing: 'violated', findings: ['a', 'b'] },
        { standing: 'contradicted', said: {} },
        { said: {} },
      ]),
      NO_CI,
    );
    assert.deepEqual(
      first.map(({ id }) => id),
      ['5.5-5', '5.5-4', '5.5-3', '5.5-2', '5.5-1'],
    );
  });
});

describe('recommendations', () => {
  const MEANT = {
    applies: { is: 'yes', because: 'it applies if there is one, and skarp.json says so' },
  } as const;
  const UNKNOWN = { applies: { is: 'unknown', because: 'it applies if there is one' } } as const;
  const FIRST = { labels: { 'v1.1.1': ['4.5-1'] } };
  const ALL = { applies: { is: 'yes', because: 'it applies to every product' } } as const;
  /** The kind of the first row, which is recommended, and its weight. A mandatory row below is open unless said otherwise. */
  const kind = (given: Given, mandatory: Given = {}): [string, number?] => {
    const list = checklist([{ ...ALL, status: 'recommended', ...given }, mandatory]);
    const { undecided, ...lists } = recommendationsOf(list);
    if (undecided.length > 0) return ['undecided'];
    for (const [name, [first]] of Object.entries(lists)) if (first) return [name, first.weight];
    return ['settled'];
  };

  for (const [what, given, expected] of [
    ['nothing speaks for it', {}, ['mayBeLeft', 0]],
    ['only its condition holds', MEANT, ['mayBeLeft', 1]],
    ['only the first edition asked for it', FIRST, ['mayBeLeft', 1]],
    ['its condition holds, and the first edition asked for it', { ...MEANT, ...FIRST }, ['matter', 2]],
    ['its condition holds, and a control was seen', { ...MEANT, evidence: SEEN }, ['matter', 2]],
    ['the code speaks against it', { standing: 'violated', findings: ['a'] }, ['matter', 2]],
    ['declared met', { said: {} }, ['settled']],
    ['declared met, and the review is overdue', { ...MEANT, said: { expired: true } }, ['mayBeLeft', 1]],
    ['supported', { standing: 'supported' }, ['settled']],
    ['not applicable', { standing: 'not-applicable' }, ['settled']],
    ['left with a reason', { ...MEANT, ...FIRST, said: { declared: 'not-met' } }, ['left', 2]],
    [
      'left, and the review is overdue',
      { ...MEANT, ...FIRST, said: { declared: 'not-met', expired: true } },
      ['matter', 2],
    ],
    [
      'left, and the code speaks against it',
      { standing: 'violated', findings: ['a'], said: { declared: 'not-met' } },
      ['matter', 2],
    ],
    ['nobody knows whether it applies', { ...UNKNOWN, ...FIRST }, ['undecided']],
    [
      'nobody knows, and the code speaks against it',
      { ...UNKNOWN, standing: 'violated', findings: ['a'] },
      ['matter', 2],
    ],
  ] as const)
    it(`are ${expected.join(' ')}: ${what}`, () => {
      assert.deepEqual(kind(given), expected);
    });

  it('weigh more where nothing mandatory under the heading is left to do', () => {
    assert.deepEqual(kind(FIRST, { said: {} }), ['matter', 2]);
    assert.deepEqual(kind(FIRST, { standing: 'violated', findings: ['a'] }), ['mayBeLeft', 1]);
  });

  it('come with the heaviest first, and say why', () => {
    const recommended = { ...ALL, status: 'recommended' } as const;
    const { matter } = recommendationsOf(
      checklist([
        { ...recommended, standing: 'violated', findings: ['a'] },
        { ...recommended, ...FIRST, standing: 'violated', findings: ['a'] },
        {},
      ] as Given[]),
    );
    assert.deepEqual(
      matter.map(({ id, why }) => [id, why]),
      [
        ['5.5-2', ['the code speaks against it', 'it is asked since the first edition']],
        ['5.5-1', ['the code speaks against it']],
      ],
    );
  });
});

describe('skarp assess', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'main/link.c':
        '#include "esp_tls.h"\nvoid f(mbedtls_ssl_config *c) { mbedtls_ssl_conf_authmode(c, MBEDTLS_SSL_VERIFY_NONE); }\n',
    });
  });
  afterEach(() => {
    folder.remove();
  });

  it('tells heading by heading, the type and the next steps, in 80 columns', () => {
    const { status, out, err } = folder.run(['assess']);
    assert.equal(err, '');
    assert.equal(status, 0);
    assert.match(out, /^ {3}5 {2}Communicate securely +░{10} 0\.0 nothing known$/m);
    assert.match(out, /no CI file\s+runs skarp check/);
    assert.match(out, /^This product is a starter {2}code 0 %, process 0 %$/m);
    assert.match(out, /^ {2}5\.5-1 +violated, mandatory$/m);
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    );
  });

  it('is JSON for programs, and a page with a plot that can be read aloud', () => {
    const { typology, headings } = JSON.parse(folder.run(['assess', '--format', 'json']).out) as ReturnType<
      typeof assess
    >;
    assert.equal(typology.type, 'starter');
    assert.equal(headings.length, 13);
    const { out } = folder.run(['assess', '--format', 'html']);
    assert.match(out, /<svg[^>]+role="img" aria-label="Maturity by heading, 0 to 3: heading 1 0\.0, /);
    assert.doesNotMatch(out, /<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it('believes a pipeline only where git tracks it and it is not commented out', () => {
    const git = (...args: string[]): Buffer => execFileSync('git', ['-C', folder.path, ...args]);
    const inCi = (): boolean =>
      (JSON.parse(folder.run(['assess', '--format', 'json']).out) as { inCi: boolean }).inCi;
    const workflow = '.github/workflows/ci.yml';
    git('init', '--quiet');
    folder.write(workflow, 'jobs:\n  lint:\n    steps:\n      - run: npx skarp check --fail-on error\n');
    assert.equal(inCi(), false, 'not tracked');
    git('add', '--force', workflow);
    assert.equal(inCi(), true);
    folder.write(
      workflow,
      'jobs:\n  lint:\n    steps:\n#      - run: npx skarp check\n      - run: npm test\n',
    );
    assert.equal(inCi(), false, 'commented out');
  });

  it('answers in one line what it cannot assess', () => {
    const { status, err } = folder.run(['assess', 'main/link.c']);
    assert.equal(status, 2);
    assert.equal(err, 'skarp: main/link.c is a file; name the folder of a product\n');
  });

  it('calls nothing enforced whose rules the config has off', () => {
    execFileSync('git', ['-C', folder.path, 'init', '--quiet']);
    folder.write('.gitlab-ci.yml', 'lint:\n  script: npx skarp check\n');
    execFileSync('git', ['-C', folder.path, 'add', '--force', '.gitlab-ci.yml']);
    for (const [provision, word] of [
      ['5.12-1', 'not-applicable'],
      ['5.12-2', 'met'],
      ['5.12-3', 'not-applicable'],
    ] as const)
      folder.run(['declare', provision, word, '--because', 'it is so', '--by', 'Ada']);
    assert.match(folder.run(['assess']).out, /^ {2}12 .* 3\.0 enforced$/m);
    folder.write('skarp.json', '{ "rules": { "provisioning-never-stops": "off" } }\n');
    assert.match(folder.run(['assess']).out, /^ {2}12 .* 2\.0 supported$/m);
    folder.write('skarp.json', '{ "headings": { "12": "off" } }\n');
    assert.match(folder.run(['assess']).out, /^ {2}12 .* 2\.0 supported$/m);
  });

  it('passes a gate only where all of the policy holds, and says which line does not', () => {
    assert.equal(
      folder.run(['assess', '--gate']).err,
      'skarp: there is no gate to pass: say what must hold under "gate" in skarp.json\n',
    );
    folder.write('skarp.json', '{ "gate": { "errors": 1, "openMandatory": 99, "maturity": { "5": 0 } } }\n');
    const passed = folder.run(['assess', '--gate']);
    assert.equal(passed.err, '');
    assert.equal(passed.status, 0);
    folder.write(
      'skarp.json',
      '{ "gate": { "errors": 0, "maturity": { "5": 0.5 }, "expiredReviews": 0 } }\n',
    );
    const failed = folder.run(['assess', '--gate']);
    assert.equal(failed.status, 1);
    assert.equal(
      failed.err,
      'skarp: errors: 1, at most 0\nskarp: maturity of heading 5: 0.0, at least 0.5\n',
    );
    const checked = folder.run(['check', '--gate', '--quiet']);
    assert.equal(checked.status, 1);
    assert.equal(checked.err, failed.err);
    folder.write('skarp.json', '{ "gate": { "errors": 1 } }\n');
    assert.equal(folder.run(['check', '--gate', '--quiet']).status, 0, 'instead of --fail-on');
    assert.match(
      folder.run(['check', '--gate', 'main/link.c']).err,
      /^skarp: --gate judges a whole product: /,
    );
    folder.write('skarp.json', '{ "gate": { "maturity": 4 } }\n');
    assert.match(folder.run(['assess', '--gate']).err, /^skarp: skarp\.json:1:\d+: .*\n$/);
  });
});
