/** The product as the analysis of one function sees it: names, callees, types, what is shared. */
import type { FileId, Lang } from '../../../../rules/kit/index.js';
import type { Apis, CallEntry, TypeEntry } from '../apis.js';
import type { LinkedFile } from '../link/product.js';
import type { Linker } from '../link/linker.js';
import { type Kept, checksOf } from '../scan/macro-checks.js';
import { macroValue } from '../scan/macro-values.js';
import { type Asked, type Expanded, inPlace } from './c-macros.js';
import type { Exchange, MacroMeaning } from './exchange.js';
import { pathOf } from './members.js';
import type { FileIndex, FlowIndex } from './index.js';
import type { Ex, FlowFunction } from './ir.js';
import type { FieldType } from './memory.js';
import type { FunctionRef, Summary } from './summary.js';
import { plainType, sizeOf } from './types.js';
import type { Source } from './values.js';
import type { CallInstr, Callee, Meaning, World } from './world.js';
import { TsNames } from './ts-names.js';

export class ProductWorld implements World {
  readonly lang: Lang;
  readonly file: FileId;
  readonly func: FlowFunction;
  private readonly here: FileIndex | undefined;
  private readonly linked: LinkedFile | undefined;
  private readonly apis: Apis;
  private readonly names: TsNames;

  constructor(
    private readonly ref: FunctionRef,
    private readonly index: FlowIndex,
    private readonly linker: Linker,
    private readonly exchange: Exchange,
    readonly roles: ReadonlySet<string>,
  ) {
    this.file = ref.file;
    this.func = ref.func;
    this.here = index.files.get(ref.file);
    this.linked = this.here?.linked;
    this.lang = this.linked?.facts.lang ?? 'c';
    this.apis = linker.resolver.product.api(this.lang);
    this.names = new TsNames(index, linker.resolver, exchange);
  }

  meaning(name: string, offset: number): Meaning {
    if (this.lang === 'ts')
      return this.here ? this.names.meaning(this.here, this.ref, name) : { kind: 'name' };
    const global = this.index.global(name, this.file);
    if (global) {
      const constant =
        global.type?.startsWith('const') && !global.type.includes('*') ? global.init : undefined;
      if (constant?.[0] === 'n') return { kind: 'number', value: constant[3] };
      const [size] = global.dims ?? [];
      return {
        kind: 'shared',
        key: `${global.file}:${name}`,
        type: global.type,
        isArray: global.dims !== undefined,
        count: size && this.constant(size),
        constant: global.type?.startsWith('const') === true && isLiteral(global.init),
      };
    }
    const func = this.index.functionNamed(name, this.file);
    if (func) return { kind: 'function', ref: func };
    return this.macro(name, offset);
  }

  private macro(name: string, offset: number): Meaning {
    if (!this.linked) return { kind: 'name' };
    const key = `${this.file} ${name}`;
    const known = this.exchange.constants.get(key);
    if (known) return known;
    const expr = this.linker.expr(this.linked, {
      kind: 'name',
      start: offset,
      end: offset + name.length,
      text: name,
      path: name,
    });
    const { value, literal } = expr;
    const meaning: Meaning =
      value === undefined
        ? { kind: 'name' }
        : literal === 'string'
          ? { kind: 'text', value }
          : literal === 'null'
            ? { kind: 'number', value: 0 }
            : literal === 'boolean'
              ? { kind: 'number', value: Number(value === 'true') }
              : Number.isFinite(Number(value))
                ? { kind: 'number', value: Number(value) }
                : { kind: 'name' };
    this.exchange.constants.set(key, meaning);
    return meaning;
  }

  /** A dimension that is a number, through macros and plain arithmetic. */
  private constant(ex: Ex): number | undefined {
    switch (ex[0]) {
      case 'n':
        return ex[3];
      case 'g': {
        const meaning = this.meaning(ex[3], ex[1]);
        return meaning.kind === 'number' ? meaning.value : undefined;
      }
      case 'b': {
        const [left, right] = [this.constant(ex[4]), this.constant(ex[5])];
        if (left === undefined || right === undefined) return undefined;
        return { '+': left + right, '-': left - right, '*': left * right }[ex[3]];
      }
      case 'z':
        return typeof ex[3] === 'string' ? (sizeOf(ex[3]) ?? this.sizeOf(ex[3])) : undefined;
      default:
        return undefined;
    }
  }

  callee(call: CallInstr): Callee {
    const [, start, end, , ex] = call;
    if (this.lang === 'ts') {
      const fact = this.here?.calls.get(`${String(start)}:${String(end)}`);
      return this.here ? this.names.callee(this.here, this.ref, call, fact, this.apis) : NOBODY;
    }
    if (ex[0] !== 'g')
      return { name: pathOf(ex, this) ?? '', entry: undefined, targets: this.behindField(ex) };
    const name = this.linker.resolver.cCalls.alias(ex[3], this.file);
    const entry = this.apis.call(name);
    const target = this.index.functionNamed(name, this.file) ?? this.index.functionNamed(ex[3], this.file);
    return { name, entry, targets: target ? [target] : [] };
  }

  expanded(call: CallInstr): Expanded | undefined {
    const [, start, end, , callee, args] = call;
    if (this.lang !== 'c' || callee[0] !== 'g') return undefined;
    const meaning = this.macroMeaning(callee[3]);
    if (!meaning) return undefined;
    const { params, checks, value } = meaning;
    const given = new Map(params.map((name, at) => [name, args[at] ?? (['?', start, end] as const)]));
    const place = { func: this.func, start, end };
    const asked = ({ condition, truth }: Kept): Asked[] => {
      const ex = inPlace(condition, given, place);
      return ex ? [{ condition: ex, truth }] : [];
    };
    const block = params.find((name) => given.get(name)?.[0] === '?' && checks.runs?.has(name));
    const when = block === undefined ? undefined : checks.runs?.get(block);
    return {
      value: inPlace(value, given, place),
      leaves: checks.leaves,
      asked: checks.kept.flatMap(asked),
      runs: when && asked(when)[0],
    };
  }

  private macroMeaning(name: string): MacroMeaning | undefined {
    const known = this.exchange.macros;
    const key = `${this.file} ${name}`;
    if (known.has(key)) return known.get(key);
    const { macros } = this.linker.resolver.product;
    const macro = macros.applied(name, this.file)?.macro;
    const meaning = macro && {
      params: macro.params ?? [],
      value: macroValue(macro),
      checks: checksOf(macro, {
        macro: (each) => macros.applied(each, this.file)?.macro,
        ends: (each) => {
          const entry = this.apis.call(each);
          return entry?.exits === true && entry.when === undefined;
        },
        holds: (each) => this.apis.call(each)?.holds,
      }),
    };
    known.set(key, meaning);
    return meaning;
  }

  /** `table[i].handler(…)`, `ops->read(…)`: functions that a constant table holds in the field. */
  private behindField(ex: Ex): readonly FunctionRef[] {
    const called = ex[0] === '*' ? ex[3] : ex;
    const field = called[0] === '.' ? called[4] : '';
    for (let at: Ex | undefined = called; at;) {
      if (at[0] === 'g') {
        const global = this.index.global(at[3], this.file);
        const held = global ? this.index.held(`${global.file}:${global.name}`, field) : [];
        return held.length > 0 ? held : this.byType(global?.type, field);
      }
      if (at[0] === 'v') return this.byType(this.func.vars[at[3]]?.t, field);
      at = at[0] === '.' || at[0] === '[' || at[0] === '*' || at[0] === '&' ? at[3] : undefined;
    }
    return [];
  }

  private byType(type: string | undefined, field: string): readonly FunctionRef[] {
    return type === undefined || field === '' ? [] : this.index.held(plainType(type), field);
  }

  entry(name: string): CallEntry | undefined {
    return this.apis.call(name);
  }

  type(name: string): TypeEntry | undefined {
    return this.apis.type(this.lang === 'c' ? plainType(name) : name);
  }

  field(type: string | undefined, field: string): FieldType | undefined {
    if (type === undefined) return undefined;
    if (this.lang === 'ts') return this.names.field(type, field);
    const known = this.index.record(plainType(type))?.get(field);
    if (!known) return undefined;
    const [size] = known.dims ?? [];
    const written = size && this.constant(size);
    // An array of none or one at the end of a message is as long as the message.
    const count = written !== undefined && written > 1 ? written : undefined;
    return {
      type: known.type,
      isArray: known.dims !== undefined,
      ...(count !== undefined && { count: this.exchange.number(count) }),
    };
  }

  sizeOf(type: string): number | undefined {
    const fields = this.index.record(plainType(type));
    if (!fields) return undefined;
    let total = 0;
    for (const [name, { type: each, dims }] of fields) {
      if (name.includes('.')) continue;
      const count = dims ? dims.reduce((product, dim) => product * (this.constant(dim) ?? NaN), 1) : 1;
      total += (sizeOf(each) ?? NaN) * count;
    }
    return Number.isNaN(total) ? undefined : total;
  }

  value(path: string, offset: number): ReturnType<World['value']> {
    if (this.lang !== 'ts' || !this.linked || this.apis.values.size === 0) return undefined;
    const last = path.slice(path.lastIndexOf('.') + 1);
    if (!this.exchange.isValueName(last)) return undefined;
    const canonical = this.linker.resolver.canonical(this.linked, path, offset);
    return canonical === undefined ? undefined : this.apis.values.get(canonical);
  }

  summary(ref: FunctionRef): Summary | undefined {
    return this.exchange.summary(ref, this.ref);
  }

  methods(type: string, name: string): readonly FunctionRef[] {
    return this.names.methods(type, name);
  }

  functionAt(start: number): FunctionRef | undefined {
    return this.here?.byStart.get(start);
  }

  refOf(func: FlowFunction): FunctionRef | undefined {
    return this.index.refOf(func);
  }

  captured(variable: number): string | undefined {
    return this.here && this.lang === 'ts'
      ? this.names.captured(this.here, this.ref, variable)?.key
      : undefined;
  }

  writtenInside(variable: number): string | undefined {
    const captured =
      this.here && this.lang === 'ts' ? this.names.captured(this.here, this.ref, variable) : undefined;
    return captured?.written ? captured.key : undefined;
  }

  shared(key: string, selector: string): readonly Source[] {
    const sources = this.exchange.shared(key, selector, this.ref);
    const isKept = this.lang === 'ts' && KEPT.test(key);
    return isKept ? sources.map((source) => ({ ...source, kept: true })) : sources;
  }

  share(key: string, selector: string, sources: readonly Source[]): void {
    this.exchange.share(key, selector, sources);
  }

  held(key: string, field: string): readonly FunctionRef[] {
    return this.index.held(key, field);
  }

  /** What a function is given by whoever starts it: `main`, and a command of a shell, which is declared like it. */
  private entering(param: number): string | undefined {
    const { name, vars, params } = this.func;
    const known = this.apis.entryPoints.get(name)?.[String(param)];
    if (known !== undefined || param === 0 || param >= params) return known;
    return vars[param - 1]?.n === 'argc' && vars[param]?.n === 'argv' ? 'command line' : undefined;
  }

  seeds(param: number): { sources: readonly Source[]; type: string | undefined } {
    const kind = this.lang === 'c' ? this.entering(param) : undefined;
    if (kind !== undefined) {
      const at = { file: this.file, start: this.func.start, end: this.func.start + 1 };
      return {
        sources: [{ kind, steps: [{ at, says: `${this.func.name} is given what comes from ${kind}` }] }],
        type: undefined,
      };
    }
    const seed = this.exchange.seeds(this.ref, param);
    const written = this.lang === 'ts' ? this.func.vars[param]?.t : undefined;
    const type =
      seed.type ??
      (written !== undefined && this.here
        ? this.names.typeNamed(this.here, written, this.func.start)
        : undefined) ??
      this.handled(param);
    return { sources: seed.sources, type };
  }

  /** `(req, res) => …`, where the product uses the framework that calls it so: the type of a parameter. */
  private handled(param: number): string | undefined {
    if (this.lang !== 'ts' || this.func.params < 2 || param > 3) return undefined;
    const handler = this.apis.handlers.find(
      ({ params, types, imports }) =>
        types[param] !== undefined &&
        params.every((name, at) => this.func.vars[at]?.n === name) &&
        this.exchange.imports(this.linker.resolver.product, imports),
    );
    return handler?.types[param];
  }

  seed(target: FunctionRef, param: number, sources: readonly Source[], type: string | undefined): void {
    this.exchange.seed(target, param, sources, type);
  }
}

/** A text, a number, or a list of them. */
function isLiteral(ex: Ex | undefined): boolean {
  if (ex?.[0] === 'o') return ex[3].length > 0 && ex[3].every(([, value]) => isLiteral(value));
  return ex?.[0] === 'n' || ex?.[0] === 's' || (ex?.[0] === 'c' && isLiteral(ex[4]));
}

/** Keys of fields and of variables of modules, which outlive what is done for one request. */
const KEPT = /^this |:-1:/;

const NOBODY: Callee = { name: '', entry: undefined, targets: [] };
