/** What a call may do of which nothing is known: what goes in may come out, also where a pointer leads. */
import { functionsOf, sourcesOf, type Call } from './call.js';
import type { Frame } from './frame.js';
import { split } from './memory.js';
import type { State } from './state.js';
import { mustStay } from './roles.js';
import { giveAway, put } from './stores.js';
import type { Ex } from './ir.js';
import { integerType, isPointer, pointsToConst } from './types.js';
import { GUESS, type Node } from './values.js';

/** Nothing is known: what goes in may come out, also where a pointer leads. */
export function byNobody(frame: Frame, state: State, call: Call, isOurs: boolean): Node {
  const { values, memory } = frame;
  const { span, args, exs, name } = call;
  // Whoever is given `this` is seldom given all that its class holds.
  const contents = args.map((each) => (isThis(each) ? each : memory.contents(state, each)));
  const given = contents.filter((each) => !isThis(each));
  const all = [
    ...(call.receiver && !isThis(call.receiver) ? [memory.contents(state, call.receiver)] : []),
    ...given,
  ];
  args.forEach((arg, at) => {
    const ex = exs[at];
    if (!ex || !frame.isC) return;
    const { base } = split(arg, values);
    if (arg.kind === 'address' || base.kind === 'address') {
      giveAway(frame, state, arg);
      if (
        !isOurs &&
        mayWrite(
          frame,
          state,
          arg,
          ex,
          contents.filter((_, other) => other !== at),
        )
      )
        put(
          frame,
          state,
          arg,
          contents,
          [],
          `${String(span.start)} ${String(at)}`,
          span,
          `may be written by ${name === '' ? 'a function' : name}`,
          GUESS,
        );
    } else giveAway(frame, state, arg);
  });
  if (!frame.isC) callbacks(frame, state, call, all);
  else parameterCalled(frame, state, call);
  const node = values.renew('site', `result ${String(span.start)}:${String(span.end)}`, {
    of: all,
    name: GUESS,
    made: { at: span, says: name === '' ? 'passes through a call' : `passes through ${name}` },
  });
  frame.renewed(state, node);
  return node;
}

/**
 * A buffer that is handed over, or the address of something: it may come back changed. A whole struct is taken to stay
 * as it is, unless something from outside is handed over with it: most functions only look.
 */
function mayWrite(frame: Frame, state: State, arg: Node, ex: Ex, others: readonly Node[]): boolean {
  const { base } = split(arg, frame.values);
  const { object } = base;
  if (
    !object ||
    object.kind === 'allocation' ||
    pointsToConst(object.type === undefined ? undefined : `${object.type} *`)
  )
    return false;
  if (ex[0] !== '&' && (!object.isArray || object.kind === 'global')) return false;
  const isSimple =
    !object.isArray &&
    (base.name ?? '') === '' &&
    (isPointer(object.type) || integerType(object.type) !== undefined);
  return isSimple || others.some((each) => frame.isTainted(state, each));
}

function isThis(node: Node): boolean {
  return node.kind === 'address' && node.object?.key.startsWith('this ') === true;
}

/** Methods that hand over what they are called on; what others hand over, they found by what they were given. */
const OF_ITEMS =
  /(^|\.)(forEach|map|flatMap|filter|find|findIndex|findLast|some|every|reduce|reduceRight|sort|then|replace|replaceAll)$/;

/** `items.forEach((item) => …)`: what the call is given may reach the parameters of functions it is given. */
export function callbacks(frame: Frame, state: State, call: Call, all: readonly Node[]): void {
  if (!frame.emitting) return;
  parameterCalled(frame, state, call);
  const functions = call.args.flatMap((arg) => functionsOf(frame, arg));
  if (functions.length === 0) return;
  const sources = all
    .filter((each) => !each.func)
    .flatMap((each) => sourcesOf(frame, state, each))
    .filter(({ kind }) => !mustStay(kind))
    .map((source) => (OF_ITEMS.test(call.name) ? source : { ...source, kept: true as const }));
  if (sources.length === 0) return;
  for (const target of functions)
    for (let param = 0; param < Math.min(target.func.params, 3); param++)
      frame.world.seed(target, param, sources.slice(0, 4), undefined);
}

/** A parameter is called: whoever hands a function over learns what it is given. */
function parameterCalled(frame: Frame, state: State, call: Call): void {
  if (!frame.emitting) return;
  const callee = frame.evaluator.eval(state, call.instr[4]);
  if (callee.kind !== 'param' || frame.invoked.length >= 8) return;
  frame.invoked.push({
    param: callee.param ?? 0,
    args: call.args.map((each) => frame.given(state, each)),
  });
}
