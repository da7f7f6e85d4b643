/** The top-level items of a C text, found by brackets alone. */
import assert from 'node:assert/strict';
import { frontOf } from '../../support/c-front.js';

/** `kind: text` of each item, white space made single. */
const itemsIn = (text: string): string[] => {
  const source = frontOf(text);
  return source.items.map(
    ({ kind, start, end }) => `${kind}: ${text.slice(start, end).replace(/\s+/g, ' ')}`,
  );
};

const table = (cases: Readonly<Record<string, readonly [string, ...string[]]>>): void => {
  for (const [behaviour, [text, ...expected]] of Object.entries(cases))
    it(behaviour, () => {
      assert.deepEqual(itemsIn(text), expected);
    });
};

describe('C items', () => {
  table({
    'are functions, declarations and macro calls': [
      'int a;\nint f(void) { a; }\nMACRO(x)\nstruct s { int b; };',
      'other: int a;',
      'function: int f(void) { a; }',
      'macro: MACRO(x)',
      'other: struct s { int b; };',
    ],
    'begin behind comments and directives': ['/* int x; */\n#include "a.h"\nint a;\n// end', 'other: int a;'],
    'are not cut by braces and semicolons in strings and comments': [
      'char *a = "};" /* }; */;\nint b;',
      'other: char *a = "};" /* }; */;',
      'other: int b;',
    ],
    'of an initialiser end with its semicolon': [
      'int t[] = { f(a), { 1 } };',
      'other: int t[] = { f(a), { 1 } };',
    ],
    'of the old style hold their parameters': [
      'int f(a, b) int a; char *b; { g(); }',
      'function: int f(a, b) int a; char *b; { g(); }',
    ],
    'in extern "C" stand by themselves': [
      'extern "C" {\nint a;\nint f(void) {}\n}\nint b;',
      'other: int a;',
      'function: int f(void) {}',
      'other: int b;',
    ],
    'that declare a function are none that have a body': [
      'int f(int (*g)(void));',
      'other: int f(int (*g)(void));',
    ],
    'without a semicolon are macro calls': [
      'FIRST(a, (b))\nSECOND(c);\nstatic int d;',
      'macro: FIRST(a, (b))',
      'macro: SECOND(c);',
      'other: static int d;',
    ],
    'may begin with a word alone on its line, which is none of theirs': [
      'BEGIN_DECLS\nint a;\nint f(void) {}',
      'other: int a;',
      'function: int f(void) {}',
    ],
    'with an initialiser behind a macro end with its brace': [
      'RESOURCE(x) { .path = "/x" }\nint a;',
      'other: RESOURCE(x) { .path = "/x" }',
      'other: int a;',
    ],
    'are all there when nobody closes a brace': [
      'int f(void) {\n  if (a) {\n}\nint g(void) {\n  b();\n}\n',
      'function: int f(void) { if (a) { }',
      'function: int g(void) { b(); }',
    ],
    'are all there when a brace is one too many': [
      'int f(void) { } }\nint a;',
      'function: int f(void) { }',
      'other: int a;',
    ],
    'of nothing but brackets are none': ['} ) ] ;', 'other: ) ] ;'],
  });
});

describe('C items and conditions', () => {
  table({
    'stand by themselves in each branch': [
      '#if A\nint f(void) {}\n#else\nint g(void) {}\n#endif\nint h(void) {}',
      'function: int f(void) {}',
      'function: int g(void) {}',
      'function: int h(void) {}',
    ],
    'hold all branches of a signature that is split': [
      '#if A\nint f(int a)\n#else\nint f(void)\n#endif\n{\n  g();\n}\nint h;',
      'function: int f(int a) #else int f(void) #endif { g(); }',
      'other: int h;',
    ],
    'begin within a branch and end behind it': [
      '#if A\nint f(void) {\n#else\nint g(void) {\n#endif\n}\nint h;',
      'function: int f(void) { #else int g(void) { #endif }',
      'other: int h;',
    ],
    'are not fooled by braces of #if 0': [
      'int f(void) {\n#if 0\n  if (a) {\n#endif\n}\nint g(void) {}',
      'function: int f(void) { #if 0 if (a) { #endif }',
      'function: int g(void) {}',
    ],
    'close once what each branch closes': [
      'int f(void) {\n  if (a) {\n#if A\n  }\n#else\n  b(); }\n#endif\n}\nint g;',
      'function: int f(void) { if (a) { #if A } #else b(); } #endif }',
      'other: int g;',
    ],
    'may end in each branch': [
      'int a =\n#if A\n  1;\n#else\n  2;\n#endif\nint b;',
      'other: int a = #if A 1; #else 2; #endif',
      'other: int b;',
    ],
    'may hold rows under conditions': [
      'int t[] = {\n#ifdef A\n  1,\n#endif\n  2\n};\nint b;',
      'other: int t[] = { #ifdef A 1, #endif 2 };',
      'other: int b;',
    ],
  });
});
