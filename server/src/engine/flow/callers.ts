/** Callers that nobody sees: of functions that nothing in the product calls, what they are given is pasted into a text. */
import type { At, Step } from '../../../../rules/kit/index.js';
import type { Arrival } from './events.js';
import type { FlowIndex } from './index.js';
import type { FlowFunction } from './ir.js';
import type { FunctionRef, ParamSink } from './summary.js';
import { MODULE_START } from './ts-lower.js';

/** A sink that a variable of a function around reaches. */
export interface Captured {
  readonly key: string;
  readonly role: string;
  readonly at: At;
  readonly text: string;
  readonly callee: string | undefined;
  readonly steps: readonly Step[];
}

/** Kind of what they give. */
const CALLER = 'a caller';
/** Types whose values are few, or numbers. */
const FIXED = /^(const )?(number|boolean|bigint|(u?int\d*(_t)?|unsigned|size_t|long|short)\b[^*]*)$|^['"]/;
const NUMBER_NAME = /(port|pid|uid|gid|size|count|length|index|seconds|timeout|version)$/i;

export class Callers {
  private readonly called = new Set<number>();
  private readonly sinks = new Map<number, readonly ParamSink[]>();
  private readonly captures = new Map<number, readonly Captured[]>();

  constructor(private readonly index: FlowIndex) {}

  /** Who is called by whom, by index. */
  know(calls: readonly (readonly number[])[]): void {
    for (const targets of calls) for (const target of targets) this.called.add(target);
  }

  /** What was seen in a function; what was seen before is forgotten. */
  note({ index }: FunctionRef, sinks: Iterable<ParamSink>, captures: readonly Captured[]): void {
    this.sinks.set(
      index,
      [...sinks].filter(({ pasted }) => pasted),
    );
    this.captures.set(index, captures);
  }

  *arrivals(): Generator<Arrival> {
    const { refs } = this.index;
    for (const [at, sinks] of inOrder(this.sinks))
      for (const sink of sinks) {
        const { index, path } = sink.param;
        const ref = refs[at];
        if (ref && this.isGiven(ref, index, path.length > 0)) yield arrival(ref, index, sink);
      }
    for (const [, captures] of inOrder(this.captures))
      for (const capture of captures) {
        const [, file = '', start = '', name = ''] = /^(.*):(-?\d+):(.*)$/.exec(capture.key) ?? [];
        const ref = this.index.files.get(file)?.byStart.get(Number(start));
        const param = ref ? ref.func.vars.findIndex(({ n }) => n === name) : -1;
        if (ref && param >= 0 && param < ref.func.params && this.isGiven(ref, param, false))
          yield arrival(ref, param, capture);
      }
  }

  /** Whether somebody outside of the product gives the parameter, and it may be any text. */
  private isGiven({ index, func }: FunctionRef, param: number, isPart: boolean): boolean {
    if (this.called.has(index) || !isOpen(func)) return false;
    const { n, t = '' } = func.vars[param] ?? { n: '' };
    return isPart || !(FIXED.test(t) || NUMBER_NAME.test(n));
  }
}

/** Whether others may call a function: it has a name, and stands for itself. */
function isOpen({ name, kind, internal, outer }: FlowFunction): boolean {
  return (
    kind === 'function' && name !== '' && internal === undefined && (outer ?? MODULE_START) === MODULE_START
  );
}

function arrival({ file, func }: FunctionRef, param: number, sink: Omit<Captured, 'key'>): Arrival {
  const { role, at, text, callee, steps } = sink;
  const name = func.vars[param]?.n ?? '';
  const given = { file, start: func.start, end: func.start + 1 };
  const first = { at: given, says: `${func.name} is given ${name} by whoever calls it` };
  return {
    source: { kind: CALLER, steps: [first] },
    role,
    at,
    text,
    callee,
    path: [first, ...steps],
  };
}

function inOrder<Value>(map: ReadonlyMap<number, Value>): [number, Value][] {
  return [...map].sort(([a], [b]) => a - b);
}
