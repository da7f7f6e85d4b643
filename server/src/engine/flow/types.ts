/** What is known of a C type from its spelling alone: width, sign, size. */

export interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
}

const INTEGERS: Readonly<Record<string, IntegerType>> = {
  char: { bits: 8, signed: true },
  'signed char': { bits: 8, signed: true },
  'unsigned char': { bits: 8, signed: false },
  byte: { bits: 8, signed: false },
  bool: { bits: 8, signed: false },
  _Bool: { bits: 8, signed: false },
  short: { bits: 16, signed: true },
  'short int': { bits: 16, signed: true },
  'unsigned short': { bits: 16, signed: false },
  'unsigned short int': { bits: 16, signed: false },
  int: { bits: 32, signed: true },
  signed: { bits: 32, signed: true },
  unsigned: { bits: 32, signed: false },
  'unsigned int': { bits: 32, signed: false },
  long: { bits: 64, signed: true },
  'long int': { bits: 64, signed: true },
  'unsigned long': { bits: 64, signed: false },
  'unsigned long int': { bits: 64, signed: false },
  'long long': { bits: 64, signed: true },
  'unsigned long long': { bits: 64, signed: false },
  size_t: { bits: 64, signed: false },
  ssize_t: { bits: 64, signed: true },
  uintptr_t: { bits: 64, signed: false },
  ptrdiff_t: { bits: 64, signed: true },
  u_char: { bits: 8, signed: false },
  u_short: { bits: 16, signed: false },
  u_int: { bits: 32, signed: false },
  uint: { bits: 32, signed: false },
};

const known = new Map<string, IntegerType | undefined>();

/** `uint16_t`, `u8_t`, `u32`, `const int`; undefined for pointers, structs and names of which nothing is known. */
export function integerType(type: string | undefined): IntegerType | undefined {
  if (type === undefined) return undefined;
  if (known.has(type)) return known.get(type);
  const word = plainType(type);
  const sized = /^_*(u)?(?:int|s)?(?:_fast|_least)?(8|16|32|64)(?:_t)?$|^__(le|be)(16|32|64)$/.exec(word);
  const found = sized
    ? { bits: Number(sized[2] ?? sized[4]), signed: sized[1] === undefined && sized[3] === undefined }
    : INTEGERS[word];
  if (known.size < MOST_KNOWN) known.set(type, found);
  return found;
}

export function isPointer(type: string | undefined): boolean {
  return type?.trimEnd().endsWith('*') ?? false;
}

/** Nobody writes through it. */
export function pointsToConst(type: string | undefined): boolean {
  return type !== undefined && isPointer(type) && type.startsWith('const');
}

/** `struct hdr` of `const struct hdr *`. */
export function plainType(type: string): string {
  let found = plain.get(type);
  if (found === undefined) {
    found = stripped(type);
    if (plain.size < MOST_KNOWN) plain.set(type, found);
  }
  return found;
}

const plain = new Map<string, string>();
/** Types remembered by their spelling. */
const MOST_KNOWN = 5000;

function stripped(type: string): string {
  return type
    .replace(/\b(const|volatile|static|register|restrict|extern)\b|[*&]|\[[^\]]*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Type of what a pointer points to. */
export function pointee(type: string): string {
  return type.replace(/\s*\*\s*$/, '').trim();
}

/** Bytes of one value. Pointers are taken for eight: the width matters less than that it is one. */
export function sizeOf(type: string | undefined): number | undefined {
  if (type === undefined) return undefined;
  if (isPointer(type)) return 8;
  const integer = integerType(type);
  if (integer) return integer.bits / 8;
  const word = plainType(type);
  return word === 'float' ? 4 : word === 'double' ? 8 : word === 'void' ? 1 : undefined;
}

export function largest({ bits, signed }: IntegerType): number {
  return 2 ** (signed ? bits - 1 : bits) - 1;
}

export function smallest({ bits, signed }: IntegerType): number {
  return signed ? -(2 ** (bits - 1)) : 0;
}
