/** What is known at one point of a function: contents of memory, facts about values, what was freed. */
import type { Span } from '../facts/model.js';
import { type Node, type Relation, dependsOn } from './values.js';

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
  /** Memory that was allocated here; on a way without this fact there is none, and nothing is wrong with it. */
  readonly made?: true;
}

export interface Freed {
  readonly at: Span;
  readonly by: string;
  /** On every way that leads here. */
  readonly sure: boolean;
}

/** A nonce that a message was encrypted with, and under which key. */
export interface Spent {
  readonly key: Node;
  /** Where the nonce lies. */
  readonly pointer: Node;
  readonly nonce: Node;
}

export const NOTHING: Fact = {};
const MOST_RELATIONS = 6;

/** States share what they have in common: a part is copied when it is first changed. */
export class State {
  private own = 0;

  constructor(
    private cellMap = new Map<string, ReadonlyMap<string, Node>>(),
    private factMap = new Map<number, Fact>(),
    private freedMap = new Map<string, Freed>(),
    private ownedSet = new Set<string>(),
    private wipedSet = new Set<string>(),
    private spentMap = new Map<string, Spent>(),
  ) {}

  copy(): State {
    this.own = 0;
    return new State(this.cellMap, this.factMap, this.freedMap, this.ownedSet, this.wipedSet, this.spentMap);
  }

  /** By object, then by selector: `''` for the whole, `a.b`, `[3]`. Inner maps are never changed, only replaced. */
  get cells(): ReadonlyMap<string, ReadonlyMap<string, Node>> {
    return this.cellMap;
  }

  get facts(): ReadonlyMap<number, Fact> {
    return this.factMap;
  }

  get freed(): ReadonlyMap<string, Freed> {
    return this.freedMap;
  }

  /** Allocations that only this function knows of and must free. */
  get owned(): ReadonlySet<string> {
    return this.ownedSet;
  }

  /** Objects that were overwritten on purpose. */
  get wiped(): ReadonlySet<string> {
    return this.wipedSet;
  }

  fact(node: Node): Fact {
    return this.factMap.get(node.id) ?? NOTHING;
  }

  learn(node: Node, news: Fact): void {
    if (node.kind === 'number' || node.kind === 'text') return;
    this.setFact(node.id, both(this.fact(node), news));
  }

  setFact(id: number, fact: Fact): void {
    this.changing(1);
    this.factMap.set(id, fact);
  }

  unlearn(id: number): void {
    if (!this.factMap.has(id)) return;
    this.changing(1);
    this.factMap.delete(id);
  }

  set(object: string, selector: string, value: Node): void {
    const former = this.cellMap.get(object);
    const cells = new Map<string, Node>();
    if (selector !== '' && former)
      for (const [key, node] of former) if (!isBelow(key, selector)) cells.set(key, node);
    cells.set(selector, value);
    this.setCells(object, cells);
  }

  setCells(object: string, cells: ReadonlyMap<string, Node>): void {
    this.changing(2);
    this.cellMap.set(object, cells);
  }

  drop(object: string): void {
    if (!this.cellMap.has(object)) return;
    this.changing(2);
    this.cellMap.delete(object);
  }

  get(object: string, selector: string): Node | undefined {
    return this.cellMap.get(object)?.get(selector);
  }

  free(object: string, freed: Freed): void {
    this.changing(4);
    this.freedMap.set(object, freed);
    this.release(object);
  }

  unfree(object: string): void {
    if (!this.freedMap.has(object)) return;
    this.changing(4);
    this.freedMap.delete(object);
  }

  acquire(object: string): void {
    this.changing(8);
    this.ownedSet.add(object);
  }

  release(object: string): void {
    if (!this.ownedSet.has(object)) return;
    this.changing(8);
    this.ownedSet.delete(object);
  }

  wipe(object: string): void {
    this.changing(16);
    this.wipedSet.add(object);
  }

  unwipe(object: string): void {
    this.changing(16);
    this.wipedSet.delete(object);
  }

  /** On some way that leads here. */
  get spent(): ReadonlyMap<string, Spent> {
    return this.spentMap;
  }

  spend(id: string, spent: Spent): void {
    this.changing(32);
    this.spentMap.set(id, spent);
  }

  unspend(id: string): void {
    this.changing(32);
    this.spentMap.delete(id);
  }

  /** A value is made anew: keys and nonces made of it are no longer what they were. */
  renewSpent(node: Node): void {
    for (const [id, { key, pointer, nonce }] of this.spentMap)
      if ([key, pointer, nonce].some((each) => dependsOn(each, node))) this.unspend(id);
  }

  private changing(part: number): void {
    if ((this.own & part) !== 0) return;
    this.own |= part;
    if (part === 1) this.factMap = new Map(this.factMap);
    else if (part === 2) this.cellMap = new Map(this.cellMap);
    else if (part === 4) this.freedMap = new Map(this.freedMap);
    else if (part === 8) this.ownedSet = new Set(this.ownedSet);
    else if (part === 16) this.wipedSet = new Set(this.wipedSet);
    else this.spentMap = new Map(this.spentMap);
  }

  equals(other: State): boolean {
    return (
      this.cells.size === other.cells.size &&
      this.facts.size === other.facts.size &&
      this.freed.size === other.freed.size &&
      this.owned.size === other.owned.size &&
      this.wiped.size === other.wiped.size &&
      this.spent.size === other.spent.size &&
      (this.cells === other.cells ||
        [...this.cells].every(([key, cells]) => sameCells(cells, other.cells.get(key)))) &&
      (this.facts === other.facts ||
        [...this.facts].every(([id, fact]) => sameFact(fact, other.facts.get(id)))) &&
      [...this.freed].every(([key, { sure }]) => other.freed.get(key)?.sure === sure)
    );
  }
}

function isBelow(key: string, selector: string): boolean {
  return (
    key === selector ||
    (key.startsWith(selector) && (key[selector.length] === '.' || key[selector.length] === '['))
  );
}

function sameCells(a: ReadonlyMap<string, Node>, b: ReadonlyMap<string, Node> | undefined): boolean {
  return a === b || (a.size === b?.size && [...a].every(([key, node]) => b.get(key) === node));
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
  return (
    a.length === b.length &&
    a.every(({ node, offset }) => b.some((each) => each.node === node && each.offset === offset))
  );
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
    ...((a.made ?? b.made) && { made: true }),
    ...(clean && { clean }),
  };
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function joined(
  a: readonly Relation[] | undefined,
  b: readonly Relation[] | undefined,
): readonly Relation[] | undefined {
  if (!a || !b) return a ?? b;
  const news = b.filter(({ node, offset }) => !a.some((each) => each.node === node && each.offset <= offset));
  return [...a, ...news].slice(0, MOST_RELATIONS);
}

/** What holds where either of two facts holds. */
export function either(a: Fact, b: Fact | undefined): Fact | undefined {
  if (!b) return a.made ? a : undefined;
  if (a === b || sameFact(a, b)) return a;
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
    ...(a.made && b.made && { made: true }),
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
