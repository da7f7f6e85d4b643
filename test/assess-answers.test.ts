/** What roles answer: written into the checklist, shown beside the code, the widest spread first. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import type { Heading } from '../rules/kit/index.js';
import { answersOf } from '../server/src/assess/answers.js';
import type { HeadingMaturity } from '../server/src/assess/maturity.js';
import { answer } from '../server/src/checklist/answer.js';
import { type Answers, readDeclarations } from '../server/src/checklist/declarations.js';
import type { Checklist } from '../server/src/checklist/model.js';
import { Folder } from './support/cli.js';

const FILE = 'skarp.checklist.yaml';
const { standard } = catalogue;
const said = (level: number, by = 'Ada') => ({ level, by, on: '2026-01-02' });

function written(text: string, heading: Heading, level: number): string {
  const result = answer(FILE, text, 'product', new Map([[heading, said(level)]]), standard);
  assert.ok('text' in result, JSON.stringify(result));
  return result.text;
}

describe('answers in the checklist', () => {
  it('are added to what stands there; comments, order and declarations stay', () => {
    const former = `# ours\nschema: 1\nanswers: # by hand\n  management:\n    "7": { level: 1, by: Bo, on: 2026-01-01 } # unsure\ndeclarations:\n  "5.2-1": { declared: met, because: so, by: Ada, on: 2026-01-01 }\n`;
    const text = written(former, 5, 2);
    for (const line of ['# ours', '# by hand', '# unsure']) assert.ok(text.includes(line), line);
    const read = readDeclarations(FILE, text, standard);
    assert.ok('answers' in read);
    assert.equal(read.declarations.get('5.2-1')?.because, 'so');
    assert.deepEqual(read.answers, {
      management: { 7: { level: 1, by: 'Bo', on: '2026-01-01' } },
      product: { 5: said(2) },
    });
  });

  it('take the place of what the role said before', () => {
    const text = written(written('', 5, 2), 5, 0);
    const read = readDeclarations(FILE, text, standard);
    assert.deepEqual('answers' in read && read.answers, { product: { 5: said(0) } });
    assert.match(text, /^schema: 1\nanswers:\n {2}product:\n {4}"5":\n {6}level: 0\n/);
  });

  for (const [what, lines, problem] of [
    [
      'a heading that is none',
      'product: { "14": { level: 1, by: A, on: 2026-01-01 } }',
      /a heading is a number/,
    ],
    ['a heading without quotes', 'product: { 5: { level: 1, by: A, on: 2026-01-01 } }', /put 5 in quotes/],
    ['a level beyond 3', 'product: { "5": { level: 4, by: A, on: 2026-01-01 } }', /from 0 to 3/],
    ['half a level', 'product: { "5": { level: 1.5, by: A, on: 2026-01-01 } }', /from 0 to 3/],
    ['a role that is none', 'sales: { "5": { level: 1, by: A, on: 2026-01-01 } }', /sales is not known/],
  ] as const)
    it(`are refused with their line: ${what}`, () => {
      const read = readDeclarations(FILE, `schema: 1\nanswers:\n  ${lines}\n`, standard);
      assert.ok('problem' in read);
      assert.match(read.problem, /^skarp\.checklist\.yaml:3:\d+: /);
      assert.match(read.problem, problem);
    });
});

describe('the spread of answers', () => {
  const list = {
    headings: [1, 2, 3, 4].map((heading) => ({ heading, title: `title ${String(heading)}` })),
  } as unknown as Checklist;
  const maturity = [1, 2, 3].map((heading) => ({ heading, level: 0 })) as unknown as HeadingMaturity[];
  const of = (answers: Answers) => answersOf(list, maturity, answers);

  it('is highest less lowest, and absent where one role answers alone', () => {
    const [both, alone] = of({
      engineering: { 1: said(3), 2: said(2) },
      product: { 1: said(2) },
      management: { 1: said(0) },
    });
    assert.deepEqual([both?.heading, both?.spread, both?.code], [1, 3, 0]);
    assert.deepEqual([alone?.heading, alone?.spread], [2, undefined]);
  });

  it('comes widest first; of equal ones, what is furthest from the code', () => {
    const answers = of({
      engineering: { 1: said(1), 2: said(3), 3: said(0) },
      product: { 1: said(1), 2: said(3), 3: said(1) },
    });
    assert.deepEqual(
      answers.map(({ heading }) => heading),
      [3, 2, 1],
    );
  });

  it('has no code where nothing of a heading applies, and nothing where nobody answered', () => {
    assert.equal('code' in (of({ product: { 4: said(1) } })[0] ?? {}), false);
    assert.deepEqual(of({}), []);
  });
});

describe('skarp assess --answer', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'main.c': 'int f(void) { return 1; }\n', 'skarp.json': '{ "product": {} }\n' });
  });
  afterEach(() => {
    folder.remove();
  });
  const given = (role: string, ...pairs: string[]) =>
    folder.run(['assess', '--answer', ...pairs, '--role', role, '--by', 'Ada']);

  it('writes for a role, and assess shows code, roles and spread as text, JSON and a plot', () => {
    assert.equal(
      given('engineering', '5=3', '7=1').out,
      'engineering has answered for 2 headings in skarp.checklist.yaml\n',
    );
    given('management', '5=0', '7=1');
    const { out } = folder.run(['assess']);
    assert.match(out, /code engineering {5}product {2}management {6}spread\n {2}heading 5 +0 +3 +– +0 +3\n/);
    const { answers } = JSON.parse(folder.run(['assess', '--format', 'json']).out) as {
      answers: { heading: number; spread: number }[];
    };
    assert.deepEqual(
      answers.map(({ heading, spread }) => [heading, spread]),
      [
        [5, 3],
        [7, 0],
      ],
    );
    const html = folder.run(['assess', '--format', 'html']).out;
    assert.equal(html.match(/<path class="role (engineering|management)" d="M[^"]+Z">/g)?.length, 2);
    assert.match(html, /<h2>What people answer<\/h2>/);
  });

  it('writes nothing where something is wrong, and says in one line what to do', () => {
    for (const [args, problem] of [
      [['--answer', '14=1', '--role', 'product', '--by', 'A'], /^skarp: 14=1 is no answer; write /],
      [['--answer', '5=4', '--role', 'product', '--by', 'A'], /^skarp: 5=4 is no answer; write /],
      [['--answer', '5=1', '5=2', '--role', 'product', '--by', 'A'], /answered twice/],
      [['--answer', '--role', 'product', '--by', 'A'], /run it on a terminal to be asked/],
      [['--answer', '5=1', '--by', 'A'], /goes with --role and --by/],
      [['--role', 'product'], /go with --answer/],
    ] as const) {
      const { status, err } = folder.run(['assess', ...args]);
      assert.equal(status, 2);
      assert.match(err, problem);
      assert.equal(err.split('\n').length, 2);
    }
    assert.ok(!folder.files().includes(FILE));
  });
});
