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
import { BARE, type Fate, fatesOf, pathText, PROMISED } from './ts-fates.js';
import { partsOfType } from './ts-parts.js';
import type { FieldType } from './memory.js';
import type { FunctionRef } from './summary.js';
import type { CallInstr, Callee, Meaning } from './world.js';

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
    const promised = this.promised(here, ref, ex, call[1], apis);
    if (promised) return promised;
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

  /** `const run = promisify(exec); run(line)`: the function that was wrapped. */
  private promised(
    here: FileIndex,
    ref: FunctionRef,
    ex: Ex,
    offset: number,
    apis: Apis,
  ): Callee | undefined {
    if (ex[0] !== 'g' && ex[0] !== 'v') return undefined;
    const written = pathText(ex, ref.func);
    let owner: FunctionRef | undefined = ref;
    while (owner && !owner.func.vars.some(({ n }) => n === written)) owner = this.outer(here, owner);
    const fate = owner && this.fate(here, owner, written);
    if (fate?.assignments !== 1 || !fate.made?.startsWith(PROMISED)) return undefined;
    const name = this.resolver.canonical(here.linked, fate.made.slice(PROMISED.length), offset);
    const entry = name === undefined ? undefined : apis.call(name);
    return name !== undefined && entry ? { name, entry, targets: [] } : undefined;
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
    const methods = [...there.byName.keys()];
    const [only, another] = [...there.classes.keys()].filter((cls) =>
      methods.some((method) => method.startsWith(`${cls}.`) && method !== `${cls}.${cls}`),
    );
    return name === 'default' && only !== undefined && another === undefined
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
    const [whole, part] = partsOfType(written);
    if (whole !== undefined && part !== undefined) {
      const key = this.classKey(here, whole);
      return key === undefined ? undefined : this.field(key, part)?.type;
    }
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
