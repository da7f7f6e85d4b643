/** What holds for any text: nothing overlaps, nothing moves, nothing hangs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { CText } from '../../../server/src/engine/cfront/ctext.js';
import { plain } from '../../../server/src/engine/cfront/plain.js';
import { variantsOf } from '../../../server/src/engine/cfront/variants.js';
import { frontOf, readC, usesIn } from '../../support/c-front.js';

const WORDS =
  'int char static struct s union enum const void if else while for switch case default return goto break do sizeof ' +
  'typeof asm __asm__ __attribute__ IRAM_ATTR OUR_API MACRO FOREACH use a b f ( ( ( ) ) ) { { } } [ ] ; ; ; , , = == . -> ' +
  '* & && ? : ... + - ! "s" "t" L"w" \'c\' 1 0x1F 4A 1e+3 // /* */ # \\ @ é 日';
const LINES = [
  '#if A',
  '#ifdef B',
  '#ifndef C',
  '#elif D',
  '#else',
  '#endif',
  '#if 0',
  '#define OUR_API',
  '#define X(a) a \\\n  b',
  '#include "a.h"',
  '// note\\\n more',
  '/* note\n */',
  '"open',
  '\r',
];
const soup = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...WORDS.split(' ')).map((word) => `${word} `) },
      { weight: 1, arbitrary: fc.constantFrom(...LINES).map((line) => `\n${line}\n`) },
      { weight: 1, arbitrary: fc.constantFrom('\n', '\n}\n', ';\n', 'int f(void) {\n') },
    ),
    { maxLength: 120 },
  )
  .map((pieces) => pieces.join(''));
const texts = fc.oneof(soup, fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }));
const settings = { seed: 20260101, numRuns: 1500 };

function check(source: CText): void {
  let past = 0;
  for (const item of source.items) {
    assert.ok(item.start >= past && item.end > item.start, 'items are in order and do not overlap');
    assert.ok(item.end <= source.text.length);
    past = item.end;
    const before = source.text.slice(item.start, item.end);
    for (const variant of variantsOf(source.tokens, item).list)
      for (const effort of ['usual', 'name and parameters', 'name'] as const) {
        const { text, base } = plain(source, item, variant, effort);
        const dressed = text.slice(item.start - base);
        const extra = dressed.length - before.length;
        assert.ok(
          extra === 0 || (extra === 1 && dressed.endsWith(';')),
          'as long as it was, but for a last semicolon',
        );
        for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1))
          assert.ok('\n;,'.includes(dressed[at] ?? ' '), 'newlines stay, or end a statement');
      }
  }
}

describe('C front end: any text', () => {
  it('is parted into items in order, each dressed to the same length and lines', () => {
    fc.assert(
      fc.property(texts, (text) => {
        check(frontOf(text));
      }),
      settings,
    );
  });

  it('loses no token outside of items but stray brackets, semicolons, words alone and directives', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { tokens, items } = frontOf(text);
        const inside = new Set(
          items.flatMap(({ first, past }) => Array.from({ length: past - first }, (_, at) => first + at)),
        );
        for (let token = 0; token < tokens.count; token++) {
          if (inside.has(token)) continue;
          const word = text.slice(tokens.starts[token], tokens.ends[token]);
          assert.match(word, /^([;}]|#[^]*|extern|"C"|\{|[A-Z_][A-Z0-9_]{2,})$/);
        }
      }),
      settings,
    );
  });

  it('is read without an error, a hang or a fact twice', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const { facts } = await readC(`${text}\nint f(void) { use(1); }\n`);
        for (const list of [facts.calls, facts.functions, facts.literals, facts.objects]) {
          const told = list.map((fact) => JSON.stringify(fact));
          assert.equal(new Set(told).size, told.length);
        }
        assert.ok(facts.functionsAnalysed <= facts.functionsSeen);
      }),
      { ...settings, numRuns: 150 },
    );
  });

  it('of a real device is dressed without a change of length', () => {
    for (const name of [
      'app_main',
      'ble',
      'cloud',
      'console',
      'control',
      'http_server',
      'ota',
      'panel',
      'wifi',
    ])
      check(frontOf(readFileSync(`test-fixtures/thermostat-esp-idf/main/${name}.c`, 'utf8')));
  });

  it('under conditions tells each call once', async () => {
    const condition = fc.constantFrom('A', 'B', 'C');
    const part = fc.tuple(condition, fc.boolean(), fc.constantFrom('if', 'loop', 'plain'));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        let next = 0;
        const call = (): string => `use(${String(next++)});`;
        const body = parts.map(([name, other, kind]) => {
          const open = kind === 'if' ? 'if (x) {' : kind === 'loop' ? 'FOREACH(x) {' : '{';
          const alternative = other ? `#else\n{ ${call()}\n` : '';
          return `#ifdef ${name}\n${open} ${call()}\n${alternative}${other ? '' : '#else\n{\n'}#endif\n${call()} }\n`;
        });
        const seen = await usesIn(`int f(void) {\n${body.join('')}}\n`);
        const values = seen.map((line) => Number(/\d+/.exec(line)?.[0])).sort((a, b) => a - b);
        assert.deepEqual(
          values,
          Array.from({ length: next }, (_, index) => index),
        );
      }),
      { ...settings, numRuns: 100 },
    );
  });
});
