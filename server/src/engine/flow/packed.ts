/**
 * Lowered functions as they are kept. Tens of thousands are, and few are followed at a time: the graph stays text until
 * somebody asks for it, which takes a quarter of the memory, and a function that has moved within its file is the same
 * text under another offset.
 */
import type { FlowBlock, FlowFunction, FlowVar } from './ir.js';

type Head = Omit<FlowFunction, 'vars' | 'blocks'>;

export interface PackedFunction extends Head {
  /** A `Graph` as JSON, with offsets that count from `at`. */
  readonly graph: string;
  readonly at: number;
}

export interface Graph {
  readonly vars: readonly FlowVar[];
  readonly blocks: readonly FlowBlock[];
}

/** Of a function whose offsets count from `at`. The result holds no part of the text that it was read from. */
export function packed({ vars, blocks, ...head }: FlowFunction, at = 0): PackedFunction {
  const graph = JSON.stringify({ vars, blocks } satisfies Graph);
  return moved({ ...(JSON.parse(JSON.stringify(head)) as Head), graph, at: 0 }, at);
}

/** The same function `offset` units further on in its file. */
export function moved(func: PackedFunction, offset: number): PackedFunction {
  if (offset === 0) return func;
  return {
    ...func,
    start: func.start + offset,
    end: func.end + offset,
    ...(func.outer !== undefined && { outer: func.outer + offset }),
    at: func.at + offset,
  };
}

/** The function to follow: the same object each time, and its graph is unpacked when it is asked for. */
export function unpacked(func: PackedFunction): FlowFunction {
  let known = UNPACKED.get(func);
  if (!known) {
    known = {
      ...func,
      get vars() {
        return graphOf(func).vars;
      },
      get blocks() {
        return graphOf(func).blocks;
      },
    };
    UNPACKED.set(func, known);
  }
  return known;
}

const UNPACKED = new WeakMap<PackedFunction, FlowFunction>();

/** Graphs unpacked lately, in two generations, by the characters of their text: the elder goes when the other is full. */
const ROOM = 400_000;
let young = new Map<PackedFunction, Graph>();
let old = new Map<PackedFunction, Graph>();
let filled = 0;
/** Whoever follows a function asks for it many times in a row. */
let last: { readonly func: PackedFunction; readonly graph: Graph } | undefined;

function graphOf(func: PackedFunction): Graph {
  if (last?.func !== func) last = { func, graph: young.get(func) ?? renewed(func) };
  return last.graph;
}

function renewed(func: PackedFunction): Graph {
  const graph = old.get(func) ?? parsed(func);
  filled += func.graph.length;
  if (filled > ROOM) {
    old = young;
    young = new Map();
    filled = func.graph.length;
  }
  young.set(func, graph);
  return graph;
}

function parsed({ graph, at }: PackedFunction): Graph {
  const value = JSON.parse(graph) as Graph;
  if (at === 0) return value;
  for (const { d } of value.vars) if (d) shift(d, at);
  for (const { i, c } of value.blocks) {
    shift(i, at);
    if (c) shift(c, at);
  }
  return value;
}

/** Expressions and instructions carry offsets as their second and third item. */
function shift(value: readonly unknown[], offset: number): void {
  const items = value as unknown[];
  const [head, start, end] = items;
  if (typeof head === 'string' && typeof start === 'number' && typeof end === 'number') {
    items[1] = start + offset;
    items[2] = end + offset;
  }
  for (const item of items) if (Array.isArray(item)) shift(item, offset);
}
