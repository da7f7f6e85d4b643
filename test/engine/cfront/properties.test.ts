/**
 * What holds for any text: nothing overlaps, nothing moves, nothing hangs, nothing is told twice. `SKARP_CORPUS` names a
 * folder with C files for which it is tried too.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenize } from '../../../server/src/engine/cfront/tokens.js';
import type { FileFacts } from '../../../server/src/engine/facts/model.js';
import type { CText } from '../../../server/src/engine/cfront/ctext.js';
import { plain } from '../../../server/src/engine/cfront/plain.js';
import { variantsOf } from '../../../server/src/engine/cfront/variants.js';
import { corpus, corpusFiles, deviceFiles } from '../../support/c-files.js';
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
        assertPlaces(source, item.start, dressed);
        for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1))
          assert.ok('\n;,'.includes(dressed[at] ?? ' '), 'newlines stay, or end a statement');
      }
  }
}

/** What the grammar is given begins where it was written: no reader may find a word beside its place. */
function assertPlaces({ text, tokens }: CText, start: number, dressed: string): void {
  const written = new Set(tokens.starts.slice(0, tokens.count));
  const made = tokenize(dressed);
  for (let token = 0; token < made.count; token++) {
    const at = made.starts[token] ?? 0;
    if (written.has(start + at) || start + at >= text.length) continue;
    const end = made.ends[token] ?? 0;
    const isPut = /[;,]/.test(dressed.slice(at, end)) && /\s/.test(text[start + at] ?? '');
    // A loop without arguments is given one in its own name.
    const isLoop = /\b(?:while|if)\(1?\)?$/.test(dressed.slice(Math.max(0, at - 8), end));
    assert.ok(isPut || isLoop, `${dressed.slice(at, end)} stands where nothing was`);
  }
}

/** No list of facts holds the same one twice. */
function assertOnce(facts: FileFacts): void {
  for (const [what, list] of Object.entries(facts)) {
    if (!Array.isArray(list)) continue;
    const told = list.map((fact) => JSON.stringify(fact));
    assert.equal(new Set(told).size, told.length, `a fact twice among ${what}`);
  }
  assert.ok(facts.functionsAnalysed <= facts.functionsSeen);
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
        assertOnce(facts);
      }),
      { ...settings, numRuns: 150 },
    );
  });

  for (const [name, text] of Object.entries({
    ...deviceFiles(),
    ...(corpus === undefined ? {} : corpusFiles(corpus, 400)),
  }))
    it(`of real firmware keeps its places and tells nothing twice: ${name}`, async () => {
      check(frontOf(text));
      assertOnce((await readC(text)).facts);
    });

  it('with any line of real firmware under a condition tells nothing twice', async () => {
    const files = Object.values(corpus === undefined ? deviceFiles() : corpusFiles(corpus, 20));
    const forks = fc.array(
      fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('A', 'B', '!A', '0'), fc.boolean()),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), forks, async (file, all) => {
        const lines = (files[file] ?? '').split('\n');
        for (const [at, count, condition, other] of all) {
          const from = at % lines.length;
          const inside = lines.slice(from, from + count);
          const fork = [`#if ${condition}`, ...inside, ...(other ? ['#else', ...inside] : []), '#endif'];
          lines.splice(from, count, ...fork);
        }
        const text = lines.join('\n');
        check(frontOf(text));
        assertOnce((await readC(text)).facts);
      }),
      { ...settings, numRuns: 60 },
    );
  }).timeout(60_000);

  it('tells a call once that ends under a condition', async () => {
    const text =
      'int f(void)\n#if A\n{ use(1,\n#endif\n 2);\n#if B\n  other();\n#else\n  another();\n#endif\n}\n';
    assertOnce((await readC(text)).facts);
  });

  it('takes the type of a function that a macro defines from nothing before it', async () => {
    const { flow } = (await readC('static char *p;\nISR(vector) { use(1); }\n')).facts;
    assert.deepEqual(
      flow.map(({ name, type }) => [name, type]),
      [
        ['p', undefined],
        ['ISR', 'int'],
      ],
    );
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
