/**
 * Whether a value that was kept somewhere is what P1 makes. Rules and fixes trust facts, and nobody knows who had the
 * store in hands. The types see to it that no field is forgotten.
 */
import type {
  CallFact,
  CommentFact,
  ConditionFact,
  ExportFact,
  ExprFact,
  FileFacts,
  FunctionFact,
  GapFact,
  ImportFact,
  LiteralFact,
  ObjectFact,
  PassFact,
  PropFact,
  RequiredFact,
  ShapeFact,
  Span,
  VariableFact,
  WriteFact,
} from '../engine/facts/model.js';

import type { FlowBlock, FlowVar } from '../engine/flow/ir.js';
import type { Graph, PackedFunction } from '../engine/flow/packed.js';

type Check = (value: unknown) => boolean;
type Fields<Fact> = { readonly [Key in keyof Required<Fact>]: Check };

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const number: Check = (value) => Number.isSafeInteger(value) && (value as number) >= -1;
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value as string);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record<Fact>(fields: Fields<Fact>): Check {
  const checks = Object.entries<Check>(fields);
  return (value) => isRecord(value) && checks.every(([field, check]) => check(value[field]));
}

/** Spans must lie in a text of that length. */
export function isFacts(value: unknown, length: number): value is FileFacts {
  try {
    return factsWithin(length)(value);
  } catch {
    // Nested deeper than anything that P1 makes.
    return false;
  }
}

function factsWithin(length: number): Check {
  const offset: Check = (value) => number(value) && (value as number) >= 0 && (value as number) <= length;
  const ends: Fields<Span> = { start: offset, end: offset };
  const span = record<Span>(ends);
  const expr: Check = (value) => exprOf(value);
  const call: Check = (value) => callOf(value);
  const exprOf = record<ExprFact>({
    ...ends,
    kind: text,
    text,
    value: maybe(text),
    path: maybe(text),
    parts: maybe(list(expr)),
    operator: maybe(text),
    props: maybe(list(record<PropFact>({ key: text, at: span, value: expr }))),
    open: maybe(flag),
    count: maybe(number),
    type: maybe(text),
    casts: maybe(list(text)),
    grouped: maybe(flag),
    call: maybe(call),
    func: maybe(number),
  });
  const callOf = record<CallFact>({
    ...ends,
    path: text,
    callee: span,
    on: maybe(expr),
    args: list(expr),
    isNew: flag,
    func: number,
    result: oneOf('no', 'discarded', 'checked', 'used'),
    guarded: maybe(flag),
  });
  const variable = record<VariableFact>({
    name: text,
    declared: span,
    scope: span,
    kind: oneOf('local', 'parameter', 'global', 'field'),
    type: maybe(text),
    pointer: maybe(flag),
    dims: maybe(list((size) => size === null || expr(size))),
    constant: maybe(flag),
    internal: maybe(flag),
    init: maybe(expr),
    parameter: maybe(record<{ func: number; index: number }>({ func: number, index: number })),
    settled: maybe(flag),
    takenFrom: maybe(expr),
    writes: list(record<WriteFact>({ ...ends, field: text, value: expr, compound: flag })),
    passed: list(record<PassFact>({ ...ends, callee: text, index: number, field: text, byAddress: flag })),
    escapes: flag,
    pointedAt: flag,
  });
  const functionFact = record<FunctionFact>({
    ...ends,
    name: text,
    params: list(text),
    calls: list(text),
    returns: list(expr),
    statements: number,
    tail: maybe(expr),
    uses: maybe(list(text)),
    argumentOf: maybe(record<{ call: number; index: number }>({ call: offset, index: number })),
  });
  const placed = { func: number };
  return record<FileFacts>({
    lang: oneOf('c', 'ts'),
    flow: list(flowOf(ends)),
    functions: list(functionFact),
    calls: list(call),
    variables: list(variable),
    objects: list(record<ObjectFact>({ value: expr, ...placed })),
    imports: list(record<ImportFact>({ ...ends, local: text, module: text, imported: text })),
    exports: list(record<ExportFact>({ name: text, local: text, from: maybe(text) })),
    required: maybe(list(record<RequiredFact>({ module: text, name: text }))),
    literals: list(record<LiteralFact>({ literal: expr, ...placed })),
    shapes: list(
      record<ShapeFact>({
        ...ends,
        shape: text,
        captures: (value) => isRecord(value) && Object.values(value).every(expr),
        ...placed,
      }),
    ),
    suppressions: list(record<CommentFact>({ ...ends, text, trailing: flag, next: maybe(span) })),
    conditions: list(record<ConditionFact>({ ...ends, condition: text })),
    gaps: list(record<GapFact>({ ...ends, reason: text, macro: maybe(text) })),
    functionsSeen: number,
    functionsAnalysed: number,
  });
}

/** Tuples of expressions and instructions are looked at no closer: flow stands whatever is in them. */
function flowOf(ends: Fields<Span>): Check {
  const tuple: Check = (value) =>
    value === null || /^(string|number|boolean|undefined)$/.test(typeof value) || list(tuple)(value);
  const one: Check = (value) => value === 1;
  const block = record<FlowBlock>({
    i: list(list(tuple)),
    c: maybe(list(tuple)),
    t: maybe(number),
    f: maybe(number),
    x: maybe(number),
    l: maybe(one),
  });
  const graph = record<Graph>({
    vars: list(record<FlowVar>({ n: text, t: maybe(text), d: maybe(list(list(tuple))), s: maybe(one) })),
    blocks: list(block),
  });
  return record<PackedFunction>({
    ...ends,
    // What a module does begins before its first function.
    start: number,
    name: text,
    kind: oneOf('function', 'module', 'class', 'data', 'record'),
    cls: maybe(text),
    outer: maybe(number),
    params: number,
    rest: maybe(one),
    graph: (value) => typeof value === 'string' && graph(JSON.parse(value)),
    at: number,
    async: maybe(one),
    internal: maybe(one),
    type: maybe(text),
    given: maybe(text),
  });
}
