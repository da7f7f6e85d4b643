/** Where a C call stands: what becomes of its result, its `#if`s, its function, and what a syntax error spares. */
import assert from 'node:assert/strict';
import { hear, rows, seenInC, type Files } from '../support/seen.js';

const inF = (code: string): string => `int f(void) { ${code} }`;
const results = (files: Files): Promise<string[]> => seenInC(files, { call: { use: (call) => call.result } });

describe('C: the result of a call', () => {
  rows(results, {
    'of a bare statement is not looked at': [
      inF('use(1); (use(2)); use(3), use(4);'),
      'no',
      'no',
      'no',
      'no',
    ],
    'cast to void is discarded': [inF('(void)use(1);'), 'discarded'],
    'in a condition is checked': [
      inF('if (use(1)) {} while (!use(2)) {} do {} while (use(3)); switch (use(4)) {} if (a && use(5)) {}'),
      ...Array<string>(5).fill('checked'),
    ],
    'compared is checked': [inF('int ok = use(1) == 0; use(2) ? a() : b();'), 'checked', 'checked'],
    'given to a checking macro is checked': [inF('GADGET_CHECK(use(1));'), 'checked'],
    'given to a macro that checks elsewhere and does nothing in this product is not': [
      `#define GADGET_CHECK(x) do { (void)(x); } while (0)\n${inF('GADGET_CHECK(use(1)); a = GADGET_CHECK(use(2));')}`,
      'no',
      'used',
    ],
    'given to a macro that one definition of the product gives more is checked': [
      `#ifdef NDEBUG\n#define GADGET_CHECK(x) (x)\n#else\n#define GADGET_CHECK(x) if ((x) != 0) abort()\n#endif\n${inF('GADGET_CHECK(use(1));')}`,
      'checked',
    ],
    'kept, passed on or returned is used': [
      inF('int a = use(1); a = use(2); other(use(3)); b = (int)use(4); return use(5);'),
      ...Array<string>(5).fill('used'),
    ],
    'FN in the condition of a for loop counts as used only': [inF('for (; use(1);) {}'), 'used'],
  });
});

/** `function / condition` of every call of `use`. */
async function places(text: string): Promise<string[]> {
  const { problems } = await hear({ 'main.c': text }, { call: { use: () => '' } });
  return problems.map(({ func, condition }) => `${func ?? '-'} / ${condition ?? '-'}`);
}

describe('C: the condition of a finding', () => {
  rows((files) => places(files as string), {
    'is the #if around it': [
      '#if A > 1\nvoid f(void) { use(1); }\n#endif\nvoid g(void) { use(2); }',
      'f / A > 1',
      'g / -',
    ],
    'is turned round in the #else': [
      '#ifdef A\nvoid f(void) { use(1); }\n#else\nvoid g(void) { use(1); }\n#endif',
      'f / A',
      'g / !(A)',
    ],
    'is turned round for #ifndef': ['#ifndef A\nvoid f(void) { use(1); }\n#endif', 'f / !(A)'],
    'holds what was said before an #elif': [
      '#if A\n#elif B\nvoid f(void) { use(1); }\n#else\nvoid g(void) { use(2); }\n#endif',
      'f / !(A) && B',
      'g / !(A) && !(B)',
    ],
    'joins nested ones, the outer first': [
      '#if A\n#if defined(B)\nvoid f(void) { use(1); }\n#endif\n#endif',
      'f / A && defined(B)',
    ],
    'stands inside functions too': [
      'void f(void) {\n#ifdef A\n  use(1);\n#endif\n  use(2);\n}',
      'f / A',
      'f / -',
    ],
    'of an include guard is none': [
      '#ifndef GADGET_H\n#define GADGET_H\nstatic inline void f(void) { use(1); }\n#endif',
      'f / -',
    ],
  });
});

describe('C: the function of a finding', () => {
  rows((files) => places(files as string), {
    'is the one around it': ['static int *f(int a) { return use(a); }', 'f / -'],
    'is none at the top of the file': ['int x = use(1);', '- / -'],
    'is named behind attributes': [
      '__attribute__((noinline)) static int f(int a) { return use(a); }',
      'f / -',
    ],
    'is named in the old style': ['int f(a) int a; { return use(a); }', 'f / -'],
    'FP a function that returns a function pointer is given a whole declarator as its name': [
      'int (*f(int a))(void) { return use(a); }',
      '(*f(int a)) / -',
    ],
    'is named behind an attribute macro, known or not': [
      'static void IRAM_ATTR f(void) { use(1); }\nOUR_API(x) void OUR_ATTR g(void) { use(1); }',
      'f / -',
      'g / -',
    ],
    'is named by a macro that defines it': ['ISR(TIMER1_vect, 3) { use(1); }', 'ISR(TIMER1_vect) / -'],
  });
});

describe('C: a syntax error', () => {
  const after = '\nvoid g(void) { use(7); }';
  for (const [what, broken] of Object.entries({
    'in an expression': 'void f(void) { use( ; }',
    'of stray characters': 'void f(void) { int x = @@; }',
    'of a missing brace': 'void f(void) {\n\n',
    'of a brace too many': '}',
    'of an unknown macro at the top': 'DECLARE_THINGS(a, b)\nMORE(c)',
    'of an #if that splits an if': 'void f(void) {\n#ifdef A\nif (x) {\n#else\nif (y) {\n#endif\n}\n}',
    'of C++': 'class A { public: void f(); };\ntemplate <typename T> T id(T t) { return t; }',
  }))
    it(`${what} leaves the rest of the file analysed`, async () => {
      assert.deepEqual((await places(broken + after)).at(-1), 'g / -');
    });

  it('is told as a stretch that was not analysed', async () => {
    const { gaps } = await hear(
      { 'main.c': `void f(void) { int x = @@; }${after}` },
      { call: { use: () => '' } },
    );
    assert.ok(gaps > 0);
  });

  it('is not made by an #if that splits an if', async () => {
    assert.deepEqual(
      await places('void f(void) {\n#ifdef A\nif (x) {\n#else\nif (y) {\n#endif\nuse(1);\n}\n}'),
      ['f / -'],
    );
  });
});
