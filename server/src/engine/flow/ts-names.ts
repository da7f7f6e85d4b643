/** Names of TypeScript functions and variables across closures, classes and modules of a product. */
import type { Apis } from '../apis.js';
import type { CallFact } from '../facts/model.js';
import { plainTsType } from '../facts/ts-lower.js';
import type { Resolver } from '../link/resolve.js';
import type { Exchange } from './exchange.js';
import type { FileIndex, FlowIndex } from './index.js';
import { CallFlag, type Ex, type FlowFunction } from './ir.js';
import { exportOf } from './common-js.js';
import { REQUIRED } from './ts-expr.js';
import type { FieldType } from './memory.js';
import type { FunctionRef } from './summary.js';
import type { CallInstr, Callee, Meaning } from './world.js';

/** What becomes of a variable in its own function and in those inside of it. */
interface Fate {
  readonly assignments: number;
  readonly only: Ex | undefined;
  readonly seen: boolean;
  readonly written: boolean;
  /** The class whose `new` object it is given. */
  readonly made: string | undefined;
}

/** Makes objects that have no prototype; also the type of what it gives back. */
export const BARE = 'Object.create';

/** Names that lead to each other are cut here. */
const FARTHEST = 8;
const NAMELESS: Meaning = { kind: 'name' };

export class TsNames {
  private static readonly fates = new WeakMap<FileIndex, Map<string, Fate>>();

  constructor(
    private readonly index: FlowIndex,
    private readonly resolver: Resolver,
    private readonly exchange: Exchange,
  ) {}

  meaning(here: FileIndex, ref: FunctionRef, name: string, depth = 0): Meaning {
    if (name === 'this') {
      const cls = this.classAround(here, ref);
      return cls === undefined
        ? NAMELESS
        : {
            kind: 'shared',
            key: `this ${ref.file}:${cls}`,
            type: `class ${ref.file}:${cls}`,
            isArray: false,
            count: undefined,
          };
    }
    if (name.startsWith(REQUIRED)) {
      const target = this.resolver.product.module(here.linked.file, name.slice(REQUIRED.length));
      return target
        ? {
            kind: 'shared',
            key: `module ${target.file}`,
            type: `module ${target.file}`,
            isArray: false,
            count: undefined,
          }
        : NAMELESS;
    }
    for (let outer = this.outer(here, ref); outer; outer = this.outer(here, outer)) {
      const variable = outer.func.vars.findIndex(({ n }) => n === name);
      if (variable >= 0) return this.variable(here, outer, variable);
    }
    const module = here.module;
    if (module && module !== ref) {
      const variable = module.func.vars.findIndex(({ n }) => n === name);
      if (variable >= 0) return this.variable(here, module, variable);
    }
    return depth > FARTHEST ? NAMELESS : this.imported(here, name, depth + 1);
  }

  private outer(here: FileIndex, ref: FunctionRef): FunctionRef | undefined {
    return ref.func.outer === undefined ? undefined : here.byStart.get(ref.func.outer);
  }

  private classAround(here: FileIndex, ref: FunctionRef): string | undefined {
    for (let at: FunctionRef | undefined = ref; at; at = this.outer(here, at))
      if (at.func.cls !== undefined) return at.func.cls;
    return undefined;
  }

  private variable(here: FileIndex, owner: FunctionRef, variable: number): Meaning {
    const { n, t } = owner.func.vars[variable] ?? { n: '' };
    const fate = this.fate(here, owner, n);
    const only = fate?.assignments === 1 && !fate.written ? fate.only : undefined;
    if (only?.[0] === 'f') {
      const ref = here.byStart.get(only[1]);
      if (ref) return { kind: 'function', ref };
    }
    if (only && isConstant(only)) return { kind: 'expression', value: only };
    const seeded = variable < owner.func.params ? this.exchange.seeds(owner, variable).type : undefined;
    const makes = fate?.assignments === 1 ? fate.made : undefined;
    const made = makes === undefined || makes === BARE ? makes : this.classKey(here, makes);
    const type = seeded ?? made ?? (t === undefined ? undefined : this.typeNamed(here, t, owner.func.start));
    return { kind: 'shared', key: keyOf(owner, n), type, isArray: false, count: undefined };
  }

  private imported(here: FileIndex, name: string, depth: number): Meaning {
    const { linked } = here;
    const imported = linked.facts.imports.find((each) => each.local === name);
    const target = imported && this.resolver.product.module(linked.file, imported.module);
    return target ? this.exported(target.file, imported.imported, depth) : NAMELESS;
  }

  private exported(file: string, name: string, depth: number): Meaning {
    const there = this.index.files.get(file);
    if (!there || depth > FARTHEST) return NAMELESS;
    const { facts } = there.linked;
    const found = facts.exports.find((each) => each.name === name);
    if (found?.from !== undefined) {
      const next = this.resolver.product.module(file, found.from);
      return next ? this.exported(next.file, found.local, depth + 1) : NAMELESS;
    }
    const local = found?.local ?? name;
    const { module } = there;
    const variable = module ? module.func.vars.findIndex(({ n }) => n === local) : -1;
    if (module && variable >= 0) return this.variable(there, module, variable);
    const ref = there.byName.get(local);
    if (ref) return { kind: 'function', ref };
    const given = module && exportOf(module.func, name);
    if (given) return this.value(there, module, given, depth + 1);
    for (const star of facts.exports) {
      if (star.name !== '*' || star.from === undefined) continue;
      const next = this.resolver.product.module(file, star.from);
      const beyond = next ? this.exported(next.file, name, depth + 1) : NAMELESS;
      if (beyond.kind !== 'name') return beyond;
    }
    return NAMELESS;
  }

  /** What a value of a module's own statements means elsewhere. */
  private value(here: FileIndex, module: FunctionRef, ex: Ex, depth: number): Meaning {
    if (ex[0] === 'v') return this.variable(here, module, ex[3]);
    if (ex[0] === 'g') return this.meaning(here, module, ex[3], depth);
    const ref = ex[0] === 'f' ? here.byStart.get(ex[1]) : undefined;
    if (ref) return { kind: 'function', ref };
    return isConstant(ex) ? { kind: 'expression', value: ex } : NAMELESS;
  }

  callee(here: FileIndex, ref: FunctionRef, call: CallInstr, fact: CallFact | undefined, apis: Apis): Callee {
    const ex = call[4];
    const isNew = (call[6] & CallFlag.isNew) !== 0;
    const written = pathText(ex, ref.func);
    const name = (fact && this.resolver.callee(here.linked, fact)) ?? written;
    const entry = apis.call(name) ?? (ex[0] === '.' ? apis.call(`*#${ex[4]}`) : undefined);
    if (entry && apis.call(name)) return { name, entry, targets: [] };
    const held = this.held(here, ref, ex, apis);
    if (held) return held;
    const targets = this.targets(here, ref, ex, isNew);
    if (isNew) {
      const cls = ex[0] === 'g' || ex[0] === 'v' ? this.classKey(here, written) : undefined;
      if (cls !== undefined) return { name: written, entry: undefined, targets, constructs: cls };
    }
    return targets.length > 0 || !entry
      ? { name: written, entry: undefined, targets }
      : { name: written, entry, targets, byNameAlone: true };
  }

  /** `this.bus.write(…)`: a method of a library's object that a field of the class holds. */
  private held(here: FileIndex, ref: FunctionRef, ex: Ex, apis: Apis): Callee | undefined {
    if (ex[0] !== '.' || ex[3][0] !== '.' || ex[3][3][0] !== 'g' || ex[3][3][3] !== 'this') return undefined;
    const cls = this.classAround(here, ref);
    const type = cls === undefined ? undefined : this.field(`class ${ref.file}:${cls}`, ex[3][4])?.type;
    const name = `${type ?? ''}#${ex[4]}`;
    const entry = type === undefined ? undefined : apis.call(name);
    return entry && { name, entry, targets: [] };
  }

  private targets(here: FileIndex, ref: FunctionRef, ex: Ex, isNew: boolean): readonly FunctionRef[] {
    if (ex[0] === 'g') {
      if (isNew) {
        const key = this.classKey(here, ex[3]);
        return key === undefined ? [] : this.methods(key, 'constructor');
      }
      const meaning = this.meaning(here, ref, ex[3]);
      return meaning.kind === 'function' ? [meaning.ref] : [];
    }
    if (ex[0] === 'v' && isNew) {
      const key = this.classKey(here, ref.func.vars[ex[3]]?.n ?? '');
      return key === undefined ? [] : this.methods(key, 'constructor');
    }
    if (ex[0] !== '.') return [];
    const [, , , of, method] = ex;
    if (of[0] !== 'g') return [];
    if (of[3] === 'this' || of[3] === 'super') {
      const cls = this.classAround(here, ref);
      return cls === undefined ? [] : this.methods(`class ${ref.file}:${cls}`, method);
    }
    const imported = here.linked.facts.imports.find((each) => each.local === of[3]);
    const target = imported && this.resolver.product.module(here.linked.file, imported.module);
    if (target && imported.imported === '*') {
      const meaning = this.exported(target.file, method, 0);
      return meaning.kind === 'function' ? [meaning.ref] : [];
    }
    const key = this.classKey(here, of[3]);
    return key === undefined ? [] : this.methods(key, method);
  }

  /** Key of the class that a name means. */
  classKey(here: FileIndex, name: string, depth = 0): string | undefined {
    if (here.classes.has(name)) return `class ${here.linked.file}:${name}`;
    const imported = here.linked.facts.imports.find((each) => each.local === name);
    const target = imported && this.resolver.product.module(here.linked.file, imported.module);
    return target ? this.exportedClass(target.file, imported.imported, depth + 1) : undefined;
  }

  private exportedClass(file: string, name: string, depth: number): string | undefined {
    const there = this.index.files.get(file);
    if (!there || depth > FARTHEST) return undefined;
    const found = there.linked.facts.exports.find((each) => each.name === name);
    const next = found?.from === undefined ? undefined : this.resolver.product.module(file, found.from);
    if (next && found) return this.exportedClass(next.file, found.local, depth + 1);
    const local = found?.local ?? name;
    if (there.classes.has(local)) return `class ${file}:${local}`;
    // `export default class Foo` may be exported under no name of its own.
    const [only] = there.classes.keys();
    return name === 'default' && only !== undefined && there.classes.size === 1
      ? `class ${file}:${only}`
      : undefined;
  }

  methods(type: string, name: string, depth = 0): readonly FunctionRef[] {
    if (type.startsWith('module ')) {
      const meaning = this.exported(type.slice('module '.length), name, depth);
      return meaning.kind === 'function' ? [meaning.ref] : [];
    }
    const match = /^class (.*):([^:]*)$/.exec(type);
    if (!match || depth > FARTHEST) return [];
    const [, file = '', cls = ''] = match;
    const here = this.index.files.get(file);
    const own = here?.byName.get(`${cls}.${name}`);
    if (own) return [own];
    const parent = here?.classes.get(cls)?.type;
    const above = here && parent !== undefined ? this.classKey(here, parent) : undefined;
    return above === undefined ? [] : this.methods(above, name, depth + 1);
  }

  field(type: string, field: string): FieldType | undefined {
    const match = /^class (.*):([^:]*)$/.exec(type);
    const here = match?.[1] === undefined ? undefined : this.index.files.get(match[1]);
    const cls = here?.classes.get(match?.[2] ?? '');
    if (!here || !cls) return undefined;
    const written = cls.vars.find(({ n }) => n === field)?.t;
    const named = written === undefined ? this.made(here, cls, field) : this.typeNamed(here, written, 0);
    return named === undefined ? undefined : { type: named, isArray: false };
  }

  /** Type of a field by the call that it starts with: `bus = new ModbusRTU()`. */
  private made(here: FileIndex, cls: FlowFunction, field: string): string | undefined {
    const all = cls.blocks.flatMap(({ i }) => i);
    const set = all.find((each) => each[0] === '=' && each[3][0] === '.' && each[3][4] === field);
    const value = set?.[0] === '=' && set[4][0] === 'v' ? set[4][3] : undefined;
    const call = value === undefined ? undefined : all.find((each) => each[0] === 'k' && each[3] === value);
    const fact = call && here.calls.get(`${String(call[1])}:${String(call[2])}`);
    const name = fact && this.resolver.callee(here.linked, fact);
    return name === undefined ? undefined : this.resolver.product.api('ts').call(name)?.returns;
  }

  typeNamed(here: FileIndex, written: string, offset: number): string | undefined {
    const name = plainTsType(written);
    if (name === '') return undefined;
    return this.classKey(here, name) ?? this.resolver.typeName(here.linked, name, offset);
  }

  captured(
    here: FileIndex,
    owner: FunctionRef,
    variable: number,
  ): { key: string; written: boolean } | undefined {
    const name = owner.func.vars[variable]?.n ?? '';
    const fate = name === '' ? undefined : this.fate(here, owner, name);
    return fate?.seen ? { key: keyOf(owner, name), written: fate.written } : undefined;
  }

  private fate(here: FileIndex, owner: FunctionRef, name: string): Fate | undefined {
    let fates = TsNames.fates.get(here);
    if (!fates) {
      fates = fatesOf(here);
      TsNames.fates.set(here, fates);
    }
    return fates.get(`${String(owner.func.start)} ${name}`);
  }
}

function keyOf(owner: FunctionRef, name: string): string {
  return `${owner.file}:${String(owner.func.start)}:${name}`;
}

/** What can be worked out anywhere: literals, and arrays and objects of them. */
function isConstant(ex: Ex): boolean {
  switch (ex[0]) {
    case 'n':
    case 's':
    case 'x':
      return true;
    case 'o':
      return ex[3].every(([key, value]) => key !== '' && isConstant(value));
    case 'g':
      return ex[3].startsWith(REQUIRED);
    case '.':
      return isConstant(ex[3]);
    default:
      return false;
  }
}

function pathText(ex: Ex, func: FlowFunction): string {
  if (ex[0] === 'g') return ex[3];
  if (ex[0] === 'v') return func.vars[ex[3]]?.n ?? '';
  if (ex[0] !== '.') return '';
  const outer = pathText(ex[3], func);
  return outer === '' ? ex[4] : `${outer}.${ex[4]}`;
}

/** Walks all functions of a file once: which variables are assigned how often, and which are seen from inside others. */
function fatesOf(here: FileIndex): Map<string, Fate> {
  const fates = new Map<string, { -readonly [K in keyof Fate]: Fate[K] }>();
  const of = (owner: FlowFunction, name: string): { -readonly [K in keyof Fate]: Fate[K] } => {
    const key = `${String(owner.start)} ${name}`;
    const known = fates.get(key) ?? {
      assignments: 0,
      only: undefined,
      seen: false,
      written: false,
      made: undefined,
    };
    fates.set(key, known);
    return known;
  };
  for (const { func } of here.byStart.values()) {
    const ownerOf = (name: string): FlowFunction | undefined => {
      for (let at = func.outer; at !== undefined;) {
        const outer: FlowFunction | undefined = here.byStart.get(at)?.func;
        if (!outer) return undefined;
        if (outer.vars.some(({ n }) => n === name)) return outer;
        at = outer.outer;
      }
      return undefined;
    };
    const seen = (name: string, written: boolean): void => {
      const owner = ownerOf(name);
      if (!owner) return;
      const fate = of(owner, name);
      fate.seen = true;
      fate.written ||= written;
    };
    const news = new Map<number, string>();
    const assigned = (variable: number, value: Ex | undefined, made?: string): void => {
      const name = func.vars[variable]?.n ?? '';
      if (name === '') return;
      const fate = of(func, name);
      fate.assignments++;
      fate.only = value;
      fate.made = made;
    };
    const visit = (ex: Ex): void => {
      if (ex[0] === 'g') seen(ex[3], false);
      for (const part of ex.slice(3)) eachEx(part, visit);
    };
    for (let param = 0; param < func.params; param++) assigned(param, undefined);
    for (const block of func.blocks) {
      if (block.c) visit(block.c);
      for (const instruction of block.i) {
        if (instruction[0] === 'k' && instruction[3] >= 0) {
          const called = pathText(instruction[4], func);
          if ((instruction[6] & CallFlag.isNew) !== 0 || called === BARE) news.set(instruction[3], called);
        }
        for (const part of instruction.slice(3)) eachEx(part, visit);
        if (instruction[0] === '=') {
          const [, , , target, value] = instruction;
          if (target[0] === 'v')
            assigned(target[3], value, value[0] === 'v' ? news.get(value[3]) : undefined);
          if (target[0] === 'g') seen(target[3], true);
        } else if (instruction[0] === 'k' && instruction[3] >= 0) assigned(instruction[3], undefined);
      }
    }
  }
  return fates;
}

function eachEx(part: unknown, visit: (ex: Ex) => void): void {
  if (!Array.isArray(part)) return;
  if (typeof part[0] === 'string' && typeof part[1] === 'number') visit(part as unknown as Ex);
  else for (const inner of part) eachEx(inner, visit);
}
