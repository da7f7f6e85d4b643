/** Functions of a file while they are being read: which one holds a place, and what it calls. */
import type { ExprFact, FunctionFact, Span } from './model.js';

/** Calls inside calls, and functions inside them, that are lowered; what lies deeper is seen when its turn comes. */
export const MOST_NESTED = 24;

/** A chain of calls longer than this is written by no person, and each of its links would cost its whole length. */
export const LONGEST_CALLEE = 2000;

export class Functions {
  private readonly list: (Span & {
    name: string;
    params: string[];
    calls: Set<string>;
    returns: ExprFact[];
    statements: number;
    tail?: ExprFact;
    uses?: readonly string[];
    argumentOf?: { call: number; index: number };
  })[] = [];
  private readonly byStart = new Map<number, number>();

  /** Must be called in order of start. */
  add(span: Span, name: string, params: string[], statements: number): number {
    const index = this.list.length;
    this.list.push({ ...span, name, params, statements, calls: new Set(), returns: [] });
    this.byStart.set(span.start, index);
    return index;
  }

  at(start: number): number | undefined {
    return this.byStart.get(start);
  }

  /** The innermost function around an offset, or -1. */
  around(offset: number): number {
    let low = 0;
    let high = this.list.length - 1;
    let found = -1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.start ?? 0) <= offset) {
        found = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    while (found >= 0 && (this.list[found]?.end ?? 0) <= offset) found--;
    return found;
  }

  span(index: number): Span | undefined {
    return this.list[index];
  }

  named(name: string): number {
    return this.list.findIndex((candidate) => candidate.name === name);
  }

  calls(index: number, callee: string): void {
    for (let at = index; at >= 0; at = this.outer(at)) this.list[at]?.calls.add(callee);
  }

  returns(index: number, values: ExprFact[]): void {
    const found = this.list[index];
    if (found?.returns.length === 0) found.returns = values;
  }

  params(index: number): readonly string[] {
    return this.list[index]?.params ?? [];
  }

  /** What its body does, where that is asked: see `FunctionFact`. */
  body(index: number, uses: readonly string[], tail: ExprFact | undefined): void {
    const found = this.list[index];
    if (found) Object.assign(found, { uses }, tail && { tail });
  }

  isArgument(index: number, call: number, position: number): void {
    const found = this.list[index];
    if (found) found.argumentOf = { call, index: position };
  }

  private outer(index: number): number {
    const inner = this.list[index];
    if (!inner) return -1;
    for (let at = index - 1; at >= 0; at--) if ((this.list[at]?.end ?? 0) >= inner.end) return at;
    return -1;
  }

  get count(): number {
    return this.list.length;
  }

  /** Functions, innermost, that hold one of the gaps. */
  touchedBy(gaps: readonly Span[]): number {
    const touched = new Set<number>();
    for (const gap of gaps) {
      const index = this.around(gap.start);
      if (index >= 0) touched.add(index);
    }
    return touched.size;
  }

  facts(): FunctionFact[] {
    return this.list.map((found) => ({ ...found, calls: [...found.calls] }));
  }
}
