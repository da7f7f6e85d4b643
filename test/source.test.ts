/** An edited text gives the same facts as a fresh one, whatever the way it got there. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Masks } from '../server/src/engine/cfront/masks.js';
import { Engine, type FileReading, forget } from '../server/src/engine/engine.js';
import type { Interest } from '../server/src/engine/facts/interest.js';
import { changedStretch } from '../server/src/engine/source.js';
import type { Grammar } from '../server/src/engine/grammars.js';
import { grammars } from './support/grammars.js';

const interest: Interest = {
  calls: new Set(['use', 'open', 'send']),
  types: new Set(['gadget_config_t', 'Options']),
  checking: new Set(['GADGET_CHECK']),
  passing: new Set(),
  globals: new Set(['gadget_defaults']),
  needles: ['AKIA'],
  shapes: [],
  flowWords: new Set<string>(),
  flowHelpers: new Set<string>(),
  flow: false,
};

const C = `#define KEY "k" /* 😀 */
static const char *name = "Jürgen 🚀 AKIA123";\r
// skarp-ignore some-rule -- 🛑 reason
#if defined(A)
static gadget_config_t config = { .mode = 1, .net = { .port = 2 } };\r
#else
int other(int n) { return use(n + 1, "😀" KEY); }
#endif\r
void f(void) {\r
  gadget_config_t c = { 0 };
  c.mode = use(name, KEY);\r
  if (GADGET_CHECK(use(&c))) { int x = 1; use(x); }
}
`;

const TS = `import gadget, { use as u } from 'gadget'; // 😀\r
export const key = 'AKIA🚀' + \`a\${u(1)}b\`;
/* skarp-ignore some-rule -- 🛑 reason */\r
class A {\r
  private readonly options: Options = { mode: '😀', ...more };
  constructor(private readonly d: Device) { this.d.send(key, \`🚀\`); }
  f = (e) => { const { a: b = 1 } = this.options; use(b); if (gadget.open(b)) return [b, 'é']; };
}\r
export { key as default };
`;

/** Pieces that break and mend syntax, and halves and wholes of characters outside the first plane. */
const pieces = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '(',
    ')',
    '{',
    '}',
    '"',
    "'",
    '`',
    '/*',
    '*/',
    '//',
    ';',
    ',',
    '#if X\n',
    '#endif\n',
  ),
  fc.constantFrom(
    'use(1);',
    'use(key)',
    'int x = 2;',
    'const x = 2;',
    '.mode = 3',
    'KEY',
    'send',
    '😀',
    'é',
    '\ud83d',
    '\ude00',
  ),
  fc.string({ maxLength: 5, unit: 'binary' }),
);
const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), pieces), { minLength: 300, maxLength: 300 });

function edited(text: string, [where, length, piece]: readonly [number, number, string]): string {
  const start = where % (text.length + 1);
  return text.slice(0, start) + piece + text.slice(start + length);
}

describe('a text that is edited', () => {
  for (const [what, grammar, start] of [
    ['C', 'c', C],
    ['TypeScript', 'typescript', TS],
  ] as const)
    it(`has the facts of a fresh one after each of 300 edits of ${what}`, async () => {
      const engine = new Engine(grammars);
      await fc.assert(
        fc.asyncProperty(edits, async (steps) => {
          let text: string = start;
          let read = await engine.read(reading(grammar, text));
          for (const step of steps) {
            text = edited(text, step);
            if (text.length > 4 * start.length) text = start;
            read = await engine.read(reading(grammar, text), read.memory);
            assert.deepEqual(read.facts, await fresh(engine, grammar, text));
          }
          forget(read.memory);
        }),
        { seed: 20260101, numRuns: 2, endOnFailure: true },
      );
    }).timeout(120_000);

  it('is known to differ only from its common beginning to its common end', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (head, before, after, tail) => {
        const [from, to] = [head + before + tail, head + after + tail];
        const stretch = changedStretch(from, to);
        if (from === to) {
          assert.equal(stretch, undefined);
          return;
        }
        assert.ok(stretch);
        assert.equal(
          from.slice(0, stretch.start) + to.slice(stretch.start, stretch.newEnd) + from.slice(stretch.oldEnd),
          to,
        );
        assert.ok(stretch.oldEnd - stretch.start <= before.length);
      }),
      { seed: 20260101 },
    );
  });
});

const masks = new Masks([]);

function reading(grammar: Grammar, text: string): FileReading {
  return { grammar, text, interest, masks, asked: [] };
}

async function fresh(engine: Engine, grammar: Grammar, text: string): Promise<unknown> {
  const { facts, memory } = await engine.read(reading(grammar, text));
  forget(memory);
  return facts;
}
