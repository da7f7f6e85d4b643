/** Names to what they mean: callees to library names, variables to their types and values, across files of a product. */
import type { CallFact, ExprFact, VariableFact } from '../facts/model.js';
import { rootOf } from '../facts/names.js';
import { CCalls } from './c-calls.js';
import type { Located } from './located.js';
import { type LinkedFile, type Product, moduleName } from './product.js';
import { TsModules, joined, requiredModule } from './ts-exports.js';

/** Names that lead to each other are cut here; then they mean nothing. */
const FARTHEST = 12;

/** The function itself, or its name, as an argument. */
function handsOver(argument: ExprFact, func: number, name: string): boolean {
  return argument.func === func || (name !== '' && argument.kind === 'name' && argument.path === name);
}

export class Resolver {
  readonly modules: TsModules;
  readonly cCalls: CCalls;
  /** Fields of a variable that hold something of a known type; the linker knows them. */
  fieldOf: (linked: LinkedFile, variable: VariableFact, field: string) => Located | undefined = () =>
    undefined;

  constructor(readonly product: Product) {
    this.modules = new TsModules(product);
    this.cCalls = new CCalls(product);
  }

  /** The library name of a callee: through imports, renames, aliases, factories and typed receivers. */
  callee(linked: LinkedFile, call: CallFact, depth = 0): string | undefined {
    if (linked.facts.lang === 'c') return this.cCalls.expanded(linked, call).callee;
    if (depth > FARTHEST) return undefined;
    if (call.on) {
      const method = call.path.slice(call.path.lastIndexOf('.') + 1);
      const module = this.moduleOf(linked, call.on, depth + 1);
      if (module !== undefined) return method === '' ? module : `${module}.${method}`;
      const type = this.typeOf({ linked, fact: call.on }, depth + 1);
      if (type !== undefined) return `${type}#${method}`;
      // A cast that tells nothing: the name that was cast may.
      if (call.on.path === undefined) return undefined;
    }
    return call.path === '' ? undefined : this.canonical(linked, call.path, call.start, depth + 1);
  }

  /** `crypto.createHash` for `c.createHash` after `import c from 'node:crypto'`; undefined for what is not a library's. */
  canonical(linked: LinkedFile, path: string, offset: number, depth = 0): string | undefined {
    if (depth > FARTHEST) return undefined;
    const root = rootOf(path);
    const rest = path.slice(root.length + 1);
    const variable = this.product.variable(linked, root, offset);
    if (variable) return this.throughVariable(linked, variable, rest, depth);
    const imported = linked.facts.imports.find((each) => each.local === root);
    if (imported) {
      const target = this.product.module(linked.file, imported.module);
      if (!target) {
        if (imported.module.startsWith('.')) return undefined;
        return joined(moduleName(imported.module), imported.imported, rest);
      }
      return this.passedOn(target, imported.imported, rest, depth);
    }
    return root.startsWith('this') ? undefined : path;
  }

  /** What another file of the product gives under a name: a package's own, or a variable of its own. */
  private passedOn(target: LinkedFile, name: string, rest: string, depth: number): string | undefined {
    const [member, below] = name === '*' ? split(rest) : [name, rest];
    const ofPackage = this.modules.ofPackage(target, member, below);
    if (ofPackage !== undefined) return ofPackage;
    const exported = this.modules.exported(target, name, rest, depth + 1);
    return exported && this.throughVariable(exported.linked, exported.variable, exported.rest, depth + 1);
  }

  private throughVariable(
    linked: LinkedFile,
    variable: VariableFact,
    rest: string,
    depth: number,
  ): string | undefined {
    if (depth > FARTHEST) return undefined;
    const join = (base: string): string => (rest === '' ? base : `${base}.${rest}`);
    const source = variable.takenFrom ?? this.onlyValue(variable);
    if (source) {
      const module = this.moduleOf(linked, source, depth + 1);
      if (module !== undefined) return join(module);
      const promised = this.promisified(linked, source, depth + 1);
      if (promised !== undefined) return join(promised);
      const required = this.requiredPath(source);
      const target = required && this.product.module(linked.file, required.module);
      if (target) {
        const path = [required.path, rest].filter((part) => part !== '').join('.');
        return this.passedOn(target, '*', path, depth + 1);
      }
      if (
        (source.kind === 'name' || source.kind === 'member') &&
        source.path !== undefined &&
        source.path !== variable.name
      ) {
        const name = this.canonical(linked, source.path, source.start, depth + 1);
        if (name !== undefined && name !== source.path) return join(name);
        if (name !== undefined && variable.takenFrom) return join(name);
      }
    }
    if (rest === '') return undefined;
    const dot = rest.lastIndexOf('.');
    if (dot !== -1) {
      const held = this.fieldOf(linked, variable, rest.slice(0, dot));
      const type =
        (held && this.typeOf(held, depth + 1)) ??
        this.typeOfField(this.typeOfVariable(linked, variable, depth + 1), rest.slice(0, dot));
      return type === undefined ? undefined : `${type}#${rest.slice(dot + 1)}`;
    }
    const field = source?.kind === 'object' ? this.fieldOf(linked, variable, rest) : undefined;
    const path = field?.fact.path;
    if (field && path !== undefined && field.fact.kind !== 'call') {
      const name = this.canonical(field.linked, path, field.fact.start, depth + 1);
      if (name !== undefined && name !== path) return name;
    }
    const type = this.typeOfVariable(linked, variable, depth + 1);
    return type === undefined ? undefined : `${type}#${rest}`;
  }

  /** The type that tables give to a field of a type, by its path: `ctx.cookies`. */
  private typeOfField(type: string | undefined, path: string): string | undefined {
    return path
      .split('.')
      .reduce<string | undefined>(
        (of, field) => (of === undefined ? undefined : this.product.api('ts').type(of)?.fields?.[field]),
        type,
      );
  }

  /** `promisify(crypto.pbkdf2)` takes the same arguments but the last. */
  private promisified(linked: LinkedFile, { call }: ExprFact, depth: number): string | undefined {
    const given = call?.args[0]?.path;
    if (!call || given === undefined || !/(^|\.)promisify$/.test(call.path)) return undefined;
    return this.callee(linked, call, depth) === 'util.promisify'
      ? this.canonical(linked, given, call.start, depth)
      : undefined;
  }

  /** `require('./lib')`, `require('./lib').part`, `{ part } = require('./lib')`. */
  private requiredPath(fact: ExprFact): { module: string; path: string } | undefined {
    const specifier = requiredModule(fact);
    if (specifier !== undefined) return { module: specifier, path: '' };
    const inner = fact.kind === 'member' && fact.operator !== undefined ? fact.parts?.[0] : undefined;
    const module = inner && requiredModule(inner);
    return module === undefined ? undefined : { module, path: fact.operator ?? '' };
  }

  /** The module that `require('m')` gives, also `require('m').part`. */
  private moduleOf(linked: LinkedFile, fact: ExprFact, depth: number): string | undefined {
    if (fact.kind === 'call') {
      const specifier = requiredModule(fact);
      return specifier === undefined || specifier.startsWith('.') ? undefined : moduleName(specifier);
    }
    const inner = fact.parts?.[0];
    if (fact.kind === 'member' && inner && fact.operator !== undefined && depth <= FARTHEST) {
      const module = this.moduleOf(linked, inner, depth + 1);
      return module === undefined ? undefined : `${module}.${fact.operator}`;
    }
    return undefined;
  }

  /** The one value a variable ever has; undefined where several are possible. */
  onlyValue(variable: VariableFact): ExprFact | undefined {
    const whole = variable.writes.filter((write) => write.field === '');
    if (whole.some((write) => write.compound)) return undefined;
    const values = [...(variable.init ? [variable.init] : []), ...whole.map((write) => write.value)];
    if (variable.kind === 'parameter' && variable.settled !== true) return undefined;
    return values.length === 1 ? values[0] : undefined;
  }

  /** The library type of an expression: from a factory, a constructor, an annotation or a cast. */
  typeOf(located: Located, depth = 0): string | undefined {
    if (depth > FARTHEST) return undefined;
    const { linked, fact } = located;
    if (fact.type !== undefined) return this.typeName(linked, fact.type, fact.start, depth);
    if (fact.call) {
      const callee = this.callee(linked, fact.call, depth + 1);
      const returns =
        callee === undefined ? undefined : this.product.api(linked.facts.lang).call(callee)?.returns;
      if (returns !== undefined) return returns;
      if (fact.kind === 'new') return callee;
      return this.typeOfResult(linked, fact.call, depth + 1);
    }
    if (fact.kind === 'conditional') {
      const [yes, no] = (fact.parts ?? [])
        .slice(1)
        .map((part) => this.typeOf({ linked, fact: part }, depth + 1));
      return yes === no ? yes : undefined;
    }
    if (fact.path === undefined) return undefined;
    const root = rootOf(fact.path);
    const variable = this.product.variable(linked, root, fact.start);
    if (!variable) {
      const rest = fact.path.slice(root.length + 1);
      const exported = linked.facts.lang === 'ts' ? this.modules.imported(linked, root, rest) : undefined;
      return exported?.rest === ''
        ? this.typeOfVariable(exported.linked, exported.variable, depth + 1)
        : undefined;
    }
    return variable.name === fact.path ? this.typeOfVariable(linked, variable, depth + 1) : undefined;
  }

  /** The type that a function of the product returns: `createClient()` that gives what `mqtt.connect` gave. */
  private typeOfResult(linked: LinkedFile, call: CallFact, depth: number): string | undefined {
    const target = this.functionNamed(linked, call.path, call.start);
    const result = target?.linked.facts.functions[target.func]?.returns[0];
    return target && result ? this.typeOf({ linked: target.linked, fact: result }, depth + 1) : undefined;
  }

  /** The product's own function behind a name. */
  functionNamed(
    linked: LinkedFile,
    path: string,
    offset: number,
  ): { linked: LinkedFile; func: number } | undefined {
    if (path === '' || path.includes('.')) return undefined;
    const variable = this.product.variable(linked, path, offset);
    const func = variable && this.onlyValue(variable)?.func;
    if (func !== undefined) return { linked, func };
    if (linked.facts.lang === 'c') {
      const own = linked.facts.functions.findIndex((each) => each.name === path);
      return own >= 0 ? { linked, func: own } : undefined;
    }
    const exported = this.modules.imported(linked, path, '');
    const there = exported && this.onlyValue(exported.variable)?.func;
    return exported && there !== undefined ? { linked: exported.linked, func: there } : undefined;
  }

  typeOfVariable(linked: LinkedFile, variable: VariableFact, depth = 0): string | undefined {
    if (depth > FARTHEST) return undefined;
    if (variable.type !== undefined)
      return this.typeName(linked, variable.type, variable.declared.start, depth);
    if (linked.facts.lang === 'c') return this.product.api('c').globals.get(variable.name);
    if (variable.parameter) return this.typeOfParameter(linked, variable, depth);
    const types = new Set<string>();
    const values = [
      ...(variable.init ? [variable.init] : []),
      ...variable.writes.filter((write) => write.field === '' && !write.compound).map((write) => write.value),
    ];
    for (const value of values) {
      if (value.kind === 'null') continue;
      const type = this.typeOf({ linked, fact: value }, depth + 1);
      if (type !== undefined) types.add(type);
    }
    const [only] = types;
    return types.size === 1 ? only : undefined;
  }

  /** The type that a call gives the parameters of a function passed to it: `(req, res)` of `app.get`. */
  private typeOfParameter(linked: LinkedFile, variable: VariableFact, depth: number): string | undefined {
    const { func, index } = variable.parameter ?? { func: -1, index: -1 };
    const owner = linked.facts.functions[func];
    if (!owner || index < 0) return undefined;
    const call = linked.facts.calls.find((each) => each.args.some((arg) => handsOver(arg, func, owner.name)));
    if (!call) return this.typeByAnnotation(linked, func, index, depth);
    const position = call.args.findIndex((arg) => handsOver(arg, func, owner.name));
    const callee = this.callee(linked, call, depth + 1);
    const callbacks = callee === undefined ? undefined : this.product.api('ts').call(callee)?.callbacks;
    return (callbacks?.[String(position)] ?? callbacks?.['*'])?.[index];
  }

  /** `const onError: ErrorRequestHandler = (err, req, res) => …` */
  private typeByAnnotation(
    linked: LinkedFile,
    func: number,
    index: number,
    depth: number,
  ): string | undefined {
    const holder = linked.facts.variables.find((each) => each.type !== undefined && each.init?.func === func);
    const type =
      holder?.type === undefined
        ? undefined
        : this.typeName(linked, holder.type, holder.declared.start, depth + 1);
    return type === undefined ? undefined : this.product.api('ts').type(type)?.params?.[index];
  }

  /** A type of C that a `typedef` of the product renames; as written where no table knows the other name. */
  private unaliased(linked: LinkedFile, type: string): string {
    let name = type;
    for (let hops = 0; hops < FARTHEST && !this.product.api('c').type(name); hops++) {
      const found = this.product.macros.outlines.typedef(name, linked.file)?.typedef;
      if (!found || found.pointer || found.dims.length > 0) return type;
      name = found.type;
    }
    return name;
  }

  typeName(linked: LinkedFile, type: string, offset: number, depth = 0): string | undefined {
    if (linked.facts.lang === 'c') return this.unaliased(linked, type);
    const root = rootOf(type);
    const imported = linked.facts.imports.find((each) => each.local === root);
    if (!imported) return type;
    const target = this.product.module(linked.file, imported.module);
    if (target) {
      const again = target.facts.exports.find((each) => each.name === imported.imported);
      const from = again?.from;
      if (from !== undefined && !from.startsWith('.')) return `${moduleName(from)}.${again?.local ?? ''}`;
      return undefined;
    }
    return imported.module.startsWith('.') ? undefined : this.canonical(linked, type, offset, depth + 1);
  }
}

/** `use` and `now` of `use.now`. */
function split(path: string): [string, string] {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
}
