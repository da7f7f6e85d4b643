/** What C constants are worth: enumerators, sizes, C's own arithmetic, macros with arguments, and which of several holds. */
import assert from 'node:assert/strict';
import { rows, valuesInC } from '../support/seen.js';
import { MacroTable } from '../../server/src/engine/scan/macro-table.js';
import { scanC } from '../../server/src/engine/scan/scan.js';

const run = (call: string): string => `void f(void) { ${call}; }`;

describe('C: the value of an enumerator', () => {
  rows(valuesInC, {
    'is given or counted': [
      `enum { A, B = 7, C, D = B + 10, E };\n${run('use(A, B, C, D, E)')}`,
      '0 7 8 17 18',
    ],
    'of a named or typedef’d enum is known': [
      `enum color { RED = 1, GREEN };\ntypedef enum mode { OFF, ON } mode_t;\n${run('use(RED, GREEN, OFF, ON)')}`,
      '1 2 0 1',
    ],
    'may be an expression of macros, shifts and others': [
      `#define BASE 0x10\nenum { A = BASE << 2, B = (1 << 3) | A, C = 'a', D = -1, E };\n${run('use(A, B, C, D, E)')}`,
      '64 72 97 -1 0',
    ],
    'of a header is known': [
      {
        'mode.h': 'enum { OFF, /* the default, */ ON, // comment, with comma\n AUTO };',
        'main.c': `#include "mode.h"\n${run('use(AUTO)')}`,
      },
      '2',
    ],
    'of a local enum is known': [run('enum { A = 3 }; use(A)'), '3'],
    'behind an #if is unknown, unless it is given': [
      `enum { A,\n#if X\n B,\n#endif\n C, D = 9, E };\n${run('use(A, C, D, E)')}`,
      '0 ? 9 10',
    ],
    'behind a macro in the list is unknown': [`enum { A, MORE(X) B, C };\n${run('use(A, C)')}`, '0 ?'],
    'that two headers give otherwise is the one that is included': [
      {
        'a/m.h': 'enum { ON = 1 };',
        'b/m.h': 'enum { ON = 2 };',
        'main.c': `#include "b/m.h"\n${run('use(ON)')}`,
      },
      '2',
    ],
    'that two headers give otherwise is unknown': [
      { 'a/m.h': 'enum { ON = 1 };', 'b/m.h': 'enum { ON = 2 };', 'main.c': run('use(ON)') },
      '?',
    ],
    'is not what a local variable of its name holds': [`enum { n = 1 };\nvoid f(int n) { use(n); }`, '?'],
    'in a comment is none': [`/* enum { A = 1 }; */\n${run('use(A)')}`, '?'],
    'that leads to itself is unknown': [`enum { A = B, B = A };\n${run('use(A)')}`, '?'],
  });
});

describe('C: the size of', () => {
  rows(valuesInC, {
    'an array is its elements times their size': [
      `#define N 4\n${run('char a[10]; uint32_t b[N + 1]; uint8_t c[2][3]; use(sizeof(a), sizeof b, sizeof(c), sizeof c[0])')}`,
      '10 20 6 3',
    ],
    'a string is its bytes and one more': [
      `#define KEY "secret"\n${run('use(sizeof("abc"), sizeof KEY, sizeof(KEY) - 1)')}`,
      '4 7 6',
    ],
    'an array that its initialiser sizes': [
      `static const char key[] = "abc"; static const uint16_t all[] = { 1, 2, 3 };\n${run('use(sizeof(key), sizeof(all))')}`,
      '4 6',
    ],
    'an array that its initialiser sizes by places': [
      `static const uint16_t all[] = { [4] = 1, 2, [1] = 3 };\nstatic const char named[] = { [LAST] = 1 };\n${run('use(sizeof(all), sizeof(named))')}`,
      '12 ?',
    ],
    'an array of more numbers than are read is unknown': [
      `static const uint16_t all[] = {\n${'  0x00A4, -1,\n'.repeat(3000)}};\n${run('use(sizeof(all))')}`,
      '?',
    ],
    'an array that a macro of nobody fills is unknown': [
      `static const char all[] = { COMMANDS };\n${run('use(sizeof(all))')}`,
      '?',
    ],
    'a field is what its struct says, in this file or a header': [
      {
        'wifi.h':
          'typedef struct wifi_cfg {\n  uint8_t ssid[32]; /* name */\n  uint8_t password[PASS_LEN];\n} wifi_cfg_t;\n#define PASS_LEN 64',
        'main.c': `#include "wifi.h"\n${run('wifi_cfg_t cfg; struct wifi_cfg *p = &cfg; use(sizeof cfg.password, sizeof(p->ssid))')}`,
      },
      '64 32',
    ],
    'a field of a field': [
      `struct in { char name[12]; };\nstruct out { int a; struct in in; };\n${run('struct out o; use(sizeof(o.in.name))')}`,
      '12',
    ],
    'a type is known where all platforms agree': [
      run('use(sizeof(char), sizeof(uint16_t), sizeof(uint64_t), sizeof(float))'),
      '1 2 8 4',
    ],
    'a type that the platform sizes is unknown': [
      run('use(sizeof(long), sizeof(size_t), sizeof(void *), sizeof(int), sizeof(foo_t))'),
      '? ? ? ? ?',
    ],
    'a pointer or a parameter is unknown': [
      'void f(char p[8], char *q) { char *r = p; use(sizeof(p), sizeof(q), sizeof(r)); }',
      '? ? ?',
    ],
    'a struct is known where packing changes nothing': [
      `struct a { uint8_t x[4]; uint32_t y; };\nstruct b { uint8_t x; uint32_t y; };\nstruct c { struct a a; uint8_t t[4]; };\n${run('use(sizeof(struct a), sizeof(struct b), sizeof(struct c))')}`,
      '8 ? 12',
    ],
    'a struct with an #if, bits or a pointer is unknown': [
      `struct a { uint8_t x;\n#if A\n uint8_t y;\n#endif\n};\nstruct b { uint8_t x : 4; };\nstruct c { char *p; };\n${run('use(sizeof(struct a), sizeof(struct b), sizeof(struct c))')}`,
      '? ? ?',
    ],
    'a typedef’d array or number': [
      `typedef unsigned char u8;\ntypedef u8 mac_t[6];\n${run('mac_t m; u8 b[3]; use(sizeof(m), sizeof(mac_t), sizeof(b))')}`,
      '6 6 3',
    ],
    'an array in elements': [
      `#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))\n${run('int a[5]; struct s b[] = { x, y }; use(ARRAY_SIZE(a), sizeof(a) / sizeof(*a), ARRAY_SIZE(b))')}`,
      '5 5 2',
    ],
    'an array in elements by a macro of the framework': [
      run('int a[5]; use(ARRAY_SIZE(a), LWIP_ARRAYSIZE(a))'),
      '5 5',
    ],
    'an array in elements of another array is unknown': [
      run('int a[5]; int b[2]; use(sizeof(a) / sizeof(b[0]))'),
      '?',
    ],
    'an array of unknown length is unknown': [run('char a[n]; use(sizeof(a))'), '?'],
  });
});

describe('C: arithmetic', () => {
  rows(valuesInC, {
    'has C’s operators and their order': [
      run('use(2 + 3 * 4, (2 + 3) * 4, 7 / 2, -7 / 2, 7 % 3, 1 << 4 | 1, 12 & 10, 12 ^ 10, 64 >> 2, !5, !0)'),
      '14 20 3 -3 1 17 8 6 16 0 1',
    ],
    'compares and chooses': [
      run('use(1 < 2, 2 == 3, 1 && 0, 0 || 2, 4 > 3 ? 10 : 20, 1 ? "a" : "b", c ? 5 : 5)'),
      '1 0 0 1 10 a 5',
    ],
    'wraps unsigned numbers': [
      run('use(0u - 1, ~0u, 0xffffffffu + 2, (uint8_t)300, (uint8_t)-1)'),
      '4294967295 4294967295 1 44 255',
    ],
    'reads signs back': [run('use((int8_t)200, (int16_t)0xffff, (int)0xffffffff)'), '-56 -1 -1'],
    'is unknown where a signed number overflows': [
      run('use(2147483647 + 1, 65536 * 65536, -2147483647 - 2)'),
      '? ? ?',
    ],
    'is unknown where platforms differ': [
      run('use(~0ul, (size_t)-1, (long)0x80000000, sizeof(long) * 2)'),
      '? ? ? ?',
    ],
    'is known where platforms agree': [run('use(60ul * 1000, (size_t)10, 1000L * 60)'), '60000 10 60000'],
    'has 64 bits where it is told so': [
      run('use(65536ll * 65536, 1ull << 40, (uint64_t)1 << 63)'),
      '4294967296 1099511627776 9223372036854775808',
    ],
    'does not shift by more than there is': [
      run('use(1 << 32, 1ull << 64, 1 << -1, 1u << 31)'),
      '? ? ? 2147483648',
    ],
    'keeps what the type of a variable makes of it': [
      run('uint8_t n = 300; bool b = true; use(n, b)'),
      '44 true',
    ],
    'is unknown through a type nobody knows, unless it fits any': [run('use((foo_t)300, (foo_t)5)'), '? 5'],
    'knows the types of C in any order of their words, and those of a least width': [
      run('use((long unsigned int)5, (unsigned short int)65537, (uint_fast16_t)50000, (uint_fast16_t)70000)'),
      '5 1 50000 ?',
    ],
    'is unknown where a number leads to itself': [run('int i = a[i]; int a[] = { 1 }; use(a[i], i)'), '? ?'],
    'of a real number is left alone': [run('use(-1.5, (int)2.9, 1.5 + 1)'), '-1.5 2 ?'],
    'of two characters is unknown': [run("use('ab', '\\xff', 'a' + 1)"), '? ? 98'],
  });
});

describe('C: a macro with arguments', () => {
  rows(valuesInC, {
    'is worked out': [
      `#define KB(x) ((x) * 1024)\n#define MAX(a, b) ((a) > (b) ? (a) : (b))\n${run('use(KB(4), KB(1 + 1), MAX(3, 7))')}`,
      '4096 2048 7',
    ],
    'is worked out inside others': [
      `#define KB(x) ((x) * 1024)\n#define BUF KB(2)\n#define TWICE(x) (KB(x) + KB(x))\n${run('use(BUF, TWICE(1))')}`,
      '2048 2048',
    ],
    'joins strings': [
      `#define TOPIC(x) "dev/" x "/cmd"\n#define ID "7"\n${run('use(TOPIC("a"), TOPIC(ID))')}`,
      'dev/a/cmd dev/7/cmd',
    ],
    'is unknown where missing brackets would tear it apart': [
      `#define BAD(x) x * 2\n#define SUM 1 + 1\n#define TWO (1 + 1)\n${run('use(BAD(1 + 1), BAD(3), SUM * 2, TWO * 2, SUM)')}`,
      '? 6 ? 4 2',
    ],
    'is unknown when it is given what is unknown': [
      `#define KB(x) ((x) * 1024)\nvoid f(int n) { use(KB(n)); }`,
      '?',
    ],
    'sees the variables it is given': [`#define KB(x) ((x) * 1024)\n${run('int n = 2; use(KB(n))')}`, '2048'],
    'is unknown when it leads to itself': [`#define A(x) B(x)\n#define B(x) A(x)\n${run('use(A(1))')}`, '?'],
    'is not a function of the same name': [`int KB(int x) { return x; }\n${run('use(KB(1))')}`, '?'],
  });
});

describe('C: which of several definitions holds', () => {
  rows(valuesInC, {
    'the included one, before the nearer one': [
      {
        'app/config.h': '#define KEY "near"',
        'lib/config.h': '#define KEY "included"',
        'app/main.c': `#include "lib/config.h"\n${run('use(KEY)')}`,
      },
      'included',
    ],
    'one that is included by what is included': [
      {
        'inc/a.h': '#include <deep/b.h>',
        'inc/deep/b.h': '#define KEY "deep"',
        'other/b.h': '#define KEY "other"',
        'src/main.c': `#include "a.h"\n${run('use(KEY)')}`,
      },
      'deep',
    ],
    'none, where two that are included differ': [
      {
        'a.h': '#define KEY "a"',
        'b.h': '#define KEY "b"',
        'main.c': `#include "a.h"\n#include "b.h"\n${run('use(KEY)')}`,
      },
      '?',
    ],
    'the firm one, before one that gives way': [
      {
        'app.h': '#define PORT 8883',
        'defaults.h': '#ifndef PORT\n#define PORT 1883\n#endif',
        'main.c': `#include "app.h"\n#include "defaults.h"\n${run('use(PORT)')}`,
      },
      '8883',
    ],
    'none, where the firm one may not be built': [
      `#if A\n#define PORT 8883\n#endif\n#ifndef PORT\n#define PORT 1883\n#endif\n${run('use(PORT)')}`,
      '?',
    ],
    'none, where only one that gives way is included and another is not': [
      {
        'defaults.h': '#ifndef PORT\n#define PORT 1883\n#endif',
        'board/board.h': '#define PORT 8883',
        'main.c': `#include "defaults.h"\n${run('use(PORT)')}`,
      },
      '?',
    ],
    'no macro and no enumerator of another .c file': [
      { 'a.c': '#define A 1\nenum { B = 2 };', 'main.c': run('use(A, B)') },
      '? ?',
    ],
    'none, where an include may mean two files': [
      {
        'x/board.h': '#define PIN 1',
        'y/board.h': '#define PIN 2',
        'main.c': `#include "board.h"\n${run('use(PIN)')}`,
      },
      '?',
    ],
    'the one that gives way, where there is no other': [
      `#ifndef PORT\n#define PORT 1883\n#endif\n${run('use(PORT)')}`,
      '1883',
    ],
    'none of those under #if 0 or in C++ only': [
      `#if 0\n#define A 1\n#else\n#define A 2\n#endif\n#ifdef __cplusplus\n#define A 3\n#endif\n${run('use(A)')}`,
      '2',
    ],
    'none in a comment': [`/*\n#define A 1\n*/\n#define A 2\n// #define A 3\n${run('use(A)')}`, '2'],
    'a constant of a header that is included': [
      {
        'a.h': 'static const int N = 1;\nstatic const char HOST[] = "h";',
        'b.h': 'static const int N = 2;',
        'main.c': `#include "a.h"\n${run('use(N, HOST)')}`,
      },
      '1 h',
    ],
    'no constant that is static in another file': [
      { 'a.c': 'static const int N = 1;', 'main.c': run('use(N)') },
      '?',
    ],
    'no pointer that somebody may turn elsewhere': [
      {
        'a.h': 'const char *host = "h";\nconst char *const fixed = "f";',
        'main.c': `#include "a.h"\n${run('use(host, fixed)')}`,
      },
      '? f',
    ],
  });

  it('is decided by the product’s own config where that says what is built', () => {
    const text = '#if CONFIG_TLS\n#define URL "mqtts"\n#else\n#define URL "mqtt"\n#endif\n';
    const asked = new Set<string>();
    const url = (isBuilt: (condition: string) => boolean | undefined): string | undefined => {
      const table = new MacroTable((condition) => {
        asked.add(condition);
        return isBuilt(condition);
      });
      table.add('main.c', scanC(text));
      return table.meaning('URL', 'main.c')?.macro.body;
    };
    assert.equal(
      url((condition) => condition === 'CONFIG_TLS'),
      '"mqtts"',
    );
    assert.equal(
      url((condition) => condition !== 'CONFIG_TLS'),
      '"mqtt"',
    );
    assert.equal(
      url(() => undefined),
      undefined,
    );
    assert.deepEqual([...asked], ['CONFIG_TLS', '!(CONFIG_TLS)']);
  });
});
