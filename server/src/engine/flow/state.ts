/** What is known at one point of a function: contents of memory, facts about values, what was freed. */
import type { Span } from '../facts/model.js';
import type { Node, Relation } from './values.js';

export interface Fact {
  /** Upper and lower bound that a condition or a table gave; `checked` tells them from what a type allows. */
  readonly hi?: number;
  readonly lo?: number;
  /** At most `node + offset`. */
  readonly above?: readonly Relation[];
  /** At least `node + offset`. */
  readonly below?: readonly Relation[];
  /** Not null, not zero. */
  readonly not0?: true;
  /** Null, zero. */
  readonly is0?: true;
  /** Roles for which the value was found clean; `*` for all. */
  readonly clean?: ReadonlySet<string>;
}

export interface Freed {
  readonly at: Span;
  readonly by: string;
  /** On every way that leads here. */
  readonly sure: boolean;
}

export const NOTHING: Fact = {};
const MOST_RELATIONS = 6;

export class State {
  constructor(
    /** By object, then by selector: `''` for the whole, `a.b`, `[3]`. Inner maps are never changed, only replaced. */
    readonly cells = new Map<string, ReadonlyMap<string, Node>>(),
    readonly facts = new Map<number, Fact>(),
    readonly freed = new Map<string, Freed>(),
    /** Allocations that only this function knows of and must free. */
    readonly owned = new Set<string>(),
    /** Objects that were overwritten on purpose. */
    readonly wiped = new Set<string>(),
  ) {}

  copy(): State {
    return new State(
      new Map(this.cells),
      new Map(this.facts),
      new Map(this.freed),
      new Set(this.owned),
      new Set(this.wiped),
    );
  }

  fact(node: Node): Fact {
    return this.facts.get(node.id) ?? NOTHING;
  }

  learn(node: Node, news: Fact): void {
    if (node.kind === 'number' || node.kind === 'text') return;
    this.facts.set(node.id, both(this.fact(node), news));
  }

  set(object: string, selector: string, value: Node): void {
    const former = this.cells.get(object);
    const cells = new Map<string, Node>();
    if (selector !== '' && former)
      for (const [key, node] of former) if (!isBelow(key, selector)) cells.set(key, node);
    cells.set(selector, value);
    this.cells.set(object, cells);
  }

  get(object: string, selector: string): Node | undefined {
    return this.cells.get(object)?.get(selector);
  }

  equals(other: State): boolean {
    return (
      this.cells.size === other.cells.size &&
      this.facts.size === other.facts.size &&
      this.freed.size === other.freed.size &&
      this.owned.size === other.owned.size &&
      this.wiped.size === other.wiped.size &&
      [...this.cells].every(([key, cells]) => sameCells(cells, other.cells.get(key))) &&
      [...this.facts].every(([id, fact]) => sameFact(fact, other.facts.get(id))) &&
      [...this.freed].every(([key, { sure }]) => other.freed.get(key)?.sure === sure)
    );
  }
}

function isBelow(key: string, selector: string): boolean {
  return (
    key === selector || (key.startsWith(selector) && (key[selector.length] === '.' || key[selector.length] === '['))
  );
}

function sameCells(a: ReadonlyMap<string, Node>, b: ReadonlyMap<string, Node> | undefined): boolean {
  return a === b || (b !== undefined && a.size === b.size && [...a].every(([key, node]) => b.get(key) === node));
}

export function sameFact(a: Fact, b: Fact | undefined): boolean {
  return (
    a === b ||
    (b !== undefined &&
      a.hi === b.hi &&
      a.lo === b.lo &&
      a.not0 === b.not0 &&
      a.is0 === b.is0 &&
      sameRelations(a.above, b.above) &&
      sameRelations(a.below, b.below) &&
      (a.clean?.size ?? 0) === (b.clean?.size ?? 0))
  );
}

function sameRelations(a: readonly Relation[] = [], b: readonly Relation[] = []): boolean {
  return a.length === b.length && a.every(({ node, offset }) => b.some((each) => each.node === node && each.offset === offset));
}

/** Two facts that hold together. */
export function both(a: Fact, b: Fact): Fact {
  const hi = least(a.hi, b.hi);
  const lo = a.lo === undefined ? b.lo : b.lo === undefined ? a.lo : Math.max(a.lo, b.lo);
  const above = joined(a.above, b.above);
  const below = joined(a.below, b.below);
  const clean = a.clean && b.clean ? new Set([...a.clean, ...b.clean]) : (a.clean ?? b.clean);
  return {
    ...(hi !== undefined && { hi }),
    ...(lo !== undefined && { lo }),
    ...(above && { above }),
    ...(below && { below }),
    ...((a.not0 ?? b.not0) && { not0: true }),
    ...((a.is0 ?? b.is0) && { is0: true }),
    ...(clean && { clean }),
  };
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function joined(a: readonly Relation[] | undefined, b: readonly Relation[] | undefined): readonly Relation[] | undefined {
  if (!a || !b) return a ?? b;
  const news = b.filter(({ node, offset }) => !a.some((each) => each.node === node && each.offset <= offset));
  return [...a, ...news].slice(0, MOST_RELATIONS);
}

/** What holds where either of two facts holds. */
export function either(a: Fact, b: Fact | undefined): Fact | undefined {
  if (!b) return undefined;
  if (a === b) return a;
  const shared = a.clean && b.clean && new Set([...a.clean].filter((role) => b.clean?.has(role)));
  const above = common(a.above, b.above, (x, y) => Math.max(x, y));
  const below = common(a.below, b.below, (x, y) => Math.min(x, y));
  const fact: Fact = {
    ...(a.hi !== undefined && b.hi !== undefined && { hi: Math.max(a.hi, b.hi) }),
    ...(a.lo !== undefined && b.lo !== undefined && { lo: Math.min(a.lo, b.lo) }),
    ...(above && { above }),
    ...(below && { below }),
    ...(a.not0 && b.not0 && { not0: true }),
    ...(a.is0 && b.is0 && { is0: true }),
    ...(shared && shared.size > 0 && { clean: shared }),
  };
  return Object.keys(fact).length > 0 ? fact : undefined;
}

export function common(
  a: readonly Relation[] | undefined,
  b: readonly Relation[] | undefined,
  weaker: (x: number, y: number) => number,
): readonly Relation[] | undefined {
  const kept = (a ?? []).flatMap(({ node, offset }) => {
    const other = b?.find((each) => each.node === node);
    return other ? [{ node, offset: weaker(offset, other.offset) }] : [];
  });
  return kept.length > 0 ? kept : undefined;
}
