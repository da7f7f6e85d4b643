/** Texts that nobody writes and somebody sends: they cost little, and the rest of the product is analysed all the same. */
import assert from 'node:assert/strict';
import type { Call } from '../../rules/kit/index.js';
import { contentsOf, hear, valuesOf } from '../support/seen.js';

/** Brackets that never close: the grammar's query would take time with the square of their depth. */
const UNCLOSED = 1_000_000;

const HOSTILE: Readonly<Record<string, string>> = {
  '50,000 nested parentheses': `use(${'('.repeat(50_000)}1${')'.repeat(50_000)});`,
  'parentheses that never close': `use(1); ${'('.repeat(UNCLOSED)}`,
  'braces that never close': `use(1); ${'{'.repeat(UNCLOSED)}`,
  'brackets that never close': `use(1); ${'['.repeat(UNCLOSED)}`,
  'calls that never close': `use(1); ${'use('.repeat(UNCLOSED)}`,
  '100,000 parentheses that were never opened': `use(1); ${')'.repeat(100_000)}`,
  'quotes without an end': `use(1); ${'"'.repeat(20_001)}`,
  'a comment without an end': `use(1); /* ${'x '.repeat(100_000)}`,
  'NUL characters': 'use(1); \0\0 use("a\0b"); \0',
  'lone surrogates': 'use("\ud800"); \udfff\ud83d use(1);',
  'a line of three million characters': `use("${'x'.repeat(3_000_000)}");`,
  'a sum of 20,000 terms': `use(${'1+'.repeat(20_000)}1);`,
  'a member chain of 5,000 links': `use(a${'.b'.repeat(5_000)});`,
  '5,000 calls inside each other': `${'use('.repeat(5_000)}1${')'.repeat(5_000)};`,
  '1,000 calls inside each other': `${'use('.repeat(1_000)}1${')'.repeat(1_000)};`,
  'a chain of 20,000 calls': `a${'.use(1)'.repeat(20_000)};`,
  '20,000 uses of one variable': `int x = 1; ${'use(x); '.repeat(20_000)}`,
  '200 calls inside each other': `${'use('.repeat(200)}1${')'.repeat(200)};`,
  '5,000 blocks inside each other': `${'{'.repeat(5_000)}use(1);${'}'.repeat(5_000)}`,
  '10,000 negations': `use(${'!'.repeat(10_000)}1);`,
  '5,000 conditionals inside each other': `use(${'a?1:'.repeat(5_000)}1);`,
  '20,000 calls': 'use(1);'.repeat(20_000),
};

const listen = { call: { use: valuesOf, 'gadget.use': valuesOf } };

describe('hostile input', () => {
  for (const [what, code] of Object.entries(HOSTILE)) {
    it(`${what} in C: another file is analysed all the same`, async () => {
      const { problems } = await hear(
        { 'a.c': `void f(void) { ${code} }`, 'b.c': 'void g(void) { use(77); }' },
        listen,
      );
      assert.equal(problems.at(-1)?.problem.says, '77');
    });
    it(`${what} in TypeScript: another file is analysed all the same`, async () => {
      const use = "import { use } from 'gadget';";
      const { problems } = await hear(
        { 'a.ts': `${use} function f() { ${code} }`, 'b.ts': `${use} use(77);` },
        listen,
      );
      assert.equal(problems.at(-1)?.problem.says, '77');
    });
  }

  it('macros that double each other are given up, not worked out', async () => {
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `#define A${String(index + 1)} A${String(index)} A${String(index)}`,
    );
    const { problems } = await hear(
      { 'a.c': `#define A0 "a"\n${doubling.join('\n')}\nvoid f(void) { use(A40); use(A2); }` },
      listen,
    );
    assert.deepEqual(
      problems.map(({ problem }) => problem.says),
      ['?', 'aaaa'],
    );
  });

  it('initialisers that hold each other are given up, and what they begin with is known', async () => {
    const text = [
      '#define B { .mode = 1, .x = B, .y = B }',
      'void f(void) { gadget_config_t c = { .net = B }; gadget_start(&c); }',
    ];
    const { problems } = await hear({ 'a.c': text.join('\n') }, { thing: { gadget_config_t: contentsOf } });
    assert.match(problems[0]?.problem.says ?? '', /^open net=\? net\.mode=1 net\.x=\? /);
  });

  it('constants that double each other are given up, not worked out', async () => {
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `const a${String(index + 1)} = a${String(index)} + a${String(index)};`,
    );
    const { problems } = await hear(
      { 'a.ts': `import { use } from 'gadget'; const a0 = 'a'; ${doubling.join(' ')} use(a40); use(a2);` },
      listen,
    );
    assert.deepEqual(
      problems.map(({ problem }) => problem.says),
      ['?', 'aaaa'],
    );
  });

  it('1,000 variables of one name in scopes of their own keep their own values', async () => {
    const scopes = Array.from({ length: 1_000 }, (_, index) => `{ int x = ${String(index)}; use(x); }`);
    const { problems } = await hear({ 'a.c': `void f(void) { ${scopes.join(' ')} }` }, listen);
    assert.equal(problems.length, 1_000);
    assert.equal(problems[321]?.problem.says, '321');
  });

  it('what a variable is that is worth itself is not asked for ever', async () => {
    const kindOf = (call: Call): string => call.args[0]?.literal ?? '?';
    const { problems } = await hear(
      { 'a.c': 'void f(void) { use(n % 2); n = n % 2; use("a"); }' },
      { call: { use: kindOf } },
    );
    assert.deepEqual(
      problems.map(({ problem }) => problem.says),
      ['?', 'string'],
    );
  });
});
