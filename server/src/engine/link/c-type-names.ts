/** Types of C by name: what a `typedef` stands for, and the fields of a struct. */
import type { FileId } from '../../../../rules/kit/index.js';
import { integerType } from '../scan/c-types.js';
import { type Layout, dimensions, pieces, withoutQualifiers } from '../scan/outline.js';
import type { FoundLayout } from '../scan/outline-table.js';
import { type Located, siteOf } from './located.js';
import type { Product } from './product.js';

/** A field as it is declared, and where the names in its sizes are looked up. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly pointer: boolean;
  /** As written, the outermost first. */
  readonly dims: readonly string[];
  readonly at: Located;
}

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly pointer: boolean;
  readonly dims: readonly string[];
}

const MOST_ALIASES = 8;

export class CTypeNames {
  /** Undefined where some field could not be read. */
  private readonly read = new WeakMap<Layout, { known: readonly Declared[]; whole: boolean }>();

  constructor(private readonly product: Product) {}

  /** Behind every `typedef`. */
  unaliased(type: string, at: Located): { name: string; pointer: boolean; dims: readonly string[] } {
    const from = siteOf(at).linked.file;
    let name = withoutQualifiers(type);
    let pointer = type.includes('*');
    const dims: string[] = [];
    for (let hops = 0; hops < MOST_ALIASES && !integerType(name); hops++) {
      const found = this.product.macros.outlines.typedef(name, from)?.typedef;
      if (!found || found.type === name) break;
      // A pointer to an array, or an array of pointers: leave it.
      if (pointer && found.dims.length > 0) break;
      pointer ||= found.pointer;
      dims.push(...found.dims);
      name = found.type;
    }
    return { name, pointer, dims };
  }

  /** The name of a type that is no pointer and no array; empty for those. */
  plainType(type: string, at: Located): string {
    const { name, pointer, dims } = this.unaliased(type, at);
    return pointer || dims.length > 0 ? '' : name;
  }

  layout(type: string, at: Located): FoundLayout | undefined {
    return this.product.macros.outlines.layout(type, siteOf(at).linked.file);
  }

  /** A field, if all declarations of it agree. */
  field(type: string, name: string, at: Located): Field | undefined {
    const found = this.layout(type, at);
    if (!found) return undefined;
    const same = this.contents(found.layout).known.filter((field) => field.name === name);
    const [first] = same;
    return first && same.every((each) => sameField(each, first))
      ? located(first, found.file, this.product)
      : undefined;
  }

  /** All fields in order; undefined for a union, and where some field is not certain. */
  fields(type: string, at: Located): readonly Field[] | undefined {
    const found = this.layout(type, at);
    if (!found || found.layout.union) return undefined;
    const { known, whole } = this.contents(found.layout);
    return whole ? known.map((field) => located(field, found.file, this.product)) : undefined;
  }

  private contents(layout: Layout): { known: readonly Declared[]; whole: boolean } {
    let contents = this.read.get(layout);
    if (!contents) {
      contents = readFields(layout.body);
      this.read.set(layout, contents);
    }
    return contents;
  }
}

function located(field: Declared, file: FileId, product: Product): Field {
  const linked = product.fileOf(file);
  return { ...field, at: { linked, fact: { kind: 'other', start: 0, end: 0, text: '' } } };
}

function sameField(a: Declared, b: Declared): boolean {
  return a.type === b.type && a.pointer === b.pointer && a.dims.join('][') === b.dims.join('][');
}

const FIELD = /^((?:[A-Za-z_]\w*[\s*]+)+)([\s\S]*)$/;
const NAME = /^(\**)\s*([A-Za-z_]\w*)\s*((?:\[[^\]]*\]\s*)*)$/;

function readFields(body: string): { known: Declared[]; whole: boolean } {
  const known: Declared[] = [];
  let whole = !/^[ \t]*#/m.test(body);
  for (const { text } of pieces(body.replace(/^[ \t]*#.*$/gm, ''), ';')) {
    const declaration = text.trim();
    if (declaration === '') continue;
    const names = pieces(declaration, ',').map((each) => each.text.trim());
    const head = /[{(:]/.test(declaration.replace(/\[[^\]]*\]/g, '')) ? null : FIELD.exec(names[0] ?? '');
    if (!head) {
      whole = false;
      continue;
    }
    const words = head[1] ?? '';
    const stars = words.includes('*');
    for (const written of [head[2] ?? '', ...names.slice(1)]) {
      const name = NAME.exec(written);
      if (!name) {
        whole = false;
        continue;
      }
      known.push({
        name: name[2] ?? '',
        type: withoutQualifiers(words),
        pointer: stars || name[1] !== '',
        dims: dimensions(name[3] ?? ''),
      });
    }
  }
  return { known, whole };
}
