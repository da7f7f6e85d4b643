/** Enumerators, constants and types of a product by name, and which of them a file means. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { Includes } from './includes.js';
import type { Constant, Enumerator, Layout, Outline, Typedef } from './outline.js';
import { type Candidate, chosen } from './visible.js';

interface FoundEnumerator extends Candidate {
  readonly enumerator: Enumerator;
}

interface FoundConstant extends Candidate {
  readonly constant: Constant;
}

export interface FoundLayout extends Candidate {
  readonly layout: Layout;
}

interface FoundTypedef extends Candidate {
  readonly typedef: Typedef;
}

interface Index {
  readonly enumerators: ReadonlyMap<string, FoundEnumerator[]>;
  readonly constants: ReadonlyMap<string, FoundConstant[]>;
  readonly layouts: ReadonlyMap<string, FoundLayout[]>;
  readonly typedefs: ReadonlyMap<string, FoundTypedef[]>;
}

export class OutlineTable {
  private readonly byFile = new Map<FileId, Outline>();
  private index: Index | undefined;

  constructor(
    private readonly includes: Includes,
    private readonly isBuilt: (condition: string) => boolean | undefined,
    /** Told of every name that a file asks for, known or not. */
    private readonly asked: (name: string, from: FileId) => void,
  ) {}

  add(file: FileId, outline: Outline): void {
    this.byFile.set(file, outline);
    this.index = undefined;
  }

  remove(file: FileId): void {
    this.byFile.delete(file);
    this.index = undefined;
  }

  enumerator(name: string, from: FileId): FoundEnumerator | undefined {
    this.asked(name, from);
    return this.choose(
      this.built().enumerators.get(name),
      from,
      ({ enumerator: a }, { enumerator: b }) =>
        a.plus !== undefined && a.plus === b.plus && a.base?.text === b.base?.text,
    );
  }

  /** A constant that a file sees: by including it, or because it is not `static`. */
  constant(name: string, from: FileId): FoundConstant | undefined {
    this.asked(name, from);
    const all = this.built().constants.get(name);
    if (!all) return undefined;
    const closure = this.includes.closure(from);
    const seen = all.filter(({ file, constant }) => !constant.internal || file === from || closure.has(file));
    return this.choose(seen, from, ({ constant: a }, { constant: b }) => a.body === b.body, true);
  }

  /** By `struct tag` or by the name of a `typedef`. */
  layout(name: string, from: FileId): FoundLayout | undefined {
    this.asked(name, from);
    return this.choose(
      this.built().layouts.get(name),
      from,
      ({ layout: a }, { layout: b }) => a.body === b.body,
    );
  }

  typedef(name: string, from: FileId): FoundTypedef | undefined {
    this.asked(name, from);
    return this.choose(
      this.built().typedefs.get(name),
      from,
      ({ typedef: a }, { typedef: b }) =>
        a.type === b.type && a.pointer === b.pointer && a.dims.join() === b.dims.join(),
    );
  }

  private choose<Found extends Candidate>(
    found: readonly Found[] | undefined,
    from: FileId,
    same: (a: Found, b: Found) => boolean,
    everywhere = false,
  ): Found | undefined {
    const { includes, isBuilt } = this;
    return found && chosen(found, from, { includes, isBuilt, everywhere }, same);
  }

  /** Most products ask for none of this; who asks once gets the whole index. */
  private built(): Index {
    if (this.index) return this.index;
    const enumerators = new Map<string, FoundEnumerator[]>();
    const constants = new Map<string, FoundConstant[]>();
    const layouts = new Map<string, FoundLayout[]>();
    const typedefs = new Map<string, FoundTypedef[]>();
    for (const [file, outline] of [...this.byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const enumerator of outline.enumerators)
        push(enumerators, enumerator.name, { file, enumerator, ...conditionOf(enumerator) });
      for (const constant of outline.constants)
        push(constants, constant.name, { file, constant, ...conditionOf(constant) });
      for (const layout of outline.layouts)
        for (const name of layout.names) push(layouts, name, { file, layout });
      for (const typedef of outline.typedefs) push(typedefs, typedef.name, { file, typedef });
    }
    this.index = { enumerators, constants, layouts, typedefs };
    return this.index;
  }
}

function conditionOf({ condition }: { readonly condition?: string }): { condition?: string } {
  return condition === undefined ? {} : { condition };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
