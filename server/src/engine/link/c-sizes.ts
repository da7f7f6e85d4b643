/** How large C's arrays and structs are, as far as that is the same on every platform. */
import type { ExprFact, VariableFact } from '../facts/model.js';
import { isShouting, rootOf } from '../facts/names.js';
import { cExpression } from '../scan/c-expression.js';
import { sizeOfType } from '../scan/c-types.js';
import type { Field } from './c-type-names.js';
import { type Located, siteOf, within } from './located.js';
import type { Views } from './views.js';

/** Something with a size: a type, with the sizes of an array. */
interface Shape {
  readonly type: string;
  readonly pointer: boolean;
  readonly dims: readonly (number | undefined)[];
  readonly at: Located;
}

const DEEPEST = 8;

export class CSizes {
  constructor(
    private readonly views: Views,
    private readonly number: (located: Located) => number | undefined,
  ) {}

  /** Bytes of what a `sizeof` names: an expression or a type. */
  of(operand: Located): number | undefined {
    const { fact } = operand;
    if (fact.kind === 'other' && fact.type !== undefined)
      return /[*[(]/.test(fact.type) ? undefined : this.bytes(this.typed(fact.type, operand));
    const text = this.text(operand);
    if (text !== undefined) return text;
    const shape = this.shape(operand);
    if (shape) return this.bytes(shape);
    // `sizeof(name)` of a type looks like that of a variable.
    return fact.kind === 'name' && fact.path !== undefined && this.isType(fact.path, operand)
      ? this.bytes(this.typed(fact.path, operand))
      : undefined;
  }

  /** Elements of an array. */
  count(array: Located): number | undefined {
    return this.shape(array)?.dims[0];
  }

  /** `sizeof a / sizeof a[0]` */
  elements(whole: Located, one: Located): number | undefined {
    const [array] = whole.fact.parts ?? [];
    const [element] = one.fact.parts ?? [];
    const base = element?.parts?.[0];
    const first =
      (element?.kind === 'subscript' && element.parts?.[1]?.value === '0') ||
      (element?.kind === 'unary' && element.operator === '*');
    if (!array || !base || !first) return undefined;
    const [a, b] = [this.named(within(whole, array)), this.named(within(one, base))];
    return a && b && a.fact.path === b.fact.path && a.linked === b.linked ? this.count(a) : undefined;
  }

  /** The text of a literal with its NUL: `sizeof "abc"`, also behind macros. */
  private text(operand: Located): number | undefined {
    const final = this.views.follower.throughMacros(operand);
    if (final.fact.kind !== 'string' && final.fact.kind !== 'template') return undefined;
    const value = this.views.constant(final);
    return value?.kind === 'string' ? bytesOf(value.value, final.fact.text) : undefined;
  }

  /** A macro's parameter is what was given for it. */
  private named(operand: Located): Located | undefined {
    let here = operand;
    for (let hops = 0; hops < DEEPEST; hops++) {
      const given = here.fact.kind === 'name' ? here.bound?.get(here.fact.path ?? '') : undefined;
      if (!given) return here;
      here = given;
    }
    return undefined;
  }

  private shape(operand: Located): Shape | undefined {
    const here = this.named(operand);
    if (!here) return undefined;
    const { fact } = here;
    if (fact.kind === 'subscript' || (fact.kind === 'unary' && fact.operator === '*')) {
      const whole = fact.parts?.[0] && this.shape(within(here, fact.parts[0]));
      return whole && whole.dims.length > 0 ? { ...whole, dims: whole.dims.slice(1) } : undefined;
    }
    if (fact.path === undefined) return undefined;
    const site = siteOf(here);
    const root = rootOf(fact.path);
    const variable = this.views.resolver.product.variable(site.linked, root, site.offset);
    if (!variable?.type) return undefined;
    const own = this.ofVariable(
      site.linked === here.linked ? here : { ...here, linked: site.linked },
      variable,
    );
    const rest = fact.path.slice(root.length + 1);
    return rest === '' ? own : own && this.fieldOf(own, rest.split('.'));
  }

  private ofVariable(here: Located, variable: VariableFact): Shape | undefined {
    const { type, pointer = false, dims = [], init } = variable;
    if (type === undefined) return undefined;
    const found = this.typed(type, here);
    // An array that is a parameter is a pointer.
    if (variable.kind === 'parameter') return { ...found, pointer: pointer || dims.length > 0 };
    const sizes = dims.map((dim, index) =>
      dim
        ? this.number({ linked: here.linked, fact: dim })
        : index === 0
          ? this.items({ linked: here.linked, fact: init ?? NOTHING })
          : undefined,
    );
    return { ...found, pointer: found.pointer || pointer, dims: [...sizes, ...found.dims] };
  }

  /** Elements that an initialiser gives an array without a size. */
  private items(init: Located): number | undefined {
    const { fact } = init;
    if (fact.kind === 'array') return this.isCounted(init) ? fact.parts?.length : undefined;
    if (fact.kind === 'object') return fact.count;
    if (fact.kind !== 'string' && fact.kind !== 'template') return undefined;
    const value = this.views.constant(init);
    return value?.kind === 'string' ? bytesOf(value.value, fact.text) : undefined;
  }

  /** A macro nobody knows may bring any number of elements. */
  private isCounted({ linked, fact }: Located): boolean {
    return (fact.parts ?? []).every(
      (part) =>
        part.path === undefined || !isShouting(part.path) || this.views.constant({ linked, fact: part }),
    );
  }

  private fieldOf(whole: Shape, path: readonly string[], depth = 0): Shape | undefined {
    const [name, ...rest] = path;
    if (name === undefined || depth > DEEPEST) return whole;
    if (whole.dims.length > 0) return undefined;
    const field = this.views.follower.types.field(whole.type, name, whole.at);
    if (!field) return undefined;
    return this.fieldOf(this.ofField(field), rest, depth + 1);
  }

  private ofField({ type, pointer, dims, at }: Field): Shape {
    const found = this.typed(type, at);
    const sizes = dims.map((dim) => this.number({ ...at, fact: cExpression(dim) }));
    return { ...found, pointer: found.pointer || pointer, dims: [...sizes, ...found.dims] };
  }

  /** A type with what its `typedef` adds. */
  private typed(type: string, at: Located): Shape {
    const { name, pointer, dims } = this.views.follower.types.unaliased(type, at);
    return {
      type: name,
      pointer,
      dims: dims.map((dim) => this.number({ ...at, fact: cExpression(dim) })),
      at,
    };
  }

  private isType(name: string, at: Located): boolean {
    const { name: plain } = this.views.follower.types.unaliased(name, at);
    return sizeOfType(plain) !== undefined || this.views.follower.types.layout(plain, at) !== undefined;
  }

  private bytes({ type, pointer, dims, at }: Shape, depth = 0): number | undefined {
    if (pointer) return undefined;
    let size = sizeOfType(type) ?? this.ofStruct(type, at, depth);
    for (const dim of dims) size = size === undefined || dim === undefined ? undefined : size * dim;
    return size;
  }

  /** Only where packing changes nothing: every field stands at a multiple of its own size already. */
  private ofStruct(type: string, at: Located, depth: number): number | undefined {
    const fields = depth > DEEPEST ? undefined : this.views.follower.types.fields(type, at);
    if (!fields) return undefined;
    let offset = 0;
    let widest = 1;
    for (const field of fields) {
      const shape = this.ofField(field);
      const one = this.bytes({ ...shape, dims: [] }, depth + 1);
      const all = this.bytes(shape, depth + 1);
      const own = shape.pointer ? undefined : (sizeOfType(shape.type) ?? this.alignment(shape, depth + 1));
      if (one === undefined || all === undefined || own === undefined || offset % own !== 0) return undefined;
      offset += all;
      widest = Math.max(widest, own);
    }
    return offset > 0 && offset % widest === 0 ? offset : undefined;
  }

  private alignment({ type, at }: Shape, depth: number): number | undefined {
    const fields = depth > DEEPEST ? undefined : this.views.follower.types.fields(type, at);
    const sizes = fields?.map((field) => {
      const shape = this.ofField(field);
      return sizeOfType(shape.type) ?? this.alignment(shape, depth + 1);
    });
    return sizes?.every((size) => size !== undefined) === true ? Math.max(...sizes) : undefined;
  }
}

const NOTHING: ExprFact = { kind: 'other', start: 0, end: 0, text: '' };

/** Bytes of a string with its NUL; those of characters beyond ASCII are not for us to count. */
function bytesOf(value: string, written: string): number | undefined {
  // eslint-disable-next-line no-control-regex
  return /^["(]/.test(written) && /^[\x00-\x7f]*$/.test(value) ? value.length + 1 : undefined;
}
