/** Applying fixes: chosen edits never overlap, and the same fixes always give the same text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Edit, Fix } from '../rules/kit/index.js';
import { applyEdits, chooseFixes } from '../server/src/engine/fix.js';

const edit = (start: number, end: number, text: string, file = 'a.c'): Edit => ({
  at: { file, start, end },
  text,
});
const fix = (...edits: Edit[]): Fix => ({ title: 'made up', edits, safe: true });

const anEdit = fc
  .record({
    file: fc.constantFrom('a.c', 'b.c'),
    start: fc.nat({ max: 40 }),
    length: fc.nat({ max: 6 }),
    text: fc.constantFrom('', 'x', 'yy', '😀'),
  })
  .map(({ file, start, length, text }) => edit(start, start + length, text, file));
const someFixes = fc.array(
  fc.array(anEdit, { minLength: 1, maxLength: 3 }).map((edits) => fix(...edits)),
  {
    maxLength: 12,
  },
);

describe('fixes', () => {
  it('that are chosen together never overlap', () => {
    fc.assert(
      fc.property(someFixes, (fixes) => {
        for (const edits of chooseFixes(fixes).edits.values()) {
          const sorted = [...edits].sort((a, b) => a.at.start - b.at.start);
          for (const [index, { at }] of sorted.entries()) {
            const next = sorted[index + 1];
            if (next) assert.ok(at.end <= next.at.start && at.start !== next.at.start);
          }
        }
      }),
      { seed: 20260101 },
    );
  });

  it('are each applied or refused as a whole', () => {
    fc.assert(
      fc.property(someFixes, (fixes) => {
        const { edits, applied, refused } = chooseFixes(fixes);
        assert.equal(applied + refused, fixes.length);
        const chosen = [...edits.values()].flat();
        const whole = fixes.filter(({ edits: own }) =>
          own.every((each) => chosen.some((other) => same(each, other))),
        );
        assert.ok(whole.length >= applied);
      }),
      { seed: 20260101 },
    );
  });

  it('give the same text in whatever order the edits are held', () => {
    fc.assert(
      fc.property(someFixes, fc.string({ minLength: 46, maxLength: 60 }), (fixes, text) => {
        for (const edits of chooseFixes(fixes).edits.values())
          assert.equal(applyEdits(text, edits), applyEdits(text, [...edits].reverse()));
      }),
      { seed: 20260101 },
    );
  });

  it('leave everything outside their edits as it was', () => {
    assert.equal(applyEdits('one two three', [edit(8, 13, '3'), edit(0, 3, '1')]), '1 two 3');
    assert.equal(applyEdits('one', [edit(0, 0, '<'), edit(3, 3, '>')]), '<one>');
    assert.equal(applyEdits('one', []), 'one');
  });

  it('earlier in the list win', () => {
    const { edits, applied, refused } = chooseFixes([
      fix(edit(0, 3, 'a')),
      fix(edit(2, 5, 'b')),
      fix(edit(3, 5, 'c')),
    ]);
    assert.equal(applyEdits('12345', edits.get('a.c') ?? []), 'ac');
    assert.deepEqual([applied, refused], [2, 1]);
  });

  it('that say the same are applied once', () => {
    const { edits, refused } = chooseFixes([fix(edit(0, 1, 'x')), fix(edit(0, 1, 'x'))]);
    assert.equal(applyEdits('1', edits.get('a.c') ?? []), 'x');
    assert.equal(refused, 0);
  });

  it('that insert at one place are not both applied', () => {
    assert.equal(chooseFixes([fix(edit(1, 1, 'x')), fix(edit(1, 1, 'y'))]).refused, 1);
  });

  it('are refused when they overlap themselves', () => {
    assert.equal(chooseFixes([fix(edit(0, 3, 'x'), edit(2, 4, 'y'))]).refused, 1);
  });

  it('of different files do not meet', () => {
    const { edits, refused } = chooseFixes([fix(edit(0, 1, 'x', 'a.c')), fix(edit(0, 1, 'y', 'b.c'))]);
    assert.deepEqual([edits.size, refused], [2, 0]);
  });
});

function same(a: Edit, b: Edit): boolean {
  return a.at.file === b.at.file && a.at.start === b.at.start && a.at.end === b.at.end && a.text === b.text;
}
