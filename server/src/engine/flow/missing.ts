/** What flow needs of C files in which no listener's word occurs: functions that are called, structs that are used. */
import type { Ex } from './ir.js';
import { type PackedFunction, unpacked } from './packed.js';
import { isPointer, plainType, sizeOf } from './types.js';

/** Names that the functions of one file define and speak of. */
class Spoken {
  readonly known = new Set<string>();
  readonly functions = new Set<string>();
  readonly types = new Set<string>();

  constructor(flow: readonly PackedFunction[]) {
    for (const { kind, name, vars, blocks } of flow.map(unpacked)) {
      if (kind !== 'data' && name !== '') this.known.add(plainType(name));
      if (kind === 'data') for (const { n } of vars) this.known.add(n);
      for (const { t } of vars) if (t !== undefined) this.type(t);
      for (const block of blocks)
        for (const instruction of block.i)
          if (instruction[0] === 'k') {
            if (instruction[4][0] === 'g') this.functions.add(instruction[4][3]);
            for (const argument of instruction[5]) this.handedOver(argument);
          }
    }
  }

  private type(written: string): void {
    const plain = plainType(written);
    if (plain !== '' && (isPointer(written) || sizeOf(written) === undefined))
      this.types.add(plain.slice(plain.lastIndexOf(' ') + 1));
  }

  /** A function that is registered somewhere. */
  private handedOver(argument: Ex): void {
    if (argument[0] === 'g') this.functions.add(argument[3]);
  }
}

/** Files are asked for their names each time something is read, and their functions are unpacked for it once. */
const SPOKEN = new WeakMap<readonly PackedFunction[], Spoken>();

function spokenIn(flow: readonly PackedFunction[]): Spoken {
  let spoken = SPOKEN.get(flow);
  if (!spoken) {
    spoken = new Spoken(flow);
    SPOKEN.set(flow, spoken);
  }
  return spoken;
}

/** Names that functions speak of and no file read so far defines. */
export class MissingNames {
  private readonly functions = new Set<string>();
  private readonly types = new Set<string>();
  private readonly known = new Set<string>();

  /** Takes in what a file defines and what it speaks of. */
  add(flow: readonly PackedFunction[]): void {
    if (flow.length === 0) return;
    const { known, functions, types } = spokenIn(flow);
    for (const name of known) this.known.add(name);
    for (const name of functions) this.functions.add(name);
    for (const name of types) this.types.add(name);
  }

  /** Whether a file defines one of them. */
  areIn({ functions, records }: Definitions): boolean {
    return (
      functions.some((name) => this.functions.has(name) && !this.known.has(name)) ||
      records.some((name) => this.types.has(name) && !this.known.has(name))
    );
  }
}

/** Names that a text seems to define. It is only looked at, not read. */
export interface Definitions {
  readonly functions: readonly string[];
  /** Structs, of headers only: those of other files are nobody else's. */
  readonly records: readonly string[];
}

export function definitionsIn(text: string, isHeader: boolean): Definitions {
  const names = (pattern: RegExp): string[] => [
    ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '')),
  ];
  return { functions: names(DEFINITION), records: isHeader ? names(RECORD) : [] };
}

/** A line that starts at the margin with a type and a name with parentheses, and does not end as a prototype. */
const DEFINITION = /^[A-Za-z_][\w \t*]*?\b([A-Za-z_]\w*)[ \t]*\((?![^()]*\)[ \t]*;)/gm;
/** `struct name {`, and the name after `}` at the margin. */
const RECORD = /\b(?:struct|union)[ \t]+(\w+)\s*\{|^\}[ \t]*(\w+)[ \t]*;/gm;
