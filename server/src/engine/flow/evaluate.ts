/** Evaluates pure expressions to symbolic values, and finds the places they speak of. */
import { isSecretKey } from '../../../../rules/kit/judgement.js';
import { Fold } from './fold.js';
import { own, pathOf } from './members.js';
import type { Ex, FlowFunction } from './ir.js';
import { type Memory, type Place } from './memory.js';
import { State } from './state.js';
import { SECRET } from './roles.js';
import { sizeOf } from './types.js';
import { RECORD, type MemoryObject, type Node, type Source, type Values, isNumber } from './values.js';
import type { World } from './world.js';

/** Told of accesses to memory, for those who judge them. */
export interface Watch {
  access(
    state: State,
    ex: Ex,
    pointer: Node,
    index: Node | undefined,
    place: Place,
    how: 'read' | 'write',
  ): void;
  /** The address of an element is taken. */
  address(state: State, of: Ex, index: Ex): void;
  /** A variable that is no array is read. */
  variable(ex: Ex & { readonly 0: 'v' }, value: Node): void;
}

/** Constants are worth the same everywhere. */
const NO_STATE = new State();

export class Evaluator {
  private readonly variables = new Map<number, MemoryObject>();
  watch: Watch | undefined;
  readonly fold: Fold;

  constructor(
    readonly world: World,
    readonly values: Values,
    readonly memory: Memory,
  ) {
    this.fold = new Fold(values, world.lang === 'c');
  }

  variable(index: number): MemoryObject {
    let object = this.variables.get(index);
    if (!object) {
      const { n, t, d } = this.world.func.vars[index] ?? { n: '' };
      const isArray = d !== undefined;
      const count = isArray ? this.dimension(d) : undefined;
      const elementSize = isArray ? (sizeOf(t) ?? this.world.sizeOf(t ?? '')) : undefined;
      object = this.memory.object({
        key: `v${String(index)}`,
        kind: 'variable',
        name: n,
        isArray,
        ...(t !== undefined && { type: t }),
        ...(count && { count }),
        ...(elementSize !== undefined && { elementSize }),
      });
      this.variables.set(index, object);
    }
    return object;
  }

  /** The length of an array; a product where it has several dimensions. An array without a length gets it elsewhere. */
  private dimension(dims: readonly Ex[]): Node | undefined {
    const [first] = dims;
    if (!first || first[0] === '?') return undefined;
    return this.eval(NO_STATE, first);
  }

  eval(state: State, ex: Ex): Node {
    switch (ex[0]) {
      case 'n':
        return this.values.number(ex[3]);
      case 's':
        return this.values.text(ex[3]);
      case 'x':
        return this.values.leaf('regex', ex[3], { value: ex[3] });
      case 'v': {
        const object = this.variable(ex[3]);
        if (object.isArray) return this.values.address(object, '', this.values.number(0));
        const value = this.memory.read(state, { object, selector: '' });
        this.watch?.variable(ex, value);
        const key = this.world.writtenInside(ex[3]);
        if (key === undefined) return value;
        const inside = this.memory.object({ key, kind: 'global' });
        return this.values.compound('pure', 'any', [
          value,
          this.memory.read(state, { object: inside, selector: '' }),
        ]);
      }
      case 'g':
        return this.outside(state, ex[3], ex[1]);
      case '.':
        return this.member(state, ex, ex[3], ex[4]);
      case '[':
      case '*': {
        const key = ex[0] === '[' && this.world.lang === 'ts' ? this.eval(state, ex[4]) : undefined;
        if (ex[0] === '[' && key?.kind === 'text') return this.member(state, ex, ex[3], String(key.value));
        const place = this.place(state, ex, 'read');
        if (!place) return this.values.unknown;
        return this.decayed(state, place);
      }
      case '&': {
        const place = this.place(state, ex[3], undefined);
        if (ex[3][0] === '[' && this.world.lang === 'c') this.watch?.address(state, ex[3][3], ex[3][4]);
        return place
          ? this.values.address(place.object, place.selector, place.index ?? this.values.number(0))
          : this.eval(state, ex[3]);
      }
      case 'b':
        return this.fold.binary(ex[3], this.eval(state, ex[4]), this.eval(state, ex[5]));
      case 'u':
        return this.fold.unary(ex[3], this.eval(state, ex[4]));
      case 'c':
        return this.fold.cast(ex[3], this.eval(state, ex[4]));
      case 'z':
        return this.size(state, ex[3]);
      case 't': {
        const parts = ex[3].map((part) => this.eval(state, part));
        if (parts.every((part) => part.kind === 'text'))
          return this.values.text(parts.map((part) => String(part.value)).join(''));
        return this.values.compound('pure', 'join', parts);
      }
      case 'o':
        return this.object(state, ex);
      case 'f': {
        const ref = this.world.functionAt(ex[1]);
        return ref ? this.functionValue(ref.file, ref.func) : this.values.unknown;
      }
      case '?':
        return this.values.leaf('site', `? ${String(ex[1])}`);
    }
  }

  private member(state: State, ex: Ex, of: Ex, name: string): Node {
    if (this.world.lang === 'ts') {
      const path = pathOf(ex, this.world);
      const known = path === undefined ? undefined : this.world.value(path, ex[1]);
      if (known?.source !== undefined)
        return this.values.leaf('shared', `value ${path ?? ''}`, {
          sources: [this.source(known.source, ex)],
          ...(known.type !== undefined && { type: known.type }),
        });
      const object = this.eval(state, of);
      const entry = object.type === undefined ? undefined : this.world.type(object.type);
      const kind = own(entry?.source, name) ?? entry?.source?.['*'];
      const type = own(entry?.fields, name) ?? entry?.fields?.['*'];
      if (entry?.named) return this.named(state, ex, name, type);
      if (kind === undefined && type !== undefined) {
        const place = this.place(state, ex, 'read');
        return this.values.compound('pure', 'typed', place ? [this.decayed(state, place)] : [], type);
      }
      if (kind !== undefined)
        return this.values.leaf('site', `member ${String(object.id)} ${name}`, {
          sources: [this.source(kind, ex)],
          ...(type !== undefined && { type }),
          ...(entry?.records?.includes(name) && { name: RECORD }),
        });
      const holder = object.object?.type ?? object.type;
      const [method] = holder === undefined ? [] : this.world.methods(holder, name);
      if (method && !this.world.field(holder, name)) return this.functionValue(method.file, method.func);
      if (name === 'length')
        return this.values.compound('pure', 'length', [this.memory.contents(state, object)], 'size_t');
    }
    const place = this.place(state, ex, 'read');
    if (!place) return this.values.unknown;
    return this.fromOutside(state, ex, place) ?? this.decayed(state, place);
  }

  /** A member of what people fill with names of their own: a secret where its name is one. */
  private named(state: State, ex: Ex, name: string, type: string | undefined): Node {
    const place = this.place(state, ex, 'read');
    const value = place ? this.decayed(state, place) : this.values.unknown;
    if (value.kind === 'number' || value.kind === 'text') return value;
    if (isSecretKey(name))
      return this.values.leaf('site', `named ${String(value.id)}`, {
        of: [value],
        sources: [this.source(SECRET, ex)],
      });
    return type === undefined ? value : this.values.compound('pure', 'typed', [value], type);
  }

  /** A field of a library's struct that a table says comes from outside, unless it was written here. */
  fromOutside(state: State, ex: Ex, { object, selector }: Place): Node | undefined {
    if (!this.memory.c || object.type === undefined || state.get(object.key, selector)) return undefined;
    const entry = this.world.type(object.type);
    const kind = entry?.source?.[selector];
    if (kind === undefined) return undefined;
    const type = this.memory.typeAt(object, selector)?.type ?? entry?.fields?.[selector];
    const whole = this.memory.read(state, { object, selector: '' });
    const field = this.values.compound('field', selector, [whole]);
    return this.values.renew('site', `outside ${String(field.id)}`, {
      of: [],
      sources: field.sources ?? [this.source(kind, ex)],
      ...(type !== undefined && { type }),
    });
  }

  source(kind: string, { 1: start, 2: end }: { readonly 1: number; readonly 2: number }): Source {
    return { kind, steps: [{ at: { file: this.world.file, start, end }, says: `comes from ${kind}` }] };
  }

  /** A field that is an array is worth its address. */
  decayed(state: State, place: Place): Node {
    if (place.selector !== '' && !place.index && this.memory.c) {
      const field = this.memory.typeAt(place.object, place.selector);
      if (field?.isArray) return this.values.address(place.object, place.selector, this.values.number(0));
    }
    return this.memory.read(state, place);
  }

  /** The place that an expression names; `how` tells the watch of an access. */
  place(state: State, ex: Ex, how: 'read' | 'write' | undefined): Place | undefined {
    switch (ex[0]) {
      case 'v':
        return { object: this.variable(ex[3]), selector: '' };
      case 'g': {
        const object = this.sharedObject(ex[3], ex[1]) ?? (how === 'write' ? this.undeclared(ex) : undefined);
        return object && { object, selector: '' };
      }
      case '.': {
        const outer =
          this.world.lang === 'ts'
            ? this.memory.behind(this.eval(state, ex[3]), undefined)
            : this.outerPlace(state, ex[3], how);
        if (!outer) return undefined;
        const base =
          outer.index && !(isNumber(outer.index) && outer.index.value === 0)
            ? this.elementObject(state, outer)
            : outer;
        return { object: base.object, selector: base.selector === '' ? ex[4] : `${base.selector}.${ex[4]}` };
      }
      case '[': {
        const pointer = this.eval(state, ex[3]);
        const index = this.eval(state, ex[4]);
        if (this.world.lang === 'ts') {
          const place = this.memory.behind(pointer, undefined);
          if (index.kind === 'text')
            return {
              ...place,
              selector:
                place.selector === '' ? String(index.value) : `${place.selector}.${String(index.value)}`,
            };
          return { ...place, index };
        }
        const place = this.memory.behind(pointer, index);
        if (how) this.watch?.access(state, ex, pointer, index, place, how);
        return place;
      }
      case '*': {
        const pointer = this.eval(state, ex[3]);
        const place = this.memory.behind(pointer, undefined);
        if (how) this.watch?.access(state, ex, pointer, undefined, place, how);
        return place;
      }
      case 'c':
        return this.place(state, ex[4], how);
      default:
        return undefined;
    }
  }

  private outerPlace(state: State, of: Ex, how: 'read' | 'write' | undefined): Place | undefined {
    const place = this.place(state, of, how);
    if (place) return place;
    return this.memory.behind(this.eval(state, of), undefined);
  }

  /** `items[i].size`: the fields of an element belong to an object of their own. */
  private elementObject(state: State, place: Place): Place {
    const element = this.memory.read(state, place);
    const { type } = place.object;
    const object = this.memory.object({
      key: `e${String(element.id)}`,
      kind: 'pointee',
      behind: element,
      ...(type !== undefined && { type }),
    });
    return { object, selector: '' };
  }

  /** What is written to is a variable, though none of the headers at hand declares it. */
  private undeclared([, offset, , name]: Ex & { readonly 0: 'g' }): MemoryObject | undefined {
    if (this.world.lang !== 'c' || this.world.meaning(name, offset).kind !== 'name') return undefined;
    return this.memory.object({ key: `undeclared ${name}`, kind: 'global', name });
  }

  private sharedObject(name: string, offset: number): MemoryObject | undefined {
    const meaning = this.world.meaning(name, offset);
    if (meaning.kind !== 'shared') return undefined;
    const elementSize =
      meaning.type === undefined ? undefined : (sizeOf(meaning.type) ?? this.world.sizeOf(meaning.type));
    return this.memory.object({
      key: meaning.key,
      kind: 'global',
      name,
      isArray: meaning.isArray,
      ...(meaning.type !== undefined && { type: meaning.type }),
      ...(meaning.count !== undefined && { count: this.values.number(meaning.count) }),
      ...(elementSize !== undefined && { elementSize }),
      ...(meaning.constant && { constant: true }),
    });
  }

  private outside(state: State, name: string, offset: number): Node {
    const meaning = this.world.meaning(name, offset);
    switch (meaning.kind) {
      case 'number':
        return this.values.number(meaning.value);
      case 'text':
        return this.values.text(meaning.value);
      case 'expression':
        return this.eval(state, meaning.value);
      case 'function':
        return this.functionValue(meaning.ref.file, meaning.ref.func);
      case 'shared': {
        const object = this.sharedObject(name, offset);
        if (!object) return this.values.named(name);
        if (object.isArray || name === 'this') return this.values.address(object, '', this.values.number(0));
        return this.memory.read(state, { object, selector: '' });
      }
      case 'name': {
        const known = this.world.lang === 'ts' ? this.world.value(name, offset) : undefined;
        if (known?.source !== undefined)
          return this.values.leaf('shared', `value ${name}`, {
            sources: [this.source(known.source, { 1: offset, 2: offset + name.length })],
          });
        if (this.world.lang === 'c') {
          const written = state.get(`undeclared ${name}`, '');
          if (written) return written;
        }
        return this.values.named(name);
      }
    }
  }

  private functionValue(file: string, func: FlowFunction): Node {
    return this.values.leaf('function', `${file}:${String(func.start)}`, { func });
  }

  private size(state: State, of: Ex | string): Node {
    const unknown = (words: string): Node =>
      this.values.leaf('pure', `sizeof ${words}`, { name: 'sizeof', type: 'size_t' });
    if (typeof of === 'string') {
      const bytes = sizeOf(of) ?? this.world.sizeOf(of);
      return bytes === undefined ? unknown(of) : this.values.number(bytes);
    }
    const place = this.place(state, of, undefined);
    if (!place) {
      if (of[0] !== 'g')
        return of[0] === 's' ? this.values.number(of[3].length + 1) : unknown(JSON.stringify(of));
      const bytes = sizeOf(of[3]) ?? this.world.sizeOf(of[3]);
      return bytes === undefined ? unknown(of[3]) : this.values.number(bytes);
    }
    const { object, selector, index } = place;
    const field = selector === '' ? undefined : this.memory.typeAt(object, selector);
    const type = selector === '' ? object.type : field?.type;
    const isArray = selector === '' ? object.isArray && !index && of[0] !== '*' : field?.isArray && !index;
    const one = sizeOf(type) ?? (type === undefined ? undefined : this.world.sizeOf(type));
    if (!isArray) return one === undefined ? unknown(`${object.key} ${selector}`) : this.values.number(one);
    const room = this.memory.room(this.values.address(object, selector, this.values.number(0)));
    if (room?.bytes !== undefined) return this.values.number(room.bytes);
    return room?.node ?? unknown(`${object.key} ${selector}`);
  }

  private object(state: State, ex: Ex & { readonly 0: 'o' }): Node {
    const object = this.memory.object({ key: `o${String(ex[1])}`, kind: 'object' });
    state.set(object.key, '', this.values.leaf('site', `new ${String(ex[1])}`));
    this.fill(state, { object, selector: '' }, ex);
    return this.values.address(object, '', this.values.number(0));
  }

  /** Writes a braced initialiser or an object literal into a place. */
  fill(state: State, place: Place, ex: Ex & { readonly 0: 'o' }): void {
    const { object, selector } = place;
    let spread: Node | undefined;
    for (const [key, value] of ex[3]) {
      if (key === '') {
        const given = this.memory.contents(state, this.eval(state, value));
        spread = spread ? this.values.compound('pure', 'all', [spread, given]) : given;
        continue;
      }
      const inner = key.startsWith('[') || selector === '' ? selector + key : `${selector}.${key}`;
      if (value[0] === 'o' && this.memory.c) this.fill(state, { object, selector: inner }, value);
      else state.set(object.key, inner, this.eval(state, value));
    }
    if (spread) {
      const kept = [...(state.cells.get(object.key) ?? [])].filter(([key]) => key !== '');
      state.set(object.key, '', spread);
      for (const [key, node] of kept) state.set(object.key, key, node);
    }
  }
}
