/** A lowered function for another place of its file: expressions and instructions carry offsets as their second and third item. */
import type { FlowFunction } from './ir.js';

export function movedFlow(func: FlowFunction, offset: number): FlowFunction {
  if (offset === 0) return func;
  return {
    ...func,
    start: func.start + offset,
    end: func.end + offset,
    ...(func.outer !== undefined && { outer: func.outer + offset }),
    vars: func.vars.map((each) => (each.d ? { ...each, d: moved(each.d, offset) } : each)),
    blocks: func.blocks.map((block) => ({
      ...block,
      i: moved(block.i, offset),
      ...(block.c && { c: moved(block.c, offset) }),
    })),
  };
}

function moved<Value>(value: Value, offset: number): Value {
  return copy(value, offset) as Value;
}

function copy(value: unknown, offset: number): unknown {
  if (!Array.isArray(value)) return value;
  const [head, start, end] = value as unknown[];
  const isTuple = typeof head === 'string' && typeof start === 'number' && typeof end === 'number';
  return isTuple
    ? [head, start + offset, end + offset, ...value.slice(3).map((each) => copy(each, offset))]
    : value.map((each) => copy(each, offset));
}
