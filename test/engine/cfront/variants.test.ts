/** The code of an item once for every branch of its `#if`s. */
import assert from 'node:assert/strict';
import { variantsOf } from '../../../server/src/engine/cfront/variants.js';
import { frontOf, inF, usesIn } from '../../support/c-front.js';
import { rows } from '../../support/seen.js';

/** The words of each variant of the first item, without those of its head. */
function variantsIn(text: string): string[] {
  const source = frontOf(text);
  const { tokens } = source;
  const [item] = source.items;
  if (!item) return [];
  return variantsOf(tokens, item).list.map((variant) =>
    (variant ?? Array.from({ length: item.past - item.first }, (_, index) => item.first + index))
      .map((token) => text.slice(tokens.starts[token], tokens.ends[token]))
      .join(' ')
      .replace(/^int f \( void \) \{ | \}$/g, ''),
  );
}

describe('C variants', () => {
  const cases: Readonly<Record<string, readonly [string, ...string[]]>> = {
    'are one where there is no condition': [inF('a;'), 'a ;'],
    'take each branch once': [
      inF('#if A\na;\n#elif B\nb;\n#else\nc;\n#endif\nd;'),
      'a ; d ;',
      'b ; d ;',
      'c ; d ;',
    ],
    'are no product of conditions': [
      inF('#if A\na;\n#else\nb;\n#endif\n#if B\nc;\n#else\nd;\n#endif'),
      'a ; c ;',
      'b ; d ;',
    ],
    'answer equal conditions alike': [
      inF('#ifdef A\nif (x) {\n#endif\nb;\n#ifdef A\n}\n#endif'),
      'if ( x ) { b ; }',
    ],
    'answer a condition and its negation unlike': [
      inF(
        '#ifdef A\na;\n#endif\n#ifndef A\nb;\n#endif\n#if !defined(A)\nc;\n#endif\n#if defined A\nd;\n#endif',
      ),
      'a ; d ;',
      'b ; c ;',
    ],
    'leave a branch out once where it ends in a jump': [
      inF('#if A\na;\nreturn b;\n#endif\nc;'),
      'a ; return b ; c ;',
      'c ;',
    ],
    'keep a branch that only may jump': [inF('#if A\nif (a) return;\n#endif\nb;'), 'if ( a ) return ; b ;'],
    'leave a branch out that has an else only once': [
      inF('#if A\nreturn a;\n#else\nb;\n#endif\nc;'),
      'return a ; c ;',
      'b ; c ;',
    ],
    'follow conditions inside conditions': [
      inF('#if A\n#if B\na;\n#else\nb;\n#endif\n#else\nc;\n#endif'),
      'a ;',
      'b ;',
      'c ;',
    ],
    'never take #if 0, but its #else': [inF('#if 0\na; }\n#else\nb;\n#endif'), 'b ;'],
    'never take what contradicts itself': [inF('#if A\n#if !A\na;\n#endif\nb;\n#endif'), 'b ;'],
    'of an item that began in a branch begin in each': [
      '#if A\nint f(void) {\n#else\nint g(void) {\n#endif\na; }',
      'a ;',
      'int g ( void ) { a ;',
    ],
  };
  for (const [behaviour, [text, ...expected]] of Object.entries(cases))
    it(behaviour, () => {
      assert.deepEqual(variantsIn(text), expected);
    });

  it('are told as a gap where there are too many', async () => {
    const branches = Array.from(
      { length: 40 },
      (_, index) => `#elif B${String(index)}\nuse(${String(index)});`,
    );
    const seen = await usesIn(inF(`#if A\na;\n${branches.join('\n')}\n#endif\n`));
    assert.ok(seen.includes('a gap'));
    assert.ok(seen.length > 20);
  });
});

describe('C conditions: what a rule sees', () => {
  rows(usesIn, {
    'is a call in each branch of an #if that splits an if and its else': [
      inF('#ifdef A\nif (use(1)) {\n#else\nif (use(2)) {\n#endif\nuse(3);\n} else {\nuse(4); }'),
      'f: 1 if A',
      'f: 2 if !(A)',
      'f: 3',
      'f: 4',
    ],
    'is a call behind an else that an #if takes away': [
      inF('if (a) { use(1); }\n#ifdef A\nelse if (b) { use(2); }\n#endif\nelse { use(3); }'),
      'f: 1',
      'f: 2 if A',
      'f: 3',
    ],
    'is a function under the first of its signatures': [
      '#if A\nint f(int a)\n#else\nint g(void)\n#endif\n{ use(1); }\n',
      'f: 1',
    ],
    'is a call whose arguments are split, in each way': [
      inF('use(1,\n#if A\n2\n#else\n3\n#endif\n);'),
      'f: 1 2',
      'f: 1 3',
    ],
    'is a call in a condition that is split': [
      inF('if (a\n#if A\n&& use(1)\n#endif\n#if B\n|| use(2)\n#endif\n) use(3);'),
      'f: 1 if A',
      'f: 2 if B',
      'f: 3',
    ],
    'is a row of a table under its condition': [
      'int t[] = {\n#ifdef A\nuse(1),\n#else\nuse(2),\n#endif\nuse(3) };',
      '-: 1 if A',
      '-: 2 if !(A)',
      '-: 3',
    ],
    'is nothing under #if 0': [inF('#if 0\nuse(1);\n#endif\nuse(2);'), 'f: 2'],
    'FN is not what is there when an #if only adds to it': [
      inF('use("a"\n#if A\n"b"\n#endif\n, 1);'),
      'f: ab 1',
    ],
  });
});
