/**
 * A tree as the readers of facts walk it: named nodes only, each unmarshalled once, parents for nothing.
 *
 * The binding finds a node's parent and the node at an offset by walking down from the root every time; readers ask
 * for both all the time. Here the way down is remembered.
 */
import type { Node, Query } from 'web-tree-sitter';

export class Syntax {
  private kids: readonly Syntax[] | undefined;
  private fields: Map<string, Syntax | null> | undefined;
  private knownType: string | undefined;
  private knownEnd: number | undefined;
  readonly startIndex: number;

  private constructor(
    private readonly node: Node,
    readonly parent: Syntax | null,
    private readonly source: string,
    private readonly base: number,
  ) {
    this.startIndex = node.startIndex + base;
  }

  /** `base` is added to the offsets of a tree that was parsed from a part of the source. */
  static root(node: Node, source: string, base = 0): Syntax {
    return new Syntax(node, null, source, base);
  }

  get id(): number {
    return this.node.id;
  }

  get type(): string {
    this.knownType ??= this.node.type;
    return this.knownType;
  }

  get endIndex(): number {
    this.knownEnd ??= this.node.endIndex + this.base;
    return this.knownEnd;
  }

  get text(): string {
    return this.source.slice(this.startIndex, this.endIndex);
  }

  /** Whether its text begins so; asks the grammar nothing. */
  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.startIndex);
  }

  /** What stands between this node and a later one. */
  until(later: Syntax): string {
    return this.source.slice(this.endIndex, later.startIndex);
  }

  get namedChildren(): readonly Syntax[] {
    this.kids ??= this.node.namedChildren.map((child) => new Syntax(child, this, this.source, this.base));
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
        raw &&
        (this.namedChildren.find((each) => each.id === raw.id) ??
          new Syntax(raw, this, this.source, this.base));
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
    let here = this.at(captured.startIndex + this.base, captured.endIndex + this.base);
    for (let outer: Syntax | null = here; outer; outer = outer.parent)
      if (outer.id === captured.id) return outer;
    // An anonymous or empty node is no named child of anybody.
    here = new Syntax(captured, here, this.source, this.base);
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
