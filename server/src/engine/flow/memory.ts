/** Reads and writes memory of a state: variables, fields, elements, what pointers point to. */
import type { State } from './state.js';
import { integerType, isPointer, pointee, sizeOf } from './types.js';
import { type MemoryObject, type Node, type Values, isNumber } from './values.js';

/** A place that can be read and written. */
export interface Place {
  readonly object: MemoryObject;
  readonly selector: string;
  /** Element, where the place is one of an array or lies behind a pointer by more than nothing. */
  readonly index?: Node;
}

export interface FieldType {
  readonly type: string;
  readonly count?: Node;
  readonly isArray: boolean;
}

/** How much fits behind a pointer. */
export interface Room {
  /** Bytes, where known. */
  readonly bytes?: number;
  /** Elements, where known. */
  readonly elements?: number;
  /** The size as a value, where it is one. */
  readonly node?: Node;
  readonly object: MemoryObject;
}

/** Selectors with more parts are cut: what lies deeper is told apart no further. */
const DEEPEST = 4;

export class Memory {
  private readonly objects = new Map<string, MemoryObject>();
  private readonly types = new Map<string, FieldType | null>();

  constructor(
    readonly values: Values,
    private readonly initial: (object: MemoryObject, selector: string) => Node,
    private readonly fieldOf: (type: string | undefined, field: string) => FieldType | undefined,
    private readonly isC: boolean,
  ) {}

  object(made: MemoryObject): MemoryObject {
    const known = this.objects.get(made.key);
    if (known) return known;
    this.objects.set(made.key, made);
    return made;
  }

  find(key: string): MemoryObject | undefined {
    return this.objects.get(key);
  }

  /** What a pointer points to, `index` elements further. */
  behind(pointer: Node, index: Node | undefined): Place {
    const { base, offset } = split(pointer, this.values);
    const total = add(offset, index, this.values);
    if (base.kind === 'address' && base.object) {
      const inner = base.of[0];
      const at = add(inner && isNumber(inner) && inner.value === 0 ? undefined : inner, total, this.values);
      return { object: base.object, selector: base.name ?? '', ...(at && { index: at }) };
    }
    const type = typeBehind(pointer) ?? typeBehind(base);
    const key = `*${String(base.id)}`;
    const known = this.objects.get(key);
    // A `void *` is met first by whoever casts it.
    if (known && (known.type !== undefined || type === undefined))
      return { object: known, selector: '', ...(total && { index: total }) };
    const object = { key, kind: 'pointee' as const, behind: base, ...(type !== undefined && { type }) };
    this.objects.set(key, object);
    return { object, selector: '', ...(total && { index: total }) };
  }

  read(state: State, { object, selector, index }: Place): Node {
    if (!index || (isNumber(index) && index.value === 0 && !object.isArray))
      return this.whole(state, object, selector);
    if (isNumber(index)) {
      const known = state.get(object.key, `${selector}[${String(index.value)}]`);
      if (known) return known;
    }
    const whole = this.whole(state, object, selector);
    const type = selector === '' ? object.type : this.typeAt(object, selector)?.type;
    const element =
      isNumber(index) && index.value === 0 && (!object.isArray || whole.kind === 'content')
        ? whole
        : this.values.compound('element', '', [whole, index], type);
    if (isNumber(index)) return element;
    const others = [...(state.cells.get(object.key) ?? [])]
      .filter(([key]) => key.startsWith(`${selector}[`))
      .map(([, node]) => node);
    return others.length === 0
      ? element
      : this.values.compound('pure', 'any', [element, ...others.slice(0, 8)]);
  }

  private whole(state: State, object: MemoryObject, selector: string): Node {
    const known = state.get(object.key, selector);
    if (known) return known;
    const shared = object.kind === 'global' && !state.get(object.key, '');
    if (selector === '' || shared) return this.initial(object, selector);
    const cut = Math.max(selector.lastIndexOf('.'), selector.lastIndexOf('['));
    const field = selector.slice(cut + 1);
    const outer = this.whole(state, object, cut <= 0 ? '' : selector.slice(0, cut));
    const type = this.typeAt(object, selector);
    return this.values.compound('field', field, [outer], type && !type.isArray ? type.type : undefined);
  }

  /** Type of a field by its selector. */
  typeAt(object: MemoryObject, selector: string): FieldType | undefined {
    if (object.type === undefined) return undefined;
    const key = `${object.type} ${selector}`;
    const known = this.types.get(key);
    if (known !== undefined) return known ?? undefined;
    const found = this.findType(object, selector);
    this.types.set(key, found ?? null);
    return found;
  }

  private findType(object: MemoryObject, selector: string): FieldType | undefined {
    let type = object.type;
    let found: FieldType | undefined;
    for (const field of selector.split('.')) {
      found = this.fieldOf(type, field.replace(/\[.*$/, ''));
      if (!found) return undefined;
      type = found.type;
    }
    return found;
  }

  /** `site` names the instruction, for contents that are only partly replaced. */
  write(state: State, place: Place, value: Node, site: string): void {
    const { object, selector, index } = place;
    if (selector.split('.').length > DEEPEST) return;
    if (!index || (isNumber(index) && index.value === 0 && !object.isArray)) {
      state.set(object.key, selector, value);
      return;
    }
    if (isNumber(index)) {
      state.set(object.key, `${selector}[${String(index.value)}]`, value);
      return;
    }
    if (isNumber(value)) return;
    const before = this.whole(state, object, selector);
    if (before === value) return;
    const mixed = this.values.renew('site', `mix ${site}`, {
      of: before.kind === 'site' && before.of.includes(value) ? before.of : [before, value],
    });
    if (mixed !== before) state.set(object.key, selector, mixed);
  }

  /** `*to = *from` for whole structs: fields that were set one by one are copied too. */
  copyCells(state: State, from: Place, to: Place): void {
    const cells = state.cells.get(from.object.key);
    if (!cells || from.index || to.index) return;
    const prefix = from.selector;
    for (const [key, node] of cells)
      if (key !== prefix && key.startsWith(prefix === '' ? '' : `${prefix}.`)) {
        const rest = prefix === '' ? key : key.slice(prefix.length + 1);
        state.set(to.object.key, to.selector === '' ? rest : `${to.selector}.${rest}`, node);
      }
  }

  /** What a value stands for when it is handed over: of a pointer to memory we know, all that lies there. */
  contents(state: State, node: Node): Node {
    const { base } = split(node, this.values);
    const place =
      base.kind === 'address' || state.cells.has(`*${String(base.id)}`)
        ? this.behind(base, undefined)
        : undefined;
    if (!place) return node;
    const { object, selector } = place;
    const cells = state.cells.get(object.key);
    const whole = this.whole(state, object, selector);
    if (!cells) return whole;
    const inside = [...cells].filter(([key]) => key !== selector && key.startsWith(selector));
    if (inside.length === 0) return whole;
    const nodes = inside.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
    return this.values.compound('pure', 'all', [whole, ...nodes.slice(0, 24)]);
  }

  /** How much fits where a pointer points. */
  room(node: Node): Room | undefined {
    const { base, offset } = split(node, this.values);
    if (base.kind !== 'address' || !base.object) return undefined;
    const { object } = base;
    const selector = base.name ?? '';
    const field = selector === '' ? undefined : this.typeAt(object, selector);
    if (selector !== '' && !field?.isArray) return undefined;
    const count = field ? field.count : object.count;
    const size = field ? sizeOf(field.type) : object.elementSize;
    if (!count) return undefined;
    const inner = add(base.of[0], offset, this.values);
    const skipped = !inner ? 0 : isNumber(inner) ? inner.value : undefined;
    if (isNumber(count) && skipped !== undefined) {
      const elements = count.value - skipped;
      return { object, elements, ...(size !== undefined && { bytes: elements * size }) };
    }
    if (skipped === 0) return { object, node: this.bytes(count, size) };
    // Of `header + n` bytes, n are left behind the header.
    const rest = count.name === '+' ? count.of.filter((part) => part !== inner) : [];
    const [left] = rest;
    return rest.length === 1 && left ? { object, node: left } : { object };
  }

  private bytes(count: Node, size: number | undefined): Node {
    if (size === 1) return count;
    return this.values.compound('binary', '*', [
      count,
      size === undefined ? this.values.unknown : this.values.number(size),
    ]);
  }

  /** Pointer to the first byte of an object, as whoever made it was given it. */
  start(object: MemoryObject): Node {
    return this.values.address(object, '', this.values.number(0));
  }

  /** Key under which it is remembered that memory was freed. */
  freedKey(pointer: Node): string {
    return this.behind(pointer, undefined).object.key;
  }

  get c(): boolean {
    return this.isC;
  }
}

/** Type of what a pointer points to, by its own type; a handle points to what its name says. */
function typeBehind({ type }: Node): string | undefined {
  if (type === undefined || /^(const )?void \*/.test(type)) return undefined;
  if (isPointer(type)) return pointee(type);
  return integerType(type) ? undefined : type;
}

/** A pointer without what was added to it. */
export function split(node: Node, values: Values): { base: Node; offset: Node | undefined } {
  let offset: Node | undefined;
  for (let hops = 0; hops < 16; hops++) {
    const [left, right] = node.of;
    if (node.kind === 'cast' && left) node = left;
    else if (node.kind === 'binary' && left && right && node.name === '+' && !isNumber(left)) {
      offset = add(offset, right, values);
      node = left;
    } else if (node.kind === 'binary' && left && right && node.name === '-' && isNumber(right)) {
      offset = add(offset, values.number(-right.value), values);
      node = left;
    } else break;
  }
  return { base: node, offset };
}

export function add(a: Node | undefined, b: Node | undefined, values: Values): Node | undefined {
  if (!a) return b;
  if (!b) return a;
  if (isNumber(a) && isNumber(b)) return values.number(a.value + b.value);
  if (isNumber(a) && a.value === 0) return b;
  if (isNumber(b) && b.value === 0) return a;
  return values.compound('binary', '+', [a, b]);
}
