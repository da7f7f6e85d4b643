/** `#if` conditions judged by a product's config. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBuilt } from '../../server/src/engine/condition.js';

const CONFIG: Readonly<Record<string, string | false>> = {
  CONFIG_ON: 'y',
  CONFIG_OFF: false,
  CONFIG_LEVEL: '3',
  CONFIG_MASK: '0x10',
  CONFIG_NAME: 'lamp',
};
const judge = (condition: string): boolean | undefined => isBuilt(condition, (symbol) => CONFIG[symbol]);

const TABLE: Readonly<Record<string, readonly [boolean | undefined, ...string[]]>> = {
  'is built': [
    true,
    'CONFIG_ON',
    'defined(CONFIG_ON)',
    'defined CONFIG_ON',
    '!CONFIG_OFF',
    '!(CONFIG_OFF)',
    'IS_ENABLED(CONFIG_ON)',
    'CONFIG_LEVEL >= 3 && CONFIG_ON',
    'CONFIG_MASK == 16',
    'CONFIG_ON || SOMETHING_ELSE',
    '(CONFIG_OFF || (CONFIG_ON))',
    'defined(CONFIG_NAME)',
    '1',
  ],
  'is not built': [
    false,
    'CONFIG_OFF',
    '!defined(CONFIG_ON)',
    'CONFIG_LEVEL > 3',
    'CONFIG_OFF && SOMETHING_ELSE',
    'SOMETHING_ELSE && !CONFIG_ON',
    'IS_ENABLED(CONFIG_OFF)',
    '0',
  ],
  'is for somebody else to decide': [
    undefined,
    'SOMETHING_ELSE',
    'CONFIG_UNHEARD_OF',
    'CONFIG_ON && SOMETHING_ELSE',
    'CONFIG_OFF || SOMETHING_ELSE',
    'VERSION(1, 2) > 3',
    'CONFIG_LEVEL + 1 > 3',
    'CONFIG_NAME == 3',
    'CONFIG_ON ? 1 : 0',
    '',
    'CONFIG_ON &&',
    ')',
  ],
};

describe('code under a condition', () => {
  for (const [what, [expected, ...conditions]] of Object.entries(TABLE))
    for (const condition of conditions)
      it(`${what}: #if ${condition}`, () => {
        assert.equal(judge(condition), expected);
      });

  it('is judged, or not, whatever the condition says', () => {
    const words = fc.constantFrom(
      ...Object.keys(CONFIG),
      'X',
      '(',
      ')',
      '!',
      '&&',
      '||',
      '==',
      '<',
      '1',
      'defined',
      '@',
    );
    fc.assert(
      fc.property(fc.array(words), fc.string(), (tokens, tail) => {
        judge(tokens.join(' ') + tail);
        judge('('.repeat(tokens.length * 100));
      }),
      { seed: 20260101 },
    );
  });

  it('is the opposite of code under the opposite condition', () => {
    const atoms = fc.constantFrom('CONFIG_ON', 'CONFIG_OFF', 'X', 'defined(CONFIG_OFF)', 'CONFIG_LEVEL == 3');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(atoms, fc.constantFrom('&&', '||')), { minLength: 1, maxLength: 6 }),
        (parts) => {
          const condition = `${parts.map(([atom, operator]) => `${atom} ${operator}`).join(' ')} CONFIG_ON`;
          const [is, opposite] = [judge(condition), judge(`!(${condition})`)];
          assert.equal(opposite, is === undefined ? undefined : !is);
        },
      ),
      { seed: 20260101 },
    );
  });
});
