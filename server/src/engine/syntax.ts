/**
 * A tree as the readers of facts walk it: named nodes only, each unmarshalled once, parents for nothing.
 *
 * The binding finds a node's parent and the node at an offset by walking down from the root every time; readers ask
 * for both all the time. Here the way down is remembered.
 */
import type { Node, Query } from 'web-tree-sitter';

/** What a tree was parsed from. */
interface Origin {
  readonly source: string;
  /** Added to the offsets of a tree that was parsed from a part of the source. */
  readonly base: number;
  /** What the parser was given before that part: it stands nowhere in the source. */
  readonly prefix: string;
}

export class Syntax {
  private kids: readonly Syntax[] | undefined;
  private fields: Map<string, Syntax | null> | undefined;
  private knownType: string | undefined;
  private knownEnd: number | undefined;
  readonly startIndex: number;

  private constructor(
    private readonly node: Node,
    readonly parent: Syntax | null,
    private readonly origin: Origin,
  ) {
    this.startIndex = node.startIndex + origin.base;
  }

  static root(
    node: Node,
    source: string,
    { base = 0, prefix = '' }: Partial<Omit<Origin, 'source'>> = {},
  ): Syntax {
    return new Syntax(node, null, { source, base, prefix });
  }

  get id(): number {
    return this.node.id;
  }

  get type(): string {
    this.knownType ??= this.node.type;
    return this.knownType;
  }

  get endIndex(): number {
    this.knownEnd ??= this.node.endIndex + this.origin.base;
    return this.knownEnd;
  }

  get text(): string {
    return this.between(this.startIndex, this.endIndex);
  }

  /** Whether its text begins so; asks the grammar nothing. */
  startsWith(text: string): boolean {
    return this.origin.source.startsWith(text, this.startIndex);
  }

  /** What stands between this node and a later one. */
  until(later: Syntax): string {
    return this.between(this.endIndex, later.startIndex);
  }

  /** What stands before a part of the source is none of its text. */
  private between(start: number, end: number): string {
    const { source, base, prefix } = this.origin;
    const first = base + prefix.length;
    if (start >= first) return source.slice(start, end);
    return prefix.slice(start - base, end - base) + source.slice(first, Math.max(first, end));
  }

  get namedChildren(): readonly Syntax[] {
    this.kids ??= this.node.namedChildren.map((child) => new Syntax(child, this, this.origin));
    return this.kids;
  }

  get namedChildCount(): number {
    return this.namedChildren.length;
  }

  get firstNamedChild(): Syntax | null {
    return this.namedChildren[0] ?? null;
  }

  namedChild(index: number): Syntax | null {
    return this.namedChildren[index] ?? null;
  }

  get nextNamedSibling(): Syntax | null {
    const siblings = this.parent?.namedChildren ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  childForFieldName(name: string): Syntax | null {
    this.fields ??= new Map();
    let child = this.fields.get(name);
    if (child === undefined) {
      const raw = this.node.childForFieldName(name);
      child =
        raw && (this.namedChildren.find((each) => each.id === raw.id) ?? new Syntax(raw, this, this.origin));
      this.fields.set(name, child);
    }
    return child;
  }

  childrenForFieldName(name: string): readonly Syntax[] {
    const ids = new Set(this.node.childrenForFieldName(name).map((child) => child.id));
    return this.namedChildren.filter((child) => ids.has(child.id));
  }

  /** The smallest named node below this one that holds a stretch, or as near as the steps left allow. */
  at(start: number, end: number, steps: { left: number } = { left: Infinity }): Syntax {
    let found: Syntax | undefined;
    for (let next = this.childAround(start); next && next.endIndex >= end; next = next.childAround(start)) {
      found = next;
      if (--steps.left < 0) break;
    }
    return found ?? this;
  }

  /** The node of this tree that a query has captured. */
  of(captured: Node): Syntax {
    let here = this.at(captured.startIndex + this.origin.base, captured.endIndex + this.origin.base);
    for (let outer: Syntax | null = here; outer; outer = outer.parent)
      if (outer.id === captured.id) return outer;
    // An anonymous or empty node is no named child of anybody.
    here = new Syntax(captured, here, this.origin);
    return here;
  }

  /** What a query finds here, its captures as nodes of this tree. */
  matches(query: Query): { patternIndex: number; captures: { name: string; node: Syntax }[] }[] {
    return query.matches(this.node).map(({ patternIndex, captures }) => ({
      patternIndex,
      captures: captures.map(({ name, node }) => ({ name, node: this.of(node) })),
    }));
  }

  /** Nodes of a type below this one, not looking inside those found. */
  below(type: string): Syntax[] {
    const found: Syntax[] = [];
    const queue: Syntax[] = [...this.namedChildren].reverse();
    for (let node = queue.pop(); node; node = queue.pop())
      if (node.type === type) found.push(node);
      else queue.push(...[...node.namedChildren].reverse());
    return found;
  }

  private childAround(offset: number): Syntax | undefined {
    const children = this.namedChildren;
    let low = 0;
    let high = children.length - 1;
    let found: Syntax | undefined;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const child = children[middle];
      if (child && child.startIndex <= offset) {
        found = child;
        low = middle + 1;
      } else high = middle - 1;
    }
    return found && offset < found.endIndex ? found : undefined;
  }
}

/** Named children without comments. */
export function named(node: Syntax): readonly Syntax[] {
  const children = node.namedChildren;
  return children.some(isComment) ? children.filter((child) => !isComment(child)) : children;
}

function isComment(node: Syntax): boolean {
  return node.startsWith('/*') || node.startsWith('//');
}
