/** Builds the graph of one function: blocks, edges, scopes, temporaries. Shared by both languages. */
import type { Span } from '../facts/model.js';
import {
  type Ex,
  type FlowBlock,
  type FlowFunction,
  type FlowVar,
  type Instr,
  MOST_BLOCKS,
  MOST_INSTRUCTIONS,
} from './ir.js';

type Draft = { -readonly [K in keyof FlowBlock]: FlowBlock[K] } & { i: Instr[] };

/** Where `break` and `continue` go. */
interface Jump {
  readonly label?: string;
  readonly exit: number;
  readonly again?: number;
}

/** Thrown inside lowering only; the function is then left out with a notice. */
export class TooLarge extends Error {}

export class Builder {
  readonly vars: FlowVar[] = [];
  private readonly blocks: Draft[] = [{ i: [] }];
  private readonly scopes: Map<string, number>[] = [new Map<string, number>()];
  private readonly labels = new Map<string, number>();
  private readonly jumps: Jump[] = [];
  private readonly handlers: number[] = [];
  private instructions = 0;
  /** Variables that were declared without a value and have been given none since, in the order of the text. */
  readonly unset = new Set<number>();
  /** The block that is being filled. After a jump it is one that nothing leads to. */
  private here = 0;

  emit(instruction: Instr): void {
    if (++this.instructions > MOST_INSTRUCTIONS) throw new TooLarge('it has too many statements');
    this.block(this.here).i.push(instruction);
    if (instruction[0] === 'd') this.unset.add(instruction[3]);
    else if (instruction[0] === '=' && instruction[3][0] === 'v') this.unset.delete(instruction[3][3]);
  }

  declare(name: string, type?: string, dims?: readonly Ex[], isStatic = false): number {
    const index = this.vars.length;
    this.vars.push({
      n: name,
      ...(type !== undefined && { t: type }),
      ...(dims && dims.length > 0 && { d: dims }),
      ...(isStatic && { s: 1 }),
    });
    if (name !== '') this.scopes.at(-1)?.set(name, index);
    return index;
  }

  /** In TypeScript `var` and functions belong to the function, not to the block. */
  declareOutermost(name: string): number {
    const known = this.scopes[0]?.get(name);
    if (known !== undefined) return known;
    const index = this.vars.length;
    this.vars.push({ n: name });
    this.scopes[0]?.set(name, index);
    return index;
  }

  lookup(name: string): number | undefined {
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const found = this.scopes[at]?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  scoped(run: () => void): void {
    this.scopes.push(new Map());
    run();
    this.scopes.pop();
  }

  temp(span: readonly [number, number], type?: string): Ex & readonly ['v', number, number, number] {
    return ['v', span[0], span[1], this.declare('', type)];
  }

  /** A new block; nothing leads to it yet. */
  fresh(): number {
    if (this.blocks.length >= MOST_BLOCKS) throw new TooLarge('it has too many branches');
    const handler = this.handlers.at(-1);
    this.blocks.push({ i: [], ...(handler !== undefined && { x: handler }) });
    return this.blocks.length - 1;
  }

  go(to: number): void {
    const block = this.block(this.here);
    block.t ??= to;
  }

  branch(condition: Ex | undefined, yes: number, no: number): void {
    const block = this.block(this.here);
    if (block.t !== undefined) return;
    if (condition) block.c = condition;
    block.t = yes;
    block.f = no;
  }

  at(block: number): void {
    this.here = block;
  }

  /** Goes on in a block, from here. */
  into(block: number): void {
    this.go(block);
    this.at(block);
  }

  /** What follows is reached by nothing that was before. */
  cut(): void {
    this.at(this.fresh());
  }

  markLoop(block: number): void {
    this.block(block).l = 1;
  }

  loop(label: string | undefined, exit: number, again: number, body: () => void): void {
    this.jumps.push({ ...(label !== undefined && { label }), exit, again });
    body();
    this.jumps.pop();
  }

  breakable(label: string | undefined, exit: number, body: () => void): void {
    this.jumps.push({ ...(label !== undefined && { label }), exit });
    body();
    this.jumps.pop();
  }

  leave(label?: string): void {
    const jump = this.jumps.findLast((each) => label === undefined || each.label === label);
    if (jump) this.go(jump.exit);
    this.cut();
  }

  again(label?: string): void {
    const jump = this.jumps.findLast(
      (each) => each.again !== undefined && (label === undefined || each.label === label),
    );
    if (jump?.again !== undefined) this.go(jump.again);
    this.cut();
  }

  label(name: string): number {
    let block = this.labels.get(name);
    if (block === undefined) {
      block = this.fresh();
      this.labels.set(name, block);
    }
    return block;
  }

  /** Runs a part in which what throws goes on at a handler. */
  guarded(handler: number, body: () => void): void {
    this.handlers.push(handler);
    this.into(this.fresh());
    body();
    this.handlers.pop();
    this.into(this.fresh());
  }

  get handler(): number | undefined {
    return this.handlers.at(-1);
  }

  finish(span: Span, head: Omit<FlowFunction, 'start' | 'end' | 'vars' | 'blocks'>): FlowFunction {
    return { start: span.start, end: span.end, ...head, vars: this.vars, blocks: compact(this.blocks) };
  }

  private block(index: number): Draft {
    const found = this.blocks[index];
    if (!found) throw new TooLarge('it has no such block');
    return found;
  }
}

/** Drops blocks that nothing leads to and skips those that hold nothing. */
function compact(blocks: readonly FlowBlock[]): FlowBlock[] {
  const skip = (index: number): number => {
    // As many hops as there are blocks: a circle of empty ones ends.
    for (let left = blocks.length; left > 0; left--) {
      const block = blocks[index];
      if (!block || block.i.length > 0 || block.f !== undefined || block.t === undefined || block.l) break;
      index = block.t;
    }
    return index;
  };
  const numbers = new Map<number, number>();
  const order: number[] = [];
  const queue = [skip(0)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (numbers.has(next)) continue;
    numbers.set(next, order.length);
    order.push(next);
    const { t, f, x } = blocks[next] ?? { i: [] };
    for (const to of [x, f, t]) if (to !== undefined) queue.push(skip(to));
  }
  const numbered = (index: number | undefined): number | undefined =>
    index === undefined ? undefined : numbers.get(skip(index));
  return order.map((index) => {
    const { i, c, t, f, x, l } = blocks[index] ?? { i: [] };
    const [yes, no, handler] = [numbered(t), numbered(f), numbered(x)];
    return {
      i,
      ...(c && { c }),
      ...(yes !== undefined && { t: yes }),
      ...(no !== undefined && { f: no }),
      ...(handler !== undefined && { x: handler }),
      ...(l && { l }),
    };
  });
}
