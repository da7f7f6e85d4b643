/**
 * Symbolic values. Equal expressions over the same contents of memory are one node, so what a condition says of one
 * holds for all its copies; contents that change get a new node, so nothing that was said of the old ones holds.
 */
import type { Step } from '../../../../rules/kit/index.js';
import type { Span } from '../facts/model.js';
import type { FlowFunction } from './ir.js';
import type { Fact } from './state.js';

/** Something that came from outside, with the way it took so far; the first step is where it came in. */
export interface Source {
  readonly kind: string;
  readonly steps: readonly Step[];
  /** What was found of it on the way: a number no larger than this, clean for these roles. */
  readonly hi?: number;
  readonly clean?: readonly string[];
  /** It was taken from where the whole product keeps something, or found by nobody's function: not as it came. */
  readonly kept?: true;
}

/** A piece of memory: a variable, what a pointer points to, an allocation, an object. */
export interface MemoryObject {
  readonly key: string;
  readonly kind: 'variable' | 'pointee' | 'allocation' | 'object' | 'global';
  /** Type of one element. */
  readonly type?: string;
  /** Number of elements of an array, and bytes of each where known. */
  readonly count?: Node;
  readonly elementSize?: number;
  readonly isArray?: boolean;
  /** The pointer, for what an unknown pointer points to. */
  readonly behind?: Node;
  /** Of an allocation: where, and by which function. */
  readonly made?: {
    readonly at: Span;
    readonly by: string;
    readonly mayFail: boolean;
    /** Gone when the function ends. */
    readonly onStack?: boolean;
  };
  /** Its contents stand in the source and nobody writes them. */
  readonly constant?: boolean;
  /** Name to speak of it. */
  readonly name?: string;
}

export interface Operand {
  readonly node: Node;
  /** What was known on the way from which it came. */
  readonly hi: number;
  readonly checked: boolean;
  readonly lo: number;
  readonly above: readonly Relation[];
  /** Roles for which it was clean on that way; `*` for all. */
  readonly clean: ReadonlySet<string>;
  readonly notNull: boolean;
  /** All that was known on that way. */
  readonly facts: ReadonlyMap<number, Fact>;
}

/** `node + offset`. */
export interface Relation {
  readonly node: Node;
  readonly offset: number;
}

export type NodeKind =
  | 'number'
  | 'text'
  | 'regex'
  | 'name'
  | 'param'
  | 'site'
  | 'shared'
  | 'content'
  | 'field'
  | 'element'
  | 'binary'
  | 'unary'
  | 'cast'
  | 'pure'
  | 'address'
  | 'function'
  | 'phi';

export interface Node {
  readonly id: number;
  readonly kind: NodeKind;
  /** Number or text. */
  readonly value?: number | string;
  /** Operator, field, type, callee or name. */
  readonly name?: string;
  readonly of: readonly Node[];
  readonly object?: MemoryObject;
  /** Position of a parameter. */
  readonly param?: number;
  /** Type as written in C, as tables know it in TypeScript. */
  readonly type?: string;
  /** Roles for which the call that gives this value gives it clean. What is learnt of it later may be lost again; this is not. */
  readonly clean?: ReadonlySet<string>;
  /** What came in here from outside. */
  readonly sources?: readonly Source[];
  /** Where a result or content was made, and in which words a path speaks of it. */
  readonly made?: { readonly at: Span; readonly says: string };
  readonly func?: FlowFunction;
  /** Of a `phi`: one operand for each way that leads here. */
  readonly ways?: Map<number, Operand>;
}

/** Name of contents and results of calls of which nothing is known. */
export const GUESS = 'guess';

/** Name of contents that a call is known to have copied. */
export const COPY = 'copy';

/** Name of what holds values by names that others choose: no text itself. */
export const RECORD = 'a record';

/** Beyond this many values a function is given up. */
export const MOST_VALUES = 60_000;

export class Values {
  private readonly known = new Map<string, Node>();
  private readonly all: Node[] = [];
  readonly unknown: Node;

  constructor() {
    this.unknown = this.leaf('name', '?', { name: '?' });
  }

  get full(): boolean {
    return this.all.length > MOST_VALUES;
  }

  byId(id: number): Node | undefined {
    return this.all[id];
  }

  number(value: number): Node {
    return this.leaf('number', String(value), { value });
  }

  text(value: string): Node {
    return this.leaf('text', value, { value });
  }

  named(name: string): Node {
    return this.leaf('name', name, { name });
  }

  /** A node that is known by a key of its own. */
  leaf(kind: NodeKind, key: string, rest: Omit<Partial<Node>, 'id' | 'kind'> = {}): Node {
    return this.make(`${kind} ${key}`, { kind, of: [], ...rest });
  }

  /** A leaf whose sources or operands may have grown since it was first met. */
  renew(kind: NodeKind, key: string, rest: Omit<Partial<Node>, 'id' | 'kind'>): Node {
    const full = `${kind} ${key}`;
    const former = this.known.get(full);
    if (former) {
      const mutable = former as { -readonly [K in keyof Node]: Node[K] };
      if (rest.of) mutable.of = rest.of;
      if (rest.sources) mutable.sources = rest.sources;
      return former;
    }
    return this.make(full, { kind, of: [], ...rest });
  }

  address(object: MemoryObject, selector: string, offset: Node): Node {
    return this.make(`@ ${object.key} ${selector} ${String(offset.id)}`, {
      kind: 'address',
      object,
      name: selector,
      of: [offset],
    });
  }

  compound(
    kind: NodeKind,
    name: string,
    of: readonly Node[],
    type?: string,
    clean?: ReadonlySet<string>,
  ): Node {
    return this.make(`${kind} ${name}:${of.map(({ id }) => id).join(',')}`, {
      kind,
      name,
      of,
      ...(type !== undefined && { type }),
      ...(clean && { clean }),
    });
  }

  private make(key: string, node: Omit<Node, 'id'>): Node {
    const former = this.known.get(key);
    if (former) return former;
    const made = { id: this.all.length, ...node };
    this.all.push(made);
    this.known.set(key, made);
    return made;
  }
}

export function isNumber(node: Node): node is Node & { value: number } {
  return node.kind === 'number';
}

/** Steps down to the parts of a value; what lies deeper is not looked at. */
const DEEPEST_PART = 8;

/** Whether a value is made of another, followed a few steps down. */
export function dependsOn(node: Node, leaf: Node): boolean {
  const met = new Set([node]);
  let level: readonly Node[] = [node];
  for (let depth = 0; depth <= DEEPEST_PART && level.length > 0; depth++) {
    const next: Node[] = [];
    for (const each of level) {
      if (each === leaf) return true;
      if (each.kind === 'phi') continue;
      for (const part of each.object?.behind ? [...each.of, each.object.behind] : each.of)
        if (!met.has(part)) {
          met.add(part);
          next.push(part);
        }
    }
    level = next;
  }
  return false;
}
