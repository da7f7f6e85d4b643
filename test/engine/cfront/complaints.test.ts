/** What users of other tools complain of most: code lost to macros and conditions. */
import assert from 'node:assert/strict';
import { inF, usesIn } from '../../support/c-front.js';
import { hear, rows } from '../../support/seen.js';

const after = '\nvoid g(void) { use(9); }\n';

describe('C: code is not lost', () => {
  rows(usesIn, {
    'to an unbalanced brace under #if 0': [inF('#if 0\n  if (x) {\n#endif\nuse(1);') + after, 'f: 1', 'g: 9'],
    'to a value that an #ifdef chooses': [
      `int x =\n#ifdef A\n  use(1)\n#else\n  use(2)\n#endif\n  ;\n${after}`,
      '-: 1 if A',
      '-: 2 if !(A)',
      'g: 9',
    ],
    'to an #ifdef between an if and its else': [
      inF('if (a) {\n  use(1);\n#ifdef B\n} else if (b) {\n  use(2);\n#endif\n} else {\n  use(3);\n}') +
        after,
      'f: 1',
      'f: 2 if B',
      'f: 3',
      'g: 9',
    ],
    'to macros that stand for declarations at top level': [
      `FOO(foo)\nLOG_MODULE_REGISTER(app);\n__syscall int h(int a);\nK_THREAD_DEFINE(t, 512, h, NULL, NULL, NULL, 1, 0, 0);${after}`,
      'g: 9',
    ],
    'to macros that stand for statements': [
      inF('BAR(a)\nuse(1);\nBAZ\nuse(2);') + after,
      'f: 1',
      'f: 2',
      'g: 9',
    ],
    'to preprocessor lines in an enum': [
      `enum e {\n  A,\n#ifdef B\n  C = 5,\n#else\n  C = 6,\n#endif\n  D\n};${after}`,
      'g: 9',
    ],
    'to attributes before a type': [
      `OUR_ATTR struct s { PACKED_BY(4) int a; } OUR_OTHER x = { use(1) };${after}`,
      '-: 1',
      'g: 9',
    ],
    'to a macro in a logical expression': [
      inF('if (a IS_NOT b && use(1) OR use(2)) { use(3); }') + after,
      'f: 1',
      'f: 2',
      'f: 3',
      'g: 9',
    ],
    'to an #ifdef anywhere in the file': [
      `#ifdef A\n#include "a.h"\n#define B(x) x\n#endif\n${inF('#ifdef A\n  use(1);\n#endif\n  use(2);')}`,
      'f: 1 if A',
      'f: 2',
    ],
    'near an #if inside a for': [
      inF('for (int i = 0;\n#if A\n  i < 10;\n#else\n  i < 20;\n#endif\n  i++) {\n  use(1);\n}\nuse(2);') +
        after,
      'f: 1',
      'f: 2',
      'g: 9',
    ],
    'to rows of an array under #ifndef': [
      `const cmd_t cmds[] = {\n  { "a", use(1) },\n#ifndef NO_B\n  { "b", use(2) },\n#endif\n  { 0 }\n};${after}`,
      '-: 1',
      '-: 2 if !(NO_B)',
      'g: 9',
    ],
    'to a #define without a value': [
      `#define FOO\n#define BAR \\\n\nFOO int f(void) { FOO use(1); }${after}`,
      'f: 1',
      'g: 9',
    ],
    'to headers that are not there': [
      `#include <zephyr/kernel.h>\n#include <sdk/missing.h>\n${inF('struct k_thing *t = k_thing_get(K_FOREVER);\nuse(1);')}`,
      'f: 1',
    ],
    'to a macro that nobody has told us of': [
      `UNKNOWN_BEGIN(a)\nUNKNOWN_TYPE(b) int f(UNKNOWN_ARG(int, c)) UNKNOWN_ATTR { UNKNOWN_LOOP(i) { use(1); }\nUNKNOWN_END\n}${after}`,
      'f: 1',
      'g: 9',
    ],
    'to many conditions: each branch is read once': [
      inF(
        Array.from({ length: 30 }, (_, at) => `#if OPTION_${String(at)}\nuse(${String(at)});\n#endif`).join(
          '\n',
        ),
      ),
      ...Array.from({ length: 30 }, (_, at) => `f: ${String(at)} if OPTION_${String(at)}`),
    ],
  });

  it('without saying where and why, and only of the function it is in', async () => {
    const text = `int f(void) { OUR_MACRO(a) ->= 3; }${after}`;
    const { problems, project } = await hear({ 'main.c': text }, { call: { use: () => '' } });
    const gaps = project.results().flatMap(({ facts }) => facts?.gaps ?? []);
    assert.deepEqual(
      gaps.map(({ macro, reason }) => [macro, reason.includes('"macros" in skarp.json')]),
      [['OUR_MACRO', true]],
    );
    assert.ok(gaps.every(({ start, end }) => start < end && end <= text.indexOf('void g')));
    assert.deepEqual(
      problems.map(({ func }) => func),
      ['g'],
    );
    const [facts] = project.results().map((result) => result.facts);
    assert.deepEqual([facts?.functionsSeen, facts?.functionsAnalysed], [2, 1]);
  });
});
