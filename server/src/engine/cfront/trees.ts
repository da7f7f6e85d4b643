/**
 * The trees of one item, one for each variant, and the stretches that none could read. Trees live here and are freed
 * by whoever asked for them; facts never refer to them.
 */
import type { Node, Parser, Tree } from 'web-tree-sitter';
import { Syntax } from '../syntax.js';
import type { CText } from './ctext.js';
import type { Effort } from './head.js';
import type { Item } from './items.js';
import { isOperandBetween } from './cloth.js';
import { type Plain, plain } from './plain.js';
import { reparse } from './reparse.js';
import { NAME } from './tokens.js';
import { type Variant, variantsOf } from './variants.js';

export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  /** A macro that, were it known for an attribute, might make the stretch readable. */
  readonly macro?: string;
}

/** Ways down the trees of one item, in steps: a chain of ten thousand calls costs the square of its length. */
const MOST_STEPS = 1_000_000;

export class ItemTrees {
  private readonly steps = { left: MOST_STEPS };

  private constructor(
    private readonly trees: readonly Tree[],
    /** One root a variant; offsets are those of the file. */
    readonly roots: readonly Syntax[],
    private readonly faults: readonly Gap[],
    private readonly item: Item,
  ) {}

  /** What could not be read, as far as is known by now. */
  get gaps(): readonly Gap[] {
    if (this.steps.left >= 0) return this.faults;
    const { start, end } = this.item;
    return [...this.faults, { start, end, reason: 'it is nested too deep to be read whole' }];
  }

  static parse(parser: Parser, source: CText, item: Item): ItemTrees {
    const variants = variantsOf(source.tokens, item);
    const gaps: Gap[] = variants.left.map((stretch) => ({
      ...stretch,
      reason: 'it has more #if branches than are read',
    }));
    const trees: Tree[] = [];
    const roots: Syntax[] = [];
    let former: Read | undefined;
    for (const variant of variants.list) {
      const read = best(parser, source, item, variant, former);
      if (!read.failed) former = read;
      trees.push(read.tree);
      roots.push(Syntax.root(read.root, source.text, { base: read.base, prefix: read.prefix }));
      if (!read.failed) continue;
      const gap = gapOf(read.root, read.base, source, item);
      if (!gaps.some(({ start, end }) => start === gap.start && end === gap.end)) gaps.push(gap);
    }
    return new ItemTrees(trees, roots, gaps, item);
  }

  /** The node of a word or a literal, from the first variant in which it is code. */
  at(start: number, end: number): Syntax | undefined {
    return this.everyAt(start, end).next().value;
  }

  /** The same from every variant: what stands around it may differ. */
  *everyAt(start: number, end: number): Generator<Syntax, undefined> {
    for (const root of this.roots) {
      if (this.steps.left < 0) return undefined;
      const node = root.at(start, end, this.steps);
      if (node.startIndex === start && node.endIndex === end) yield node;
    }
    return undefined;
  }

  free(): void {
    for (const tree of this.trees) tree.delete();
  }
}

const EFFORTS: readonly Effort[] = ['usual', 'name and parameters', 'name'];

interface Read {
  readonly tree: Tree;
  readonly root: Node;
  readonly text: string;
  readonly base: number;
  readonly prefix: string;
  readonly failed: boolean;
}

function parse(parser: Parser, { text, base, prefix }: Plain, former?: Read): Read {
  const tree = former?.text.length === text.length ? reparse(parser, former, text) : parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  const root = tree.rootNode;
  return { tree, root, text, base, prefix, failed: root.hasError };
}

/** The tree of the least effort that has no error; where all have, the first. */
function best(parser: Parser, source: CText, item: Item, variant: Variant, former?: Read): Read {
  let first: Read | undefined;
  for (const effort of item.kind === 'function' ? EFFORTS : EFFORTS.slice(0, 1)) {
    const dressed = plain(source, item, variant, effort);
    let read = parse(parser, dressed, former);
    // What was kept of another tree may be why.
    if (read.failed && former) {
      read.tree.delete();
      read = parse(parser, dressed);
    }
    if (!read.failed) {
      first?.tree.delete();
      return read;
    }
    if (first) read.tree.delete();
    else first = read;
  }
  if (!first) throw new Error('no effort was made');
  return first;
}

/** The function or declaration that could not be read, and the macro that may be why. */
function gapOf(root: Node, base: number, source: CText, item: Item): Gap {
  const fault = firstFault(root);
  const start = Math.min(Math.max((fault?.startIndex ?? 0) + base, item.start), item.end);
  const end = Math.min(Math.max((fault?.endIndex ?? 0) + base, start), item.end);
  const macro = macroNear(source, item, start);
  return {
    start,
    end: end > start ? end : Math.min(start + 1, item.end),
    reason:
      macro === undefined
        ? 'the grammar cannot read it'
        : `the grammar cannot read it; if ${macro} is a macro, name it under "macros" in skarp.json`,
    ...(macro !== undefined && { macro }),
  };
}

function firstFault(node: Node): Node | undefined {
  for (let here: Node | undefined = node; here;) {
    if (here.isError || here.isMissing) return here;
    here = here.children.find((child) => child.hasError || child.isMissing);
  }
  return undefined;
}

/** The word in capitals that stands nearest before a fault, at most a dozen words away; a plain operand is none. */
function macroNear({ tokens, text }: CText, item: Item, offset: number): string | undefined {
  let low = item.first;
  while (low < item.past && (tokens.starts[low] ?? 0) <= offset) low++;
  for (let index = Math.min(low + 1, item.past - 1); index >= Math.max(item.first, low - 12); index--) {
    if (tokens.kinds[index] !== NAME) continue;
    const word = text.slice(tokens.starts[index], tokens.ends[index]);
    const isOperand = isOperandBetween(tokens.kinds[index - 1] ?? 0, tokens.kinds[index + 1] ?? 0);
    if (!isOperand && /^_*[A-Z][A-Z0-9_]{2,}$/.test(word)) return word;
  }
  return undefined;
}
