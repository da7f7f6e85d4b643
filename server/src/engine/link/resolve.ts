/** Names to what they mean: callees to library names, variables to their types and values, across files of a product. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, VariableFact } from '../facts/model.js';
import { rootOf } from '../facts/names.js';
import { type LinkedFile, type Product, moduleName } from './product.js';

/** An expression and the file it stands in. */
export interface Located {
  readonly linked: LinkedFile;
  readonly fact: ExprFact;
}

/** Names that lead to each other are cut here; then they mean nothing. */
const FARTHEST = 12;

/** The function itself, or its name, as an argument. */
function handsOver(argument: ExprFact, func: number, name: string): boolean {
  return argument.func === func || (name !== '' && argument.kind === 'name' && argument.path === name);
}

export class Resolver {
  constructor(readonly product: Product) {}

  /** The library name of a callee: through imports, renames, aliases, factories and typed receivers. */
  callee(linked: LinkedFile, call: CallFact, depth = 0): string | undefined {
    if (linked.facts.lang === 'c') return this.alias(call.path, linked.file);
    if (depth > FARTHEST) return undefined;
    if (call.on) {
      const method = call.path.slice(1);
      const module = this.moduleOf(linked, call.on, depth + 1);
      if (module !== undefined) return method === '' ? module : `${module}.${method}`;
      const type = this.typeOf({ linked, fact: call.on }, depth + 1);
      return type === undefined ? undefined : `${type}#${method}`;
    }
    return call.path === '' ? undefined : this.canonical(linked, call.path, call.start, depth + 1);
  }

  /** What a C name stands for after aliases: `system` for `SYSTEM`. */
  alias(name: string, file: FileId): string {
    for (let hops = 0; hops < FARTHEST; hops++) {
      const target = this.product.macros.target(name, file);
      if (target === undefined || target === name) return name;
      name = target;
    }
    return name;
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
        const module = moduleName(imported.module);
        const whole = imported.imported === 'default' || imported.imported === '*';
        return [module, ...(whole ? [] : [imported.imported]), ...(rest === '' ? [] : [rest])].join('.');
      }
      const passedOn = this.ofPackage(target, imported.imported, rest);
      if (passedOn !== undefined) return passedOn;
      const exported = this.exported(target, imported.imported, rest, depth + 1);
      return exported && this.throughVariable(exported.linked, exported.variable, exported.rest, depth + 1);
    }
    return root.startsWith('this') ? undefined : path;
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
    const type = this.typeOfVariable(linked, variable, depth + 1);
    return type === undefined || rest.includes('.') ? undefined : `${type}#${rest}`;
  }

  /** The module that `require('m')` gives, also `require('m').part`. */
  private moduleOf(linked: LinkedFile, fact: ExprFact, depth: number): string | undefined {
    if (fact.kind === 'call' && fact.call) {
      const { path, args } = fact.call;
      const specifier = args[0]?.value;
      if (path === 'require' && specifier !== undefined && !specifier.startsWith('.'))
        return moduleName(specifier);
      return undefined;
    }
    const inner = fact.parts?.[0];
    if (fact.kind === 'member' && inner && fact.operator !== undefined && depth <= FARTHEST) {
      const module = this.moduleOf(linked, inner, depth + 1);
      return module === undefined ? undefined : `${module}.${fact.operator}`;
    }
    return undefined;
  }

  /** `export { connect } from 'mqtt'`, and `import { connect } from 'mqtt'` that is exported again. */
  private ofPackage(linked: LinkedFile, name: string, rest: string): string | undefined {
    const again = linked.facts.exports.find((each) => each.name === name);
    if (!again) return undefined;
    const imported = linked.facts.imports.find((each) => each.local === again.local);
    const module = again.from ?? imported?.module;
    if (module === undefined || module.startsWith('.')) return undefined;
    const member = again.from === undefined ? imported?.imported : again.local;
    const whole = member === 'default' || member === '*';
    return [moduleName(module), ...(whole ? [] : [member]), ...(rest === '' ? [] : [rest])].join('.');
  }

  /** The variable behind an exported name, through re-exports. */
  exported(
    linked: LinkedFile,
    name: string,
    rest: string,
    depth = 0,
  ): { linked: LinkedFile; variable: VariableFact; rest: string } | undefined {
    if (depth > FARTHEST) return undefined;
    if (name === '*') {
      const [first = '', ...others] = rest.split('.');
      return first === '' ? undefined : this.exported(linked, first, others.join('.'), depth + 1);
    }
    const found = linked.facts.exports.find((each) => each.name === name);
    if (found?.from !== undefined) {
      const next = this.product.module(linked.file, found.from);
      return next && this.exported(next, found.local, rest, depth + 1);
    }
    const variable = this.product.variable(linked, found?.local ?? name, 0);
    if (variable) return { linked, variable, rest };
    for (const star of linked.facts.exports) {
      const next =
        star.name === '*' && star.from !== undefined
          ? this.product.module(linked.file, star.from)
          : undefined;
      const beyond = next && this.exported(next, name, rest, depth + 1);
      if (beyond) return beyond;
    }
    return undefined;
  }

  /** The one value a variable ever has; undefined where several are possible. */
  onlyValue(variable: VariableFact): ExprFact | undefined {
    const whole = variable.writes.filter((write) => write.field === '');
    if (whole.some((write) => write.compound)) return undefined;
    const values = [...(variable.init ? [variable.init] : []), ...whole.map((write) => write.value)];
    if (variable.kind === 'parameter') return undefined;
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
    if (fact.path === undefined) return undefined;
    const variable = this.product.variable(linked, rootOf(fact.path), fact.start);
    if (variable?.name !== fact.path) return undefined;
    return this.typeOfVariable(linked, variable, depth + 1);
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
    const imported = linked.facts.imports.find((each) => each.local === path);
    const target = imported && this.product.module(linked.file, imported.module);
    const exported = target && this.exported(target, imported.imported, '');
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

  typeName(linked: LinkedFile, type: string, offset: number, depth = 0): string | undefined {
    if (linked.facts.lang === 'c') return type;
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
