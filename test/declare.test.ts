/** Declarations: what `skarp.checklist.yaml` may hold, what is refused with its place, and that writing loses nothing. */
import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsOf from 'ajv-formats';
import fc from 'fast-check';
import { parse } from 'yaml';
import { catalogue } from '../rules/index.js';
import { type Entry, readDeclarations } from '../server/src/checklist/declarations.js';
import { declare } from '../server/src/checklist/declare.js';
import { evidenceHash } from '../server/src/checklist/evidence.js';
import { Folder } from './support/cli.js';

const { standard } = catalogue;
const FILE = 'skarp.checklist.yaml';
const SAID: Entry = { declared: 'met', because: 'it is so', by: 'Ada', on: '2026-11-27' };
const HASH = 'a'.repeat(64);

const KEPT = `# Of the thermostat.
schema: 1 # the only one

# What we say of it.
declarations:
  # Asked by customer X.
  "5.5-1": # heading 5
    declared: partly # until June
    because: >-
      Only the cloud link.
      The service port follows.
    by: 'Ada' # product security
    on: 2026-01-02
    evidence:
      # signed
      - file: docs/tls.md # in the wiki too
        sha256: ${HASH}

  # Behind everything.
  "5.2-1":
    because: page
    declared: met
    by: Grace
    on: 2026-01-03
# The end.
`;

/** One declaration with some lines of its own. */
const holding = (...lines: string[]): string =>
  ['schema: 1', 'declarations:', '  "5.5-1":', ...lines.map((line) => `    ${line}`), ''].join('\n');
const WHOLE = ['declared: met', 'because: so', 'by: Ada', 'on: 2026-01-02'];

function problemOf(text: string): string {
  const read = readDeclarations(FILE, text, standard);
  return 'problem' in read ? read.problem : 'no problem';
}

function written(
  text: string,
  id: '5.5-1' | '5.1-1' | '5.2-1' | '6.1' = '5.5-1',
  said: Entry = SAID,
): string {
  const result = declare(FILE, text, id, said, standard);
  assert.ok('text' in result, 'problem' in result ? result.problem : '');
  return result.text;
}

const commentsOf = (text: string): string[] => [...text.matchAll(/#[^\r\n]*/g)].map(([each]) => each).sort();

function entriesOf(text: string): Record<string, Entry> {
  const read = readDeclarations(FILE, text, standard);
  assert.ok('declarations' in read, 'problem' in read ? read.problem : '');
  return Object.fromEntries(read.declarations);
}

describe('skarp.checklist.yaml', () => {
  it('is read with all that it says', () => {
    assert.deepEqual(entriesOf(KEPT)['5.5-1'], {
      declared: 'partly',
      because: 'Only the cloud link. The service port follows.',
      by: 'Ada',
      on: '2026-01-02',
      evidence: [{ file: 'docs/tls.md', sha256: HASH }],
    });
  });

  it('may be JSON, all on one line', () => {
    const all = Object.fromEntries(standard.provisions.map(({ id }) => [id, SAID]));
    assert.deepEqual(entriesOf(JSON.stringify({ schema: 1, declarations: all })), all);
  });

  it('may be empty, or hold comments only', () => {
    for (const text of ['', '# later\n', 'schema: 1\n', 'schema: 1\ndeclarations:\n'])
      assert.deepEqual(entriesOf(text), {});
  });

  for (const [what, text, says] of [
    [
      'broken YAML',
      'schema: 1\ndeclarations: "5.5-1\n',
      /^skarp\.checklist\.yaml:3:1: .*quote.*; correct it and run again$/,
    ],
    [
      'a tab that indents',
      'schema: 1\ndeclarations:\n\t"5.5-1": x\n',
      /^skarp\.checklist\.yaml:3:1: tabs are not allowed/,
    ],
    [
      'a provision that does not exist',
      holding(...WHOLE).replace('5.5-1', '5.5-19'),
      /:3:3: 5\.5-19 is no provision; the nearest are 5\.5-1, /,
    ],
    [
      'a label of another edition',
      holding(...WHOLE).replace('5.5-1', '4.2-1'),
      /:3:3: 4\.2-1 is a label of edition v1\.1\.1; write "5\.2-1";/,
    ],
    [
      'a label that became several',
      holding(...WHOLE).replace('5.5-1', '5.3-4'),
      /:3:3: 5\.3-4 is .* v2\.1\.1; write "5\.3-4A" or "5\.3-4B";/,
    ],
    [
      'a provision that stands twice',
      `${holding(...WHOLE)}  "5.5-1":\n    declared: met\n`,
      /:8:3: 5\.5-1 stands twice in declarations; keep one;/,
    ],
    [
      'a field that stands twice',
      holding(...WHOLE, 'by: Grace'),
      /:8:5: by stands twice in 5\.5-1; keep one;/,
    ],
    ['an unquoted 6.1', holding(...WHOLE).replace('"5.5-1"', '6.1'), /:3:3: put 6\.1 in quotes: "6\.1";/],
    [
      'an unquoted 6.10, which YAML takes for 6.1',
      holding(...WHOLE).replace('"5.5-1"', '6.10'),
      /:3:3: put 6\.10 in quotes: "6\.10";/,
    ],
    [
      'evidence outside the workspace',
      holding(...WHOLE, 'evidence:', '  - file: ../secret.md', `    sha256: ${HASH}`),
      /:9:15: declarations › 5\.5-1 › evidence › 0 › file: evidence is a file in the product's folder/,
    ],
    [
      'evidence by an absolute path',
      holding(...WHOLE, 'evidence:', '  - file: /etc/passwd', `    sha256: ${HASH}`),
      /:9:15: .*evidence is a file in the product's folder/,
    ],
    [
      'evidence by a path of Windows',
      holding(...WHOLE, 'evidence:', '  - file: C:\\x.md', `    sha256: ${HASH}`),
      /:9:15: .*evidence is a file in the product's folder/,
    ],
    [
      'evidence whose name steers a terminal',
      holding(...WHOLE, 'evidence:', '  - file: "\\e[31m.md"', `    sha256: ${HASH}`),
      /:9:15: .*evidence is a file in the product's folder/,
    ],
    [
      'a hash that is none',
      holding(...WHOLE, 'evidence:', '  - file: a.md', '    sha256: 12ab'),
      /:10:17: .*64 hexadecimal digits/,
    ],
    [
      'a merge conflict',
      `schema: 1\ndeclarations:\n<<<<<<< HEAD\n  "5.5-1": x\n=======\n>>>>>>> b\n`,
      /:3:1: a merge conflict is not resolved;/,
    ],
    [
      'a conflict whose begin somebody deleted',
      `schema: 1\n>>>>>>> b\n`,
      /:2:1: a merge conflict is not resolved;/,
    ],
    [
      'a schema of the future',
      'schema: 2\ndeclarations: {}\nmore: 1\n',
      /:1:9: it is of schema 2, which a newer Skarp wrote; this one reads schema 1;/,
    ],
    ['no schema', 'declarations: {}\n', /:1:1: it must hold `schema: 1`;/],
    ['another kind of file', '- a\n- b\n', /:1:1: it must begin with `schema: 1`;/],
    [
      'a word that is none',
      holding('declared: yes', ...WHOLE.slice(1)),
      /:4:15: declarations › 5\.5-1 › declared: it must be one of met, partly, not-met, not-applicable;/,
    ],
    [
      'a missing reason',
      holding('declared: met', 'by: Ada', 'on: 2026-01-02'),
      /:4:5: declarations › 5\.5-1 › because: it is missing;/,
    ],
    [
      'an empty reason',
      holding('declared: met', 'because: " "', 'by: Ada', 'on: 2026-01-02'),
      /:5:14: .*because: say why;/,
    ],
    [
      'a number as a name',
      holding('declared: met', 'because: so', 'by: 42', 'on: 2026-01-02'),
      /:6:9: .*by: say who declares it, as text; put a number in quotes;/,
    ],
    [
      'a field that is not known',
      holding(...WHOLE, 'reviewed: 2026-01-02'),
      /:8:5: .*reviewed is not known here;/,
    ],
    [
      'a day that no calendar has',
      holding(...WHOLE.slice(0, 3), 'on: 2026-02-30'),
      /:7:9: .*on: a date is written YYYY-MM-DD and exists/,
    ],
    [
      'an alias',
      `schema: 1\ndeclarations:\n  "5.5-1": &a { declared: met, because: so, by: Ada, on: 2026-01-02 }\n  "5.2-1": *a\n`,
      /:4:12: aliases are not read here; write it out;/,
    ],
    ['two documents', 'schema: 1\n---\nschema: 1\n', /:2:1: it holds two documents/],
    ['ten brackets within each other', `schema: ${'['.repeat(10)}`, /:1:17: it is nested too deeply;/],
    ['ten lists within each other', `schema: ${'- '.repeat(10)}`, /:1:\d+: .*;/],
    ['control characters in a key', 'schema: 1\n"\\e[31mred": 1\n', /:2:1: \?\[31mred is not known here;/],
  ] as const)
    it(`is refused with its place for ${what}, and is not overwritten`, () => {
      assert.match(problemOf(text), says);
      assert.doesNotMatch(problemOf(text), /[\n\r]/);
      assert.deepEqual(declare(FILE, text, '5.5-1', SAID, standard), { problem: problemOf(text) });
    });

  const most = (piece: string): string => piece.repeat(Math.floor(250_000 / piece.length));
  for (const [what, text] of [
    ['keys', Array.from({ length: 25_000 }, (_, index) => `k${String(index)}: 1`).join('\n')],
    ['brackets', most('[')],
    ['braces', most('{a: ')],
    ['lists within each other', most('- ')],
    ['keys within each other', most('? ')],
    ['indentations', Array.from({ length: 600 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['quotes', most('"')],
    ['ampersands', most('&a ')],
    ['exclamation marks', most('!')],
    ['comments', most('#\n')],
    ['empty lines', most('\n')],
    ['directives', most('%A b\n')],
    ['documents', most('---\n')],
    ['flow keys', `{${most('a, ')}}`],
    ['characters', `a: ${'b'.repeat(300_000)}`],
  ] as const)
    it(`is judged in time where a hostile file has very many ${what}`, function () {
      this.timeout(10_000);
      assert.match(`${problemOf(text)}\n`, /^(no problem|skarp\.checklist\.yaml:\d+:\d+: .*)\n$/);
    });

  it('has a shipped schema that says the same', () => {
    const path = join(dirname(fileURLToPath(import.meta.url)), '../schemas/skarp.checklist.schema.json');
    const ajv = new Ajv2020({ strict: false });
    (addFormatsOf as unknown as (ajv: Ajv2020) => void)(ajv);
    const valid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    assert.ok(valid(parse(KEPT)), JSON.stringify(valid.errors));
    for (const wrong of [
      holding('declared: yes', ...WHOLE.slice(1)),
      holding(...WHOLE.slice(1)),
      holding(...WHOLE).replace('5.5-1', '5.5-19'),
      holding(...WHOLE, 'more: 1'),
    ])
      assert.equal(valid(parse(wrong)), false, wrong);
  });
});

describe('writing a declaration', () => {
  it('begins a file', () => {
    assert.equal(
      written(''),
      'schema: 1\ndeclarations:\n  "5.5-1":\n    declared: met\n    because: it is so\n    by: Ada\n    on: 2026-11-27\n',
    );
  });

  it('keeps comments, order, quotes and what others said', () => {
    const text = written(KEPT);
    assert.deepEqual(commentsOf(text), commentsOf(KEPT));
    assert.deepEqual(Object.keys(entriesOf(text)), ['5.5-1', '5.2-1']);
    assert.deepEqual(entriesOf(text)['5.2-1'], entriesOf(KEPT)['5.2-1']);
    assert.match(text, /^ {4}declared: met # until June$/m);
    assert.match(text, /^ {4}by: 'Ada' # product security$/m);
    assert.match(text, /^ {4}because: page\n {4}declared: met$/m);
  });

  it('keeps owner, review date and evidence where nothing new is said of them', () => {
    const once = written('', '5.5-1', {
      ...SAID,
      owner: 'PSIRT',
      'review-by': '2027-01-01',
      evidence: [{ file: 'a.md', sha256: HASH }],
    });
    const again = written(once, '5.5-1', {
      ...SAID,
      declared: 'partly',
      evidence: [
        { file: 'b.md', sha256: HASH },
        { file: 'a.md', sha256: '1'.repeat(64) },
      ],
    });
    assert.deepEqual(entriesOf(again)['5.5-1'], {
      ...SAID,
      declared: 'partly',
      owner: 'PSIRT',
      'review-by': '2027-01-01',
      evidence: [
        { file: 'a.md', sha256: '1'.repeat(64) },
        { file: 'b.md', sha256: HASH },
      ],
    });
  });

  it('puts a new provision where the standard has it', () => {
    const both = written(written('', '6.1'), '5.1-1');
    assert.deepEqual(Object.keys(entriesOf(written(both, '5.2-1'))), ['5.1-1', '5.2-1', '6.1']);
  });

  it('keeps line ends and the byte order mark', () => {
    const text = written(`\uFEFF${KEPT.replaceAll('\n', '\r\n')}`, '5.1-1');
    assert.ok(text.startsWith('\uFEFF#'));
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.deepEqual(commentsOf(text), commentsOf(KEPT));
  });

  for (const empty of [
    '# only\n\n# this\n',
    'schema: 1\ndeclarations: # none yet\n',
    'schema: 1\ndeclarations: {} # none\n',
  ])
    it(`keeps the comments of ${JSON.stringify(empty)}`, () => {
      const text = written(empty);
      assert.deepEqual(commentsOf(text), commentsOf(empty));
      assert.deepEqual(entriesOf(text), { '5.5-1': SAID });
    });

  it('never throws, and hands out no text of a file that is refused, whatever the file holds', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...'schema: 1|\n|declarations:|  "5.5-1":|    declared: met|: |- |{|}|[|]|# c|&a |*a|"|!x |? |--- |%YAML 2|\t|\r\n|\uFEFF||>|6.1'.split(
          '|',
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const read = readDeclarations(FILE, text, standard);
        const result = declare(FILE, text, '5.5-1', SAID, standard);
        if ('problem' in read) assert.deepEqual(result, read);
        else if ('text' in result)
          assert.deepEqual(entriesOf(result.text)['5.5-1'], { ...read.declarations.get('5.5-1'), ...SAID });
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every comment and every other declaration, whatever people write', () => {
    const note = fc.stringMatching(/^[ A-Za-z0-9:"'[\]{}#-]{0,12}$/);
    const words = fc.string({ minLength: 1, maxLength: 40 }).filter((each) => /\S/.test(each));
    const id = fc.constantFrom('5.1-1', '5.2-1', '5.5-1', '6.1');
    const entry = fc
      .record({ id, reason: words, above: note, beside: note, below: note, inside: note })
      .map(({ id: key, reason, above, beside, below, inside }) => ({
        key,
        text: `  #a${above}\n  "${key}": #b${beside}\n    declared: met\n    #i${inside}\n    because: ${JSON.stringify(reason)} #c${beside}\n    by: Ada\n    on: 2026-01-02\n  #d${below}\n`,
      }));
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 4 }),
        fc.constantFrom('5.1-1', '5.5-1', '6.1'),
        words,
        (entries, target, because) => {
          const text = `#top\nschema: 1\ndeclarations: #of\n${entries.map((each) => each.text).join('')}#end\n`;
          const former = entriesOf(text);
          const after = written(text, target, { ...SAID, because });
          assert.deepEqual(entriesOf(after), { ...former, [target]: { ...SAID, because } });
          assert.deepEqual(commentsWritten(after), commentsWritten(text));
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Comments of the second property, which stand at the end of a line and begin with a letter of their own. */
function commentsWritten(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => /(?:^\s*|: |met |" )(#(?:[abcdi]|top|of|end).*)$/.exec(line)?.[1]?.trimEnd() ?? [])
    .sort();
}

describe('the hash of evidence', () => {
  it('is the same after a checkout with other line ends, and another for another text', () => {
    const hash = (text: string): string => evidenceHash(new TextEncoder().encode(text));
    assert.equal(hash('a\r\nb\r\n'), hash('a\nb\n'));
    assert.notEqual(hash('a\rb'), hash('ab'));
    assert.equal(hash('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('skarp declare', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'main/a.c': 'int a;\n',
      'docs/plan.md': 'a plan\n',
      'sdkconfig.defaults': '',
      '.git/HEAD': '',
    });
  });
  afterEach(() => {
    folder.remove();
  });
  const say = (...more: string[]): string[] => [
    'declare',
    '5.2-1',
    'met',
    '--because',
    'page',
    '--by',
    'Ada',
    ...more,
  ];

  it('writes the checklist of the product, also from a folder within', () => {
    const ran = folder.run(
      say('--owner', 'PSIRT', '--review-by', '2999-01-01', '--evidence', 'docs/plan.md'),
    );
    assert.deepEqual(
      [ran.status, ran.err, ran.out],
      [0, '', '5.2-1 is declared met in skarp.checklist.yaml\n'],
    );
    const { on, ...rest } = entriesOf(folder.bytes(FILE).toString())['5.2-1'] ?? SAID;
    assert.match(on, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(rest, {
      declared: 'met',
      because: 'page',
      by: 'Ada',
      owner: 'PSIRT',
      'review-by': '2999-01-01',
      evidence: [{ file: 'docs/plan.md', sha256: evidenceHash(Buffer.from('a plan\n')) }],
    });
  });

  it('takes the label of another edition', () => {
    const ran = folder.run(['declare', '4.2-1', 'met', '--because', 'page', '--by', 'Ada']);
    assert.equal(ran.out, '5.2-1 is declared met in skarp.checklist.yaml\n');
  });

  it('finds the product above the working folder', () => {
    const ran = folder.run(say('--evidence', '../docs/plan.md'), { within: 'main' });
    assert.equal(ran.out, '5.2-1 is declared met in ../skarp.checklist.yaml\n');
    assert.deepEqual(
      folder.files().filter((file) => file.endsWith('.yaml')),
      [FILE],
    );
  });

  it('asks for a new date when the review is overdue', () => {
    folder.write(FILE, written('', '5.2-1', { ...SAID, 'review-by': '2020-01-01' }));
    const ran = folder.run(say());
    assert.equal(ran.status, 2);
    assert.match(
      ran.err,
      /^skarp: the review was due on 2020-01-01; say with --review-by when the next one is\n$/,
    );
  });

  for (const [what, args, says] of [
    [
      'an unknown provision',
      ['declare', '5.2-9', 'met', '--because', 'x', '--by', 'y'],
      /^skarp: 5\.2-9 is no provision; the nearest are 5\.2-1, 5\.2-2, 5\.2-3\n$/,
    ],
    [
      'a label that became several',
      ['declare', '4.5-1', 'met', '--because', 'x', '--by', 'y'],
      /^skarp: 4\.5-1 of edition v1\.1\.1 has become 5\.5-1, 5\.5-6, 5\.5-7; declare each\n$/,
    ],
    [
      'a word that is none',
      ['declare', '5.2-1', 'done', '--because', 'x', '--by', 'y'],
      /^skarp: .*done.*met, partly, not-met, not-applicable.*\n$/,
    ],
    ['no reason', ['declare', '5.2-1', 'met', '--by', 'y'], /^skarp: .*--because.*\n$/],
    [
      'an empty reason',
      ['declare', '5.2-1', 'met', '--because', ' ', '--by', 'y'],
      /^skarp: --because is empty; say it in words\n$/,
    ],
    [
      'a date that is none',
      say('--review-by', '2027-02-30'),
      /^skarp: --review-by 2027-02-30 is no date; write YYYY-MM-DD\n$/,
    ],
    ['missing evidence', say('--evidence', 'gone.md'), /^skarp: gone\.md: it does not exist; .*\n$/],
    ['a folder as evidence', say('--evidence', 'docs'), /^skarp: docs: it is not a file; .*\n$/],
    [
      'evidence outside',
      say('--evidence', '/etc/hosts'),
      /^skarp: \/etc\/hosts lies outside the product in .*; copy it there .*\n$/,
    ],
    [
      'evidence by a link that leads out',
      say('--evidence', 'out.md'),
      /^skarp: out\.md: it is reached through a symbolic link; .*\n$/,
    ],
    [
      'evidence in a folder that leads out',
      say('--evidence', 'away/hosts'),
      /^skarp: away\/hosts lies outside the product .*\n$/,
    ],
    [
      'evidence that is too large',
      say('--evidence', 'large.bin'),
      /^skarp: large\.bin: it is larger than 32 MB; .*\n$/,
    ],
  ] as const)
    it(`refuses ${what} in one line and writes nothing`, () => {
      symlinkSync('/etc/hosts', folder.at('out.md'));
      symlinkSync('/etc', folder.at('away'));
      if (what.endsWith('too large')) folder.write('large.bin', new Uint8Array(33 * 1024 * 1024));
      folder.write(FILE, KEPT);
      const ran = folder.run(args);
      assert.equal(ran.status, 2);
      assert.equal(ran.out, '');
      assert.match(ran.err, says);
      assert.equal(folder.bytes(FILE).toString(), KEPT);
    });

  it('leaves a file alone that it cannot read, byte by byte', () => {
    for (const bytes of [Buffer.from('schema: 9\n'), Buffer.from([0x61, 0xff, 0xfe, 0x62])]) {
      folder.write(FILE, bytes);
      const ran = folder.run(say());
      assert.equal(ran.status, 2);
      assert.match(ran.err, /^skarp: skarp\.checklist\.yaml.*\n$/);
      assert.deepEqual(folder.bytes(FILE), bytes);
    }
    assert.deepEqual(
      folder.files().filter((file) => file.includes('.tmp')),
      [],
    );
  });

  it('does not write through a symbolic link', () => {
    folder.write('elsewhere.yaml', 'schema: 1\n');
    symlinkSync(folder.at('elsewhere.yaml'), folder.at(FILE));
    const ran = folder.run(say());
    assert.equal(ran.status, 2);
    assert.match(ran.err, /^skarp: skarp\.checklist\.yaml is not a plain file; .*\n$/);
    assert.equal(folder.bytes('elsewhere.yaml').toString(), 'schema: 1\n');
  });
});
