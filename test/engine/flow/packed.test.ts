/** Lowered functions as they are kept. */
import assert from 'node:assert/strict';
import type { FlowFunction } from '../../../server/src/engine/flow/ir.js';
import { moved, packed, unpacked } from '../../../server/src/engine/flow/packed.js';

/** `int f(char *p) { char b[4]; if (p) g(p[0]); return 2; }`, its offsets counted from a place. */
const functionAt = (from: number): FlowFunction => ({
  start: from,
  end: from + 60,
  name: 'f',
  kind: 'function',
  type: 'int',
  params: 1,
  vars: [
    { n: 'p', t: 'char *' },
    { n: 'b', t: 'char', d: [['n', from + 25, from + 26, 4]] },
  ],
  blocks: [
    { i: [['d', from + 23, from + 24, 1]], c: ['v', from + 33, from + 34, 0], t: 1, f: 2 },
    {
      i: [
        [
          'k',
          from + 36,
          from + 43,
          -1,
          ['g', from + 36, from + 37, 'g'],
          [['[', from + 38, from + 42, ['v', from + 38, from + 39, 0], ['n', from + 40, from + 41, 0]]],
          4,
        ],
      ],
      t: 2,
    },
    { i: [['r', from + 45, from + 53, ['n', from + 52, from + 53, 2]]] },
  ],
});

/** Graphs are asked for one by one; all of it at once is what a test can compare. */
const whole = ({ vars, blocks, ...head }: FlowFunction): unknown => {
  const { start, end, name, kind, type, params } = head;
  return { start, end, name, kind, type, params, vars, blocks };
};

describe('a function that is kept', () => {
  it('is unpacked as it was', () => {
    assert.deepEqual(whole(unpacked(packed(functionAt(100)))), functionAt(100));
  });

  it('counts its offsets from the place it is said to stand at', () => {
    assert.deepEqual(whole(unpacked(packed(functionAt(0), 100))), functionAt(100));
  });

  it('is elsewhere what it would be if it were lowered there, and stays where it was', () => {
    const here = packed(functionAt(0), 100);
    const there = moved(moved(here, 50), -7);
    assert.deepEqual(whole(unpacked(there)), functionAt(143));
    assert.deepEqual(whole(unpacked(here)), functionAt(100));
  });

  it('is the same function each time', () => {
    const kept = packed(functionAt(0));
    assert.equal(unpacked(kept), unpacked(kept));
  });
});
