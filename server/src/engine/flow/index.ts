/** The functions, globals, structs and classes of a product by name: what one function asks of all others. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { CallFact } from '../facts/model.js';
import type { LinkedFile, Product } from '../link/product.js';
import type { Ex, FlowFunction } from './ir.js';
import { unpacked } from './packed.js';
import type { FunctionRef } from './summary.js';
import { isPointer, plainType } from './types.js';

/** One file's part. */
export interface FileIndex {
  readonly linked: LinkedFile;
  readonly byStart: ReadonlyMap<number, FunctionRef>;
  /** Functions and methods by name, methods as `Class.name`. */
  readonly byName: ReadonlyMap<string, FunctionRef>;
  readonly globals: ReadonlyMap<string, GlobalVariable>;
  readonly calls: ReadonlyMap<string, CallFact>;
  readonly module: FunctionRef | undefined;
  readonly classes: ReadonlyMap<string, FlowFunction>;
}

export interface GlobalVariable {
  readonly file: FileId;
  readonly name: string;
  readonly type: string | undefined;
  readonly dims: readonly Ex[] | undefined;
  readonly init: Ex | undefined;
  readonly internal: boolean;
}

export interface RecordField {
  readonly type: string;
  readonly dims: readonly Ex[] | undefined;
  readonly file: FileId;
}

/** A call through a table reaches at most so many functions. */
const MOST_TARGETS = 24;

export class FlowIndex {
  readonly refs: FunctionRef[] = [];
  readonly files = new Map<FileId, FileIndex>();
  private readonly externals = new Map<string, FunctionRef>();
  private readonly globals = new Map<string, GlobalVariable | undefined>();
  private readonly records = new Map<string, ReadonlyMap<string, RecordField>>();
  private readonly fieldOrder = new Map<string, readonly string[]>();
  private readonly refByFunction = new Map<FlowFunction, FunctionRef>();
  /** Functions in tables and ops structs by type of the struct, then by field; `*` for any field. */
  private readonly tables = new Map<string, Map<string, FunctionRef[]>>();

  constructor(product: Product) {
    const paths = [...product.files.keys()].sort();
    for (const path of paths) {
      const linked = product.files.get(path);
      if (linked && linked.facts.flow.length > 0) this.add(linked);
    }
    for (const file of this.files.values())
      for (const global of file.globals.values()) if (global.init) this.addTable(file, global, global.init);
  }

  private add(linked: LinkedFile): void {
    const byStart = new Map<number, FunctionRef>();
    const byName = new Map<string, FunctionRef>();
    const globals = new Map<string, GlobalVariable>();
    const classes = new Map<string, FlowFunction>();
    let module: FunctionRef | undefined;
    for (const func of linked.facts.flow.map(unpacked)) {
      if (func.kind === 'record') {
        this.addRecord(linked.file, func);
        continue;
      }
      if (func.kind === 'data') {
        this.addGlobals(linked.file, func, globals);
        continue;
      }
      const ref = { file: linked.file, func, index: this.refs.length };
      this.refs.push(ref);
      this.refByFunction.set(func, ref);
      byStart.set(func.start, ref);
      if (func.kind === 'module') module = ref;
      if (func.kind === 'class') classes.set(func.name, func);
      if (func.name === '') continue;
      const name = func.cls === undefined ? func.name : `${func.cls}.${func.name}`;
      if (!byName.has(name)) byName.set(name, ref);
      if (linked.facts.lang === 'c' && !func.internal && !this.externals.has(func.name))
        this.externals.set(func.name, ref);
    }
    const calls = new Map(
      linked.facts.calls.map((call) => [`${String(call.start)}:${String(call.end)}`, call] as const),
    );
    this.files.set(linked.file, { linked, byStart, byName, globals, calls, module, classes });
  }

  private addRecord(file: FileId, func: FlowFunction): void {
    if (this.records.has(func.name)) return;
    const fields = new Map<string, RecordField>();
    for (const { n, t, d } of func.vars) fields.set(n, { type: t ?? '', dims: d, file });
    this.records.set(func.name, fields);
    this.fieldOrder.set(
      func.name,
      [...fields.keys()].filter((name) => !name.includes('.')),
    );
  }

  private addGlobals(file: FileId, func: FlowFunction, globals: Map<string, GlobalVariable>): void {
    const inits = new Map<number, Ex>();
    for (const { i } of func.blocks)
      for (const instruction of i)
        if (instruction[0] === '=' && instruction[3][0] === 'v') inits.set(instruction[3][3], instruction[4]);
    func.vars.forEach(({ n, t, d }, index) => {
      if (n === '') return;
      const init = inits.get(index);
      const known = globals.get(n);
      if (known?.init && !init) return;
      const internal = func.internal !== undefined;
      // Two that differ stand under conditions that exclude each other: which is meant, nobody knows.
      const global: GlobalVariable =
        known && !isSameVariable(known, t, d)
          ? { file, name: n, type: undefined, dims: undefined, init: undefined, internal }
          : { file, name: n, type: t, dims: d, init, internal };
      globals.set(n, global);
      if (global.internal) return;
      const elsewhere = this.globals.get(n);
      // The same name with values of its own in two files is two variables: which is meant, nobody knows.
      const differs = elsewhere?.init !== undefined && init !== undefined && elsewhere.file !== file;
      if (!this.globals.has(n) || (elsewhere && init)) this.globals.set(n, differs ? undefined : global);
    });
  }

  private addTable(file: FileIndex, global: GlobalVariable, init: Ex): void {
    const type = (global.type ?? '').replace(/\bconst\b|\*/g, '').trim();
    const put = (field: string, ref: FunctionRef): void => {
      for (const key of [type, `${global.file}:${global.name}`]) {
        const fields = this.tables.get(key) ?? new Map<string, FunctionRef[]>();
        this.tables.set(key, fields);
        for (const name of [field, '*']) {
          const list = fields.get(name) ?? [];
          if (list.length < MOST_TARGETS && !list.includes(ref)) list.push(ref);
          fields.set(name, list);
        }
      }
    };
    const visit = (ex: Ex, field: string, depth: number): void => {
      if (depth > 4) return;
      if (ex[0] === 'o') {
        const order = this.fieldOrder.get(type);
        for (const [key, value] of ex[3]) {
          const position = /^\[(\d+)\]$/.exec(key)?.[1];
          const named =
            position === undefined ? key : value[0] === 'o' ? field : (order?.[Number(position)] ?? field);
          visit(value, named, depth + 1);
        }
        return;
      }
      const inner = ex[0] === '&' ? ex[3] : ex[0] === 'c' ? ex[4] : ex;
      const name = inner[0] === 'g' ? inner[3] : undefined;
      const ref = name === undefined ? undefined : (file.byName.get(name) ?? this.externals.get(name));
      if (ref) put(field, ref);
    };
    visit(init, '', 0);
  }

  refOf(func: FlowFunction): FunctionRef | undefined {
    return this.refByFunction.get(func);
  }

  /** The function behind a C name, seen from a file. */
  functionNamed(name: string, file: FileId): FunctionRef | undefined {
    return this.files.get(file)?.byName.get(name) ?? this.externals.get(name);
  }

  global(name: string, file: FileId): GlobalVariable | undefined {
    return this.files.get(file)?.globals.get(name) ?? this.globals.get(name);
  }

  record(type: string): ReadonlyMap<string, RecordField> | undefined {
    return this.records.get(type);
  }

  /** Functions that a table, by its key or by the type of its structs, holds in a field. */
  held(table: string, field: string): readonly FunctionRef[] {
    const fields = this.tables.get(table);
    return fields?.get(field) ?? (field === '' || field.startsWith('[') ? (fields?.get('*') ?? []) : []);
  }
}

/** Whether a declaration may be of a variable that was declared before: `extern char names[];`. */
function isSameVariable(
  known: GlobalVariable,
  type: string | undefined,
  dims: readonly Ex[] | undefined,
): boolean {
  return (
    plainType(known.type ?? '') === plainType(type ?? '') &&
    isPointer(known.type) === isPointer(type) &&
    (known.dims === undefined) === (dims === undefined)
  );
}
