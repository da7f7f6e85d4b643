/** The types of C that have the same name everywhere. */

/** A whole-number type: bits, or the word whose size the platform decides. */
export interface IntegerType {
  readonly bits: 8 | 16 | 32 | 64 | 'long' | 'pointer';
  readonly unsigned: boolean;
  /** Whether it is signed is the platform's choice: plain `char`. */
  readonly either?: true;
  /** Every value but zero is one. */
  readonly truth?: true;
  /** At least so many bits. */
  readonly atLeast?: true;
}

const INTEGERS = new Map<string, IntegerType>();
for (const bits of [8, 16, 32, 64] as const)
  for (const [prefix, unsigned] of [
    ['', false],
    ['u', true],
  ] as const) {
    const name = (middle: string): string => `${prefix}int${middle}${String(bits)}_t`;
    for (const spelling of [name(''), `__${name('')}`]) INTEGERS.set(spelling, { bits, unsigned });
    for (const spelling of [name('_fast'), name('_least')])
      INTEGERS.set(spelling, { bits, unsigned, atLeast: true });
  }
for (const [name, bits] of [
  ['short', 16],
  ['int', 32],
  ['long', 'long'],
  ['long long', 64],
] as const)
  for (const tail of name === 'int' ? [''] : ['', ' int']) {
    INTEGERS.set(`${name}${tail}`, { bits, unsigned: false });
    INTEGERS.set(`signed ${name}${tail}`, { bits, unsigned: false });
    INTEGERS.set(`unsigned ${name}${tail}`, { bits, unsigned: true });
  }
INTEGERS.set('signed', { bits: 32, unsigned: false });
INTEGERS.set('unsigned', { bits: 32, unsigned: true });
INTEGERS.set('char', { bits: 8, unsigned: false, either: true });
INTEGERS.set('signed char', { bits: 8, unsigned: false });
INTEGERS.set('unsigned char', { bits: 8, unsigned: true });
for (const name of ['size_t', 'uintptr_t']) INTEGERS.set(name, { bits: 'pointer', unsigned: true });
for (const name of ['ssize_t', 'intptr_t', 'ptrdiff_t'])
  INTEGERS.set(name, { bits: 'pointer', unsigned: false });
for (const name of ['bool', '_Bool']) INTEGERS.set(name, { bits: 8, unsigned: true, truth: true });

/** By its name without qualifiers; the words may stand in any order: `long unsigned int`. */
export function integerType(name: string): IntegerType | undefined {
  return INTEGERS.get(name) ?? (name.includes(' ') ? INTEGERS.get(ordered(name)) : undefined);
}

function ordered(name: string): string {
  const words = name.split(' ').filter((word) => word !== 'int' && word !== 'signed');
  return words.sort((a, b) => Number(b === 'unsigned') - Number(a === 'unsigned')).join(' ');
}

/** Bytes of a type that has them on every platform; `int` has not. */
export function sizeOfType(name: string): number | undefined {
  if (name === 'float') return 4;
  const type = integerType(name);
  if (!type || type.atLeast || typeof type.bits !== 'number') return undefined;
  return /\bint$|^(?:un)?signed$/.test(name) && type.bits === 32 ? undefined : type.bits / 8;
}

const TYPE_WORDS = new Set(
  'void char short int long float double signed unsigned const volatile struct union enum bool _Bool'.split(
    ' ',
  ),
);

/** A word that can only be part of a type. */
export function isTypeWord(word: string): boolean {
  return TYPE_WORDS.has(word) || word.endsWith('_t');
}
