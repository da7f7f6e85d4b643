/** Which names a parser of C must not see. */
import assert from 'node:assert/strict';
import { Masks, type Takes } from '../../../server/src/engine/cfront/masks.js';
import { scanC } from '../../../server/src/engine/scan/scan.js';
import { changedMasks } from '../../../server/src/project/attributes.js';
import { usesIn } from '../../support/c-front.js';
import { rows } from '../../support/seen.js';

const takes = (defines: string, name: string, own: readonly string[] = []): Takes | undefined =>
  new Masks(scanC(defines).macros, own).takes(name);

describe('C masks', () => {
  const cases: Readonly<Record<string, readonly [string, string, Takes | undefined]>> = {
    'are learned from an empty #define': ['#define OUR_API\n', 'OUR_API', 'nothing'],
    'are learned from an attribute': ['#define OUR_API __attribute__((weak))\n', 'OUR_API', 'nothing'],
    'are learned from qualifiers': ['#define OUR_API static inline\n', 'OUR_API', 'nothing'],
    'are learned from one name for another': [
      '#define A B\n#define B C\n#define C __packed\n',
      'A',
      'nothing',
    ],
    'are learned with the arguments of an attribute': [
      '#define AT(n) __attribute__((aligned(n)))\n',
      'AT',
      'arguments',
    ],
    'are no macros that two places define differently': ['#define A\n#define A 1\n', 'A', undefined],
    'are macros that all places define as attributes': ['#define A\n#define A __weak\n', 'A', 'nothing'],
    'are no empty macros with arguments: those are logs that are off': ['#define LOG(x)\n', 'LOG', undefined],
    'are no values': ['#define A 5\n#define B "x"\n#define C (1)\n', 'A', undefined],
    'are no macros that stand for unknown names': ['#define A whatever\n', 'A', undefined],
    'are no circles': ['#define A B\n#define B A\n', 'A', undefined],
    'are never keywords': ['#define static\n#define if __unused\n', 'static', undefined],
    'are known for frameworks whose headers are not there': ['', 'IRAM_ATTR', 'nothing'],
    'are no words of frameworks that the workspace gives a value': ['#define FAR 100\n', 'FAR', undefined],
    'are no words of frameworks that the workspace gives a statement': [
      '#define NORETURN(x) do { stop(x); } while (0)\n',
      'NORETURN',
      undefined,
    ],
    'are words of frameworks that only some place gives a value': [
      '#define FAR 100\n#define FAR __far\n',
      'FAR',
      'nothing',
    ],
    'are words of frameworks whose definition nobody can judge': [
      '#define __BEGIN_DECLS extern "C" {\n',
      '__BEGIN_DECLS',
      'nothing',
    ],
    'are known for compilers': ['', '__attribute__', 'arguments'],
  };
  for (const [behaviour, [defines, name, expected]] of Object.entries(cases))
    it(behaviour, () => {
      assert.equal(takes(defines, name), expected);
    });

  it('are what a team names', () => {
    assert.equal(takes('#define OURS 5\n', 'OURS', ['OURS']), 'arguments');
  });

  it('are others only where others were learned', () => {
    const changed = (a: string, b: string): string[] => [
      ...changedMasks(new Masks(scanC(a).macros), new Masks(scanC(b).macros)),
    ];
    assert.deepEqual(changed('#define A\n#define X 1\n', '#define X 2\n#define A\n'), []);
    assert.deepEqual(changed('#define A\n', '#define B\n'), ['A', 'B']);
    assert.deepEqual(changed('#define FAR\n', '#define FAR 1\n'), ['FAR']);
  });

  rows(usesIn, {
    'are left where something must stand': [
      '#define NOTHING\nint f(void) { x = NOTHING; use(NOTHING, 1); switch (y) { case NOTHING: p->NOTHING = use(2); } return NOTHING; }',
      'f: ? 1',
      'f: 2',
    ],
    'hide no statement that the workspace means by the name': [
      '#define __section(x) do { x; } while (0)\nint f(void) { __section(use(1)); }',
      'f: 1',
    ],
    'with arguments take these with them': [
      '#define AT(n) __attribute__((aligned(n)))\nAT(use(1)) int f(void) { AT(8) int x = use(2); }',
      'f: 2',
    ],
    'without arguments leave brackets alone': ['#define OURS\nint f(void) { OURS (use(1)); }', 'f: 1'],
  });
});
