/** What a C rule sees of names: callees through `#define`s, constants through headers. */
import { rows, seenInC, valuesInC } from '../support/seen.js';

const run = (call: string): string => `void f(void) { ${call}; }`;

describe('C: a callee behind a #define', () => {
  rows(valuesInC, {
    'is seen through an object-like macro': [`#define USE use\n${run('USE(1)')}`, '1'],
    'is seen through a function-like macro that passes its parameters on': [
      `#define USE(a, b) use(a, b)\n${run('USE(1, 2)')}`,
      '1 2',
    ],
    'is seen through a chain of macros': [
      `#define USE(x) SECOND(x)\n#define SECOND THIRD\n#define THIRD use\n${run('USE(1)')}`,
      '1',
    ],
    'is seen through a macro of a header': [
      { 'include/api.h': '#define USE use', 'main.c': `#include "api.h"\n${run('USE(1)')}` },
      '1',
    ],
    'is seen through a macro with a line join and a comment': [
      `#define USE(x) \\\n  use(x) /* as ever */\n${run('USE(1)')}`,
      '1',
    ],
    'is unknown when two definitions differ': [`#define USE use\n#define USE other\n${run('USE(1)')}`],
    'is the one of the same file when another file defines it otherwise': [
      { 'a.c': `#define USE use\n${run('USE(1)')}`, 'b.c': `#define USE other\n${run('USE(2)')}` },
      '1',
    ],
    'is unknown when macros lead in a circle': [`#define USE AGAIN\n#define AGAIN USE\n${run('USE(1)')}`],
    'is not the name of a local function that only looks like it': [
      `static void user(int x) {}\n${run('user(1)')}`,
    ],
    'is seen with the arguments that a macro adds': [
      `#define USE(x) use(0, x)\n#define SWAP(a, b) use(b, (a) + 1)\n${run('USE(1); SWAP(2, 3)')}`,
      '0 1',
      '3 3',
    ],
    'is seen through macros that add arguments to each other': [
      `#define USE(x) ONCE(x, "b")\n#define ONCE(x, y) use(x, y, "c")\n${run('USE("a")')}`,
      'a b c',
    ],
    'is seen through a macro of any number of arguments': [
      `#define USE(fmt, ...) use(fmt, ##__VA_ARGS__)\n#define ALL(...) use(__VA_ARGS__)\n${run('USE("a", 1, 2); USE("b"); ALL(3, 4)')}`,
      'a 1 2',
      'b',
      '3 4',
    ],
    'is seen through brackets, a cast to void and do … while (0)': [
      `#define A(x) (use(x))\n#define B(x) ((void)use(x))\n#define C(x) do { use(x); } while (0)\n${run('A(1); B(2); C(3)')}`,
      '1',
      '2',
      '3',
    ],
    'is unknown behind a macro that does more': [
      `#define USE(x) do { use(x); use(x); } while (0)\n#define SUM(x) (use(x) + 1)\n${run('USE(1); SUM(2)')}`,
    ],
    'is unknown when the macro is given too few arguments': [`#define USE(a, b) use(a, b)\n${run('USE(1)')}`],
    'is the macro of the file that is included when another file defines it otherwise': [
      {
        'a/api.h': '#define USE(x) use(x, "a")',
        'b/api.h': '#define USE(x) use(x, "b")',
        'main.c': `#include "b/api.h"\n${run('USE(1)')}`,
      },
      '1 b',
    ],
    'FN a call through a function pointer is not followed': [run('void (*call)(int) = use; call(1)')],
  });
});

describe('C: a constant behind a #define', () => {
  rows(valuesInC, {
    'is followed to its literal': [`#define KEY "k"\n${run('use(KEY)')}`, 'k'],
    'is followed through a chain': [`#define KEY FIRST\n#define FIRST "k"\n${run('use(KEY)')}`, 'k'],
    'is followed into a header that includes nothing of note': [
      { 'config.h': '#define KEY "k"', 'main.c': `#include "config.h"\n${run('use(KEY)')}` },
      'k',
    ],
    'is unknown when two definitions in one file differ': [
      `#if A\n#define KEY "a"\n#else\n#define KEY "b"\n#endif\n${run('use(KEY)')}`,
      '?',
    ],
    'is known when two definitions agree': [`#define KEY "a"\n#define KEY "a"\n${run('use(KEY)')}`, 'a'],
    'is the one of the nearest folder': [
      {
        'a/config.h': '#define KEY "a"',
        'a/main.c': run('use(KEY)'),
        'b/config.h': '#define KEY "b"',
        'b/main.c': run('use(KEY)'),
      },
      'a',
      'b',
    ],
    'is unknown where two folders are equally near': [
      { 'a/config.h': '#define KEY "a"', 'b/config.h': '#define KEY "b"', 'main.c': run('use(KEY)') },
      '?',
    ],
    'is unknown when macros lead in a circle': [`#define A B\n#define B A\n${run('use(A)')}`, '?'],
    'is unknown for a flag without a value': [`#define KEY\n${run('use(KEY)')}`, '?'],
    'is not the macro where a local variable has its name': [
      `#define key "macro"\nvoid f(const char *key) { use(key); }`,
      '?',
    ],
  });
});

describe('C: the value of a literal', () => {
  rows(valuesInC, {
    'of neighbouring strings is joined': [run('use("a" "b")'), 'ab'],
    'of strings and macros is joined': [
      `#define HOST "h"\n${run('use("mqtt://" HOST ":1883")')}`,
      'mqtt://h:1883',
    ],
    'of strings joined inside a macro': [`#define A "a"\n#define URL A "b"\n${run('use(URL)')}`, 'ab'],
    'of a string has its escapes undone': [run('use("a\\tb\\x41\\101\\"")'), 'a\tbAA"'],
    'of a string with a prefix': [run('use(L"w", u8"u")'), 'w u'],
    'of a number is decimal, whatever its base and suffix': [
      run('use(0x10UL, 010, 0b11, 7u, 1.5f)'),
      '16 8 3 7 1.5',
    ],
    'of a negative number keeps its sign': [run('use(-1, -(2))'), '-1 -2'],
    'of a negative number behind a macro': [`#define A -1\n#define B (-2)\n${run('use(A, B)')}`, '-1 -2'],
    'of a character is its code': [run("use('a', '\\n', '\\0')"), '97 10 0'],
    'of arithmetic is computed': [
      run('use(4 * 256, 1 + 2, 5 - 9, 7 / 2, 1 << 4, 5 | 2, 6 & 3)'),
      '1024 3 -4 3 16 7 2',
    ],
    'of arithmetic over macros is computed': [`#define N 4\n${run('use(N * 256, (N + 1))')}`, '1024 5'],
    'of true, false and NULL': [run('use(true, false, NULL)'), 'true false null'],
    'of a cast is the value that is cast': [run('use((uint8_t)5, (char *)"k")'), '5 k'],
    'of a division by zero is unknown': [run('use(1 / 0)'), '?'],
    'of either branch of a conditional is unknown': [run('use(c ? 1 : 2)'), '?'],
    'of sizeof is unknown': [run('use(sizeof(int))'), '?'],
    'of a call is unknown': [run('use(other(1))'), '?'],
    'of arithmetic inside a macro is computed': [`#define N (4 * 256)\n${run('use(N)')}`, '1024'],
    'of the negative of a macro is computed': [`#define N 4\n${run('use(-N)')}`, '-4'],
    'of complement and remainder is computed': [run('use(~0, 7 % 2)'), '-1 1'],
    'of an element of a constant array is known': [
      `static const char *const KEYS[] = { "a", "b" };\n${run('use(KEYS[0], KEYS[1], KEYS[2])')}`,
      'a b ?',
    ],
  });
});

describe('C: the value of a variable', () => {
  rows(valuesInC, {
    'given once where it is declared is known': [run('int n = 5; use(n)'), '5'],
    'given once later is known': [run('const char *key; key = "k"; use(key)'), 'k'],
    'of the file is known': ['static const char key[] = "k"; void f(void) { use(key); }', 'k'],
    'in a declaration of several is its own': [run('int a = 1, b = 2; use(a, b)'), '1 2'],
    'given through another variable is known': [run('int a = 1; int b = a; use(b)'), '1'],
    'given twice is unknown': [run('int n = 5; n = 6; use(n)'), '?'],
    'given in two branches is unknown': [run('int n; if (c) n = 1; else n = 2; use(n)'), '?'],
    'counted up is unknown': [run('int n = 5; n++; use(n)'), '?'],
    'changed in a loop is unknown': [run('for (int i = 0; i < 3; i++) use(i)'), '?'],
    'changed by another function is unknown': [
      'static int n = 5; void g(void) { n = 6; } void f(void) { use(n); }',
      '?',
    ],
    'whose address was given away is unknown': [run('int n = 5; other(&n); use(n)'), '?'],
    'that a function may have filled is unknown': [run('char key[8] = "k"; other(key); use(key)'), '?'],
    'without a value is unknown': [run('char key[8]; use(key)'), '?'],
    'of an outer scope is hidden by an inner one': [
      run('int n = 5; { int n = 6; use(n); } use(n)'),
      '6',
      '5',
    ],
    'of the file is hidden by a parameter': ['int n = 3; void f(int n) { use(n); }', '?'],
    'that #ifs choose is unknown behind them': [
      'void f(void) {\n#if A\n int n = 3;\n#else\n int n = 4;\n#endif\n use(n); }',
      '?',
    ],
    'that #ifs choose is known among them': [
      'void f(void) {\n#if A\n int n = 3; use(n);\n#else\n int n = 4;\n#endif\n}',
      '3',
    ],
    'that #ifs choose for the whole file is unknown': [
      '#if A\nstatic const int n = 3;\n#else\nstatic const int n = 4;\n#endif\nvoid f(void) { use(n); }',
      '?',
    ],
    'a parameter is unknown': ['void f(int n) { use(n); }', '?'],
    'that leads back to itself is unknown': ['int a = b; int b = a; void f(void) { use(a); }', '?'],
    'a field of a struct is known': [run('struct s c = { .a = 5 }; use(c.a)'), '5'],
    'a field set later is known': [run('struct s c; c.a = 5; use(c.a)'), '5'],
    'of a number given by value to a function stays, but not of one given to a macro': [
      run('int n = 5; other(n); use(n); int m = 5; OTHER(m); use(m)'),
      '5',
      '?',
    ],
    'of a constant of another file is known': [
      { 'a.c': 'const int N = 5;', 'b.c': 'extern const int N; void f(void) { use(N); }' },
      '5',
    ],
    'is unknown once a pointer may write it': [run('int n = 1; int *p = &n; *p = 2; use(n)'), '?'],
    'is unknown once an element is written': [run('char key[8] = "abc"; key[0] = 1; use(key)'), '?'],
    'is unknown once a function may have filled the buffer': [
      'static char key[8] = "k"; void f(void) { other(key); use(key); }',
      '?',
    ],
  });
});

describe('C: what was written where', () => {
  rows(
    (files) =>
      seenInC(files, {
        call: {
          use: ({ args: [value] }) => `${value?.names.join(' ') ?? ''} @ ${value?.origin?.file ?? 'here'}`,
        },
      }),
    {
      'every name on the way is told, the first as written': [
        { 'config.h': '#define KEY FIRST\n#define FIRST "k"', 'main.c': run('use(KEY)') },
        'KEY FIRST @ config.h',
      ],
      'a literal has no names and no other place': [run('use("k")'), ' @ here'],
    },
  );
});
