/** Constants as a whole: what is worked out is what a compiler works out, and no text makes the engine stumble. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cExpression } from '../../server/src/engine/scan/c-expression.js';
import { MacroTable } from '../../server/src/engine/scan/macro-table.js';
import { macroValue, passedCall } from '../../server/src/engine/scan/macro-values.js';
import { scanC } from '../../server/src/engine/scan/scan.js';
import { valuesInC, valuesInTs } from '../support/seen.js';

/** A whole number of C with its type, worked out the long way: as text of bits. Undefined stands for an error of the program. */
interface Number {
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly unsigned: boolean;
}

interface Term {
  readonly text: string;
  readonly is: Number | undefined;
}

const fit = (value: bigint, bits: 32 | 64, unsigned: boolean): Number | undefined => {
  const [low, high] = unsigned
    ? [0n, 2n ** BigInt(bits)]
    : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1)];
  if (value >= low && value < high) return { value, bits, unsigned };
  if (!unsigned) return undefined;
  const size = 2n ** BigInt(bits);
  return { value: ((value % size) + size) % size, bits, unsigned };
};

/** Both sides in their common type, then back as plain numbers. */
const common = (a: Number, b: Number): { a: bigint; b: bigint; bits: 32 | 64; unsigned: boolean } => {
  const bits = a.bits === 64 || b.bits === 64 ? 64 : 32;
  const unsigned = [a, b].some((each) => each.unsigned && each.bits === bits);
  const as = (value: bigint): bigint => (unsigned && value < 0n ? value + 2n ** BigInt(bits) : value);
  return { a: as(a.value), b: as(b.value), bits, unsigned };
};

type Operator = (a: bigint, b: bigint) => bigint | undefined;
const ARITHMETIC: Readonly<Record<string, Operator>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0n ? undefined : a / b),
  '%': (a, b) => (b === 0n ? undefined : a - (a / b) * b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};
const COMPARISON: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
/** A signed number may be pushed into its sign, as every compiler has it, but not beyond. */
const shifted = ({ value, bits, unsigned }: Number, by: bigint): Number | undefined => {
  const result = value * 2n ** by;
  if (value < 0n || (!unsigned && result >= 2n ** BigInt(bits))) return undefined;
  return fit(
    !unsigned && result >= 2n ** BigInt(bits - 1) ? result - 2n ** BigInt(bits) : result,
    bits,
    unsigned,
  );
};
const truth = (value: boolean): Number => ({ value: value ? 1n : 0n, bits: 32, unsigned: false });

const literal = fc
  .tuple(
    fc.oneof(fc.nat(20), fc.nat(0x7fffffff), fc.constantFrom(0x7fffffff, 255, 256, 65535)),
    fc.constantFrom('', 'u', 'll', 'ULL'),
    fc.boolean(),
  )
  .map(([number, suffix, hex]): Term => {
    const bits = suffix.length > 1 ? 64 : 32;
    const text = (hex ? `0x${number.toString(16)}` : String(number)) + suffix;
    return { text, is: { value: BigInt(number), bits, unsigned: /u/i.test(suffix) } };
  });

const { term } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc
      .tuple(tie('term'), fc.constantFrom(...Object.keys(ARITHMETIC)), tie('term'))
      .map(([a, operator, b]): Term => {
        const sides = a.is && b.is && common(a.is, b.is);
        const result = sides && ARITHMETIC[operator]?.(sides.a, sides.b);
        return {
          text: `(${a.text}) ${operator} (${b.text})`,
          is: sides && result !== undefined ? fit(result, sides.bits, sides.unsigned) : undefined,
        };
      }),
    fc
      .tuple(tie('term'), fc.constantFrom(...Object.keys(COMPARISON)), tie('term'))
      .map(([a, operator, b]): Term => {
        const sides = a.is && b.is && common(a.is, b.is);
        return {
          text: `(${a.text}) ${operator} (${b.text})`,
          is: sides && truth(COMPARISON[operator]?.(sides.a, sides.b) === true),
        };
      }),
    fc.tuple(tie('term'), fc.nat(31)).map(([a, by]): Term => ({
      text: `(${a.text}) << ${String(by)}`,
      is: a.is && shifted(a.is, BigInt(by)),
    })),
    fc.tuple(tie('term'), fc.constantFrom('-', '~', '!')).map(([a, operator]): Term => {
      const { is } = a;
      const value = is && (operator === '-' ? -is.value : -is.value - 1n);
      return {
        text: `${operator}(${a.text})`,
        is: is && (operator === '!' ? truth(is.value === 0n) : fit(value ?? 0n, is.bits, is.unsigned)),
      };
    }),
    fc.tuple(tie('term'), fc.constantFrom(8, 16, 32, 64)).map(([a, bits]): Term => {
      const size = 2n ** BigInt(bits);
      const value = a.is && ((a.is.value % size) + size) % size;
      const kept = { bits: bits === 64 ? (64 as const) : (32 as const), unsigned: bits >= 32 };
      return {
        text: `(uint${String(bits)}_t)(${a.text})`,
        is: value === undefined ? undefined : { value, ...kept },
      };
    }),
    // Where nobody knows which side is chosen, both must say the same.
    fc.tuple(tie('term'), literal, literal).map(([c, a, b]): Term => {
      const sides = a.is && b.is && common(a.is, b.is);
      const known = c.is ?? (sides?.a === sides?.b ? truth(true) : undefined);
      const value = sides && (known?.value !== 0n ? sides.a : sides.b);
      return {
        text: `(${c.text}) ? ${a.text} : ${b.text}`,
        is: known && sides && value !== undefined ? fit(value, sides.bits, sides.unsigned) : undefined,
      };
    }),
  ),
}));

const RUNS = { numRuns: 60 };

describe('C: constant expressions', () => {
  it('are worth what C says, in code, behind macros and as enumerators', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(term, { minLength: 20, maxLength: 20 }), async (terms) => {
        const lines = terms.map(({ text }, index) => `#define M${String(index)} (${text})`);
        const enums = terms.map(({ text }, index) => `E${String(index)} = ${text}`);
        const uses = terms.map(({ text }, index) => `use(${text}, M${String(index)}, E${String(index)});`);
        const said = await valuesInC(
          `${lines.join('\n')}\nenum { ${enums.join(', ')} };\nvoid f(void) { ${uses.join('\n')} }`,
        );
        assert.deepEqual(
          said,
          terms.map(({ is }) => {
            const value = is ? is.value.toString() : '?';
            return `${value} ${value} ${value}`;
          }),
        );
      }),
      RUNS,
    );
  });
});

const jsTerm = fc.letrec<{ term: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.nat(100).map(String), fc.constantFrom("'a'", "''", "'1'", 'true', 'false', '1.5', '0x1F')),
    fc
      .tuple(
        tie('term'),
        fc.constantFrom(
          '+',
          '-',
          '*',
          '/',
          '%',
          '<<',
          '>>',
          '>>>',
          '&',
          '|',
          '^',
          '<',
          '>=',
          '===',
          '!==',
          '&&',
          '||',
          '??',
        ),
        tie('term'),
      )
      .map(([a, operator, b]) => `((${a}) ${operator} (${b}))`),
    fc.tuple(fc.constantFrom('-', '~', '!', '+'), tie('term')).map(([operator, a]) => `${operator}(${a})`),
    fc.tuple(tie('term'), tie('term'), tie('term')).map(([c, a, b]) => `((${c}) ? (${a}) : (${b}))`),
    tie('term').map((a) => `\`<\${${a}}>\``),
  ),
})).term;

describe('TypeScript: constant expressions', () => {
  it('are worth what JavaScript says, or unknown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(jsTerm, { minLength: 20, maxLength: 20 }), async (terms) => {
        const said = await valuesInTs(terms.map((text) => `use(\`<\${${text}}>\`);`).join('\n'));
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
        const meant = terms.map((text) => `<${String(new Function(`return ${text};`)())}>`);
        assert.deepEqual(
          said,
          meant.map((value, index) => (said[index] === '?' ? '?' : value)),
        );
        assert.ok(said.some((value) => value !== '?'));
      }),
      RUNS,
    );
  });
});

const fragment = fc.constantFrom(
  ...'#define A|#define F(x, ...)|#if|#ifdef A|#ifndef A|#elif B|#else|#endif|#include "a.h"|enum {|enum e|struct s {|union|}|typedef|const|static const int N =|char a[|]|sizeof|(|)|,|;|"|\'|/*|*/|//|\\\n|\n|x|A|F(1|0x|1.5e|##|__VA_ARGS__|?|:|->|<<|=|{|.a ='.split(
    '|',
  ),
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(' ')),
);

describe('any text', () => {
  it('is scanned and read as an expression without an error', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const scanned = scanC(text);
        const table = new MacroTable();
        table.add('a.c', scanned);
        for (const macro of scanned.macros) {
          assert.equal(macro.end - macro.start, macro.body.length);
          macroValue(macro);
          passedCall(macro);
          table.meaning(macro.name, 'a.c');
          table.applied(macro.name, 'b.c');
        }
        for (const name of ['A', 'N', 'e', 'x', 's']) {
          table.outlines.enumerator(name, 'b.c');
          table.outlines.constant(name, 'b.c');
          table.outlines.layout(`struct ${name}`, 'b.c');
          table.outlines.typedef(name, 'b.c');
        }
        cExpression(text);
        table.remove('a.c', scanned);
        assert.equal(table.meaning('A', 'a.c'), undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('before a call leaves the engine on its feet', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        await valuesInC({
          'a.h': text,
          'main.c': `#include "a.h"\nvoid f(void) { use(A, N, F(1), sizeof x); }\n${text}`,
        });
        await valuesInTs(`const A = ${text}; use(A, A.x, A[0]);`);
      }),
      { numRuns: 300 },
    );
  });
});
