/** What functions tell each other while a product is analysed: summaries, shared variables, what callbacks are given. */
import type { Apis } from '../apis.js';
import type { ExprFact } from '../facts/model.js';
import type { MacroChecks } from '../scan/macro-checks.js';
import type { Product } from '../link/product.js';
import type { FunctionRef, Summary } from './summary.js';
import type { Node, Source } from './values.js';
import type { Meaning } from './world.js';

interface Seed {
  readonly sources: Source[];
  type: string | undefined;
}

export interface MacroMeaning {
  readonly params: readonly string[];
  /** In words of the parameters; `other` where the macro is no expression. */
  readonly value: ExprFact;
  readonly checks: MacroChecks;
}

/** More sources of one variable or parameter are not told apart. */
const MOST_SOURCES = 6;

export class Exchange {
  readonly constants = new Map<string, Meaning>();
  /** What macros with arguments stand for, by file and name. */
  readonly macros = new Map<string, MacroMeaning | undefined>();
  private readonly summaries = new Map<number, Summary>();
  private readonly callers = new Map<number, Set<number>>();
  private readonly variables = new Map<string, Map<string, Source[]>>();
  /** Who asked for which part of a shared variable. */
  private readonly readers = new Map<string, Map<string, Set<number>>>();
  private readonly parameters = new Map<string, Seed>();
  /** Functions that must be looked at again because something they asked for has changed. */
  readonly stale = new Set<number>();
  private modules: ReadonlySet<string> | undefined;
  private readonly valueNames: ReadonlySet<string>;

  constructor(apis: Apis) {
    this.valueNames = new Set([...apis.values.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)));
  }

  /** Whether any file of the product imports a module. */
  imports(product: Product, module: string): boolean {
    this.modules ??= new Set(
      [...product.files.values()].flatMap(({ facts }) => [
        ...facts.imports.map((each) => each.module),
        ...facts.variables.flatMap(({ init, takenFrom }) => {
          const { call } = takenFrom ?? init ?? {};
          return (call?.path === 'require' ? call.args[0]?.value : undefined) ?? [];
        }),
      ]),
    );
    return this.modules.has(module);
  }

  isValueName(last: string): boolean {
    return this.valueNames.has(last);
  }

  /** A number as a value of no function in particular. */
  number(value: number): Node {
    return { id: -1, kind: 'number', value, of: [] };
  }

  summary(ref: FunctionRef, asking: FunctionRef): Summary | undefined {
    const callers = this.callers.get(ref.index);
    if (callers) callers.add(asking.index);
    else this.callers.set(ref.index, new Set([asking.index]));
    return this.summaries.get(ref.index);
  }

  publish(ref: FunctionRef, summary: Summary): void {
    const former = this.summaries.get(ref.index);
    this.summaries.set(ref.index, summary);
    const callers = this.callers.get(ref.index);
    if (!callers || (former && digest(former) === digest(summary))) return;
    for (const caller of callers) this.stale.add(caller);
  }

  shared(key: string, selector: string, asking: FunctionRef): readonly Source[] {
    const parts = this.readers.get(key) ?? new Map<string, Set<number>>();
    this.readers.set(key, parts);
    const readers = parts.get(selector) ?? new Set();
    parts.set(selector, readers);
    readers.add(asking.index);
    const found: Source[] = [];
    for (const [part, sources] of this.variables.get(key) ?? [])
      if (reaches(part, selector)) found.push(...sources);
    return found.slice(0, MOST_SOURCES);
  }

  share(key: string, selector: string, sources: readonly Source[]): void {
    const parts = this.variables.get(key) ?? new Map<string, Source[]>();
    this.variables.set(key, parts);
    const known = parts.get(selector) ?? [];
    parts.set(selector, known);
    if (!added(known, sources)) return;
    for (const [part, readers] of this.readers.get(key) ?? [])
      if (reaches(selector, part)) for (const reader of readers) this.stale.add(reader);
  }

  seeds(ref: FunctionRef, param: number): { sources: readonly Source[]; type: string | undefined } {
    return this.parameters.get(`${String(ref.index)} ${String(param)}`) ?? NO_SEED;
  }

  seed(target: FunctionRef, param: number, sources: readonly Source[], type: string | undefined): void {
    const key = `${String(target.index)} ${String(param)}`;
    const known = this.parameters.get(key) ?? { sources: [], type: undefined };
    this.parameters.set(key, known);
    const typed = type !== undefined && known.type === undefined;
    if (typed) known.type = type;
    if (added(known.sources, sources) || typed) this.stale.add(target.index);
  }
}

/** Whether what was written to a part of a variable is in what another part holds. */
function reaches(written: string, asked: string): boolean {
  return (
    written === asked ||
    asked === '' ||
    written === '' ||
    written.startsWith(`${asked}.`) ||
    asked.startsWith(`${written}.`) ||
    written.startsWith(`${asked}[`)
  );
}

const NONE: readonly Source[] = [];
const NO_SEED = { sources: NONE, type: undefined };

function added(known: Source[], sources: readonly Source[]): boolean {
  let any = false;
  for (const source of sources) {
    if (known.length >= MOST_SOURCES) break;
    const [first] = source.steps;
    const at = known.findIndex(
      (each) =>
        each.kind === source.kind &&
        each.steps[0]?.at.start === first?.at.start &&
        each.steps[0]?.at.file === first?.at.file,
    );
    const twin = known[at];
    if (twin) {
      // What was found of it on one way only is not known of it.
      const clean = twin.clean?.filter((role) => source.clean?.includes(role));
      if (clean?.length === twin.clean?.length) continue;
      known[at] = { ...twin, clean: clean ?? [] };
      any = true;
      continue;
    }
    known.push(source);
    any = true;
  }
  return any;
}

/** What of a summary matters to callers, without the words of its steps. */
function digest(summary: Summary): string {
  return JSON.stringify(summary, (key, value: unknown) => (key === 'steps' ? undefined : value));
}
