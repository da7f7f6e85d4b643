/** Where a TypeScript call stands: what becomes of its result, its function, and what a syntax error spares. */
import assert from 'node:assert/strict';
import { hear, rows, seenInTs, type Files } from '../support/seen.js';

const use = "import { use } from 'gadget';\n";
const results = (files: Files): Promise<string[]> =>
  seenInTs(use + (files as string), { call: { 'gadget.use': (call) => call.result } });

describe('TypeScript: the result of a call', () => {
  rows(results, {
    'of a bare statement is not looked at, awaited or not': [
      'use(1); await use(2); (use(3));',
      'no',
      'no',
      'no',
    ],
    'thrown away by void is discarded': ['void use(1);', 'discarded'],
    'in a condition is checked': [
      'if (use(1)) {} while (await use(2)) {} if (!use(3)) {} if (a && use(4)) {}',
      ...Array<string>(4).fill('checked'),
    ],
    'compared or defaulted is checked': [
      'const a = use(1) === 0; const b = use(2) ?? 1; const c = use(3) ? 1 : 2;',
      'checked',
      'checked',
      'checked',
    ],
    'kept, passed on, chained or returned is used': [
      'const f = () => { let a = use(1); a = use(2); other(use(3)); use(4).then(); return use(5); };',
      ...Array<string>(5).fill('used'),
    ],
    'of an arrow function without braces is used': ['const f = () => use(1);', 'used'],
    'FN in the condition of a for loop counts as used only': ['for (; use(1);) {}', 'used'],
  });
});

async function functions(text: string, file = 'main.ts'): Promise<string[]> {
  const { problems } = await hear({ [file]: use + text }, { call: { 'gadget.use': () => '' } });
  return problems.map(({ func }) => func ?? '-');
}

describe('TypeScript: the function of a finding', () => {
  rows((files) => functions(files as string), {
    'is a declared one': ['function f() { use(1); }', 'f'],
    'is a generator': ['async function* f() { use(1); }', 'f'],
    'is a method, an accessor or the constructor': [
      'class A { f() { use(1); } get g() { return use(2); } constructor() { use(3); } }',
      'f',
      'g',
      'constructor',
    ],
    'is named by its variable, field or key': [
      'const f = () => use(1); const g = function () { use(2); }; class A { h = () => use(3); } const o = { i() { use(4); }, j: () => use(5) };',
      'f',
      'g',
      'h',
      'i',
      'j',
    ],
    'is none at the top of the file': ['use(1);', '-'],
    'is the named one around a callback': ['function f() { all.map(() => { use(1); }); }', 'f'],
  });
});

describe('TypeScript: a syntax error', () => {
  for (const [what, broken] of Object.entries({
    'in an expression': 'function f() { const x = ; }',
    'of a missing brace': 'function f() { ',
    'of a brace too many': '}',
    'of stray characters': 'const x = 5 § 6;',
    'of a conflict marker': '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> b',
  }))
    it(`${what} leaves the rest of the file analysed`, async () => {
      assert.equal((await functions(`${broken}\nfunction g() { use(7); }`)).at(-1), 'g');
    });

  it('is told as a stretch that was not analysed', async () => {
    const { gaps } = await hear(
      { 'main.ts': `${use} const x = ; use(1);` },
      { call: { 'gadget.use': () => '' } },
    );
    assert.ok(gaps > 0);
  });
});

describe('TypeScript: newer and rarer syntax', () => {
  for (const [what, text, file] of [
    ['decorators', '@Dec() class A { @Prop() x = 1; f(@P() a) { use(1); } }', 'main.ts'],
    ['overloads', 'function f(a: string): void; function f(a: any) { use(1); }', 'main.ts'],
    ['abstract classes', 'abstract class A { abstract e(): void; f() { use(1); } }', 'main.ts'],
    ['angle bracket casts', 'function f() { use(<any>y); }', 'main.ts'],
    ['generic arrows in .tsx', 'const f = <T,>(a: T) => use(a);', 'main.tsx'],
    ['using declarations', 'function f() { using x = open(); use(x); }', 'main.ts'],
    ['hashbangs in .mjs', 'function f() { use(1); }', 'main.mjs'],
  ] as const)
    it(`of ${what} is read`, async () => {
      assert.deepEqual(await functions(text, file), ['f']);
    });
});
