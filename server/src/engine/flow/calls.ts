/** What a call does: as a table says, as the summary of a function of the product says, or as nobody says. */
import { bySummaries } from './call-summary.js';
import { judgeParts } from './call-sinks.js';
import { byTable, speaksOfFlow } from './call-table.js';
import { byNobody } from './call-unknown.js';
import { functionsOf, type Call } from './call.js';
import { judgePointerSizes } from './filling.js';
import type { CallEntry } from '../apis.js';
import { taken } from './c-unknown-macros.js';
import { CallFlag } from './ir.js';
import type { Frame } from './frame.js';
import { spend } from './nonces.js';
import { refine } from './refine.js';
import { render } from './render.js';
import { used } from './sinks.js';
import type { State } from './state.js';
import type { Summary } from './summary.js';
import type { Node } from './values.js';
import type { CallInstr, Callee } from './world.js';

/** Applies a call to a state. Answers false where the call does not come back. */
export function applyCall(frame: Frame, state: State, instr: CallInstr): boolean {
  const [, start, end, result, calleeEx, exs] = instr;
  const args = exs.map((each) => frame.evaluator.eval(state, each));
  const receiverEx = calleeEx[0] === '.' && !frame.isC ? calleeEx[3] : undefined;
  const receiver = receiverEx && frame.evaluator.eval(state, receiverEx);
  const callee = resolved(frame, state, instr, receiver);
  const call: Call = { instr, name: callee.name, span: { start, end }, receiver, receiverEx, args, exs };
  const frees = new Set(callee.entry?.frees ?? []);
  args.forEach((each, index) => {
    const ex = exs[index];
    if (ex && !frees.has(index) && isPointerLike(each) && !isPrinted(args, index, callee.entry))
      used(frame, state, each, { start: ex[1], end: ex[2] }, render(ex, frame.world.func));
  });
  judgePointerSizes(frame, call);
  spend(frame, state, call, callee.entry);
  judgeParts(frame, state, call, callee.entry?.passwords);
  let value: Node;
  if (callee.entry && speaksOfFlow(callee.entry)) {
    const made = byTable(frame, state, call, callee.entry);
    if (!made) return false;
    value = made;
  } else {
    const known = callee.targets.flatMap((ref) => {
      const summary = frame.world.summary(ref);
      return summary ? [{ ref, summary }] : [];
    });
    if (known.length > 0) {
      if (known.every(({ summary }) => summary.neverReturns || !comesBack(args, summary))) return false;
      value = bySummaries(frame, state, call, known);
    } else {
      const made = byMacro(frame, state, call) ?? byNobody(frame, state, call, callee.targets.length > 0);
      if (made === 'leaves') return false;
      value = made;
    }
  }
  seedTypes(frame, call, callee);
  const type = callee.constructs ?? callee.entry?.returns;
  if (type !== undefined && !frame.isC && value.type === undefined && value.kind !== 'address')
    value = frame.values.compound('pure', 'typed', [value], type);
  if (result >= 0) {
    const target = frame.evaluator.variable(result);
    frame.memory.write(state, { object: target, selector: '' }, value, String(start));
  }
  return true;
}

/** `if (text == NULL) return; … abort();` does not come back from a text. */
function comesBack(args: readonly Node[], { exits }: Summary): boolean {
  return (
    exits.length === 0 ||
    exits.some(({ facts }) =>
      facts.every(({ param, hi, lo }) => {
        const isNull = hi === 0 && lo === 0 && param.path.length === 0;
        return !isNull || args[param.index]?.kind !== 'text';
      }),
    )
  );
}

/** A macro of the product: an expression, or something that asks and then goes on or does not. */
function byMacro(frame: Frame, state: State, call: Call): Node | 'leaves' | undefined {
  const macro = frame.world.expanded(call.instr);
  if (!macro) {
    if (frame.isC)
      for (const { condition, truth } of taken(call.name, call.exs)) refine(frame, state, condition, truth);
    return undefined;
  }
  if (macro.leaves) return 'leaves';
  for (const { condition, truth } of macro.asked)
    if (!refine(frame, state, condition, truth)) return 'leaves';
  if (macro.runs && (call.instr[6] & CallFlag.block) !== 0) {
    const { condition, truth } = macro.runs;
    const [, start, end] = condition;
    return frame.evaluator.eval(state, truth ? condition : ['u', start, end, '!', condition]);
  }
  if (macro.value) return frame.evaluator.eval(state, macro.value);
  // What is only asked about is not handed over.
  return macro.asked.length > 0 ? byNobody(frame, state, { ...call, args: [], exs: [] }, false) : undefined;
}

function resolved(frame: Frame, state: State, instr: CallInstr, receiver: Node | undefined): Callee {
  const callee = frame.world.callee(instr);
  if ((callee.entry && !callee.byNameAlone) || callee.targets.length > 0) return callee;
  const calleeEx = instr[4];
  // A call through a pointer: what is known of its value, or of the table it is taken from.
  if (!frame.isC && receiver?.type !== undefined && calleeEx[0] === '.') {
    const name = `${receiver.type}#${calleeEx[4]}`;
    const entry = frame.world.entry(name);
    if (entry) return { ...callee, name, entry };
    const targets = frame.world.methods(receiver.type, calleeEx[4]);
    if (targets.length > 0) return { ...callee, entry: undefined, targets };
  }
  const value = frame.evaluator.eval(state, calleeEx);
  const targets = functionsOf(frame, value);
  return targets.length > 0 ? { ...callee, entry: undefined, targets } : callee;
}

/** `%p` shows where memory was, and does not look at it. */
function isPrinted(args: readonly Node[], index: number, entry: CallEntry | undefined): boolean {
  if (entry?.reads !== true) return false;
  const format = args.findIndex(({ kind, value }) => kind === 'text' && String(value).includes('%'));
  const words = [...String(args[format]?.value ?? '').matchAll(/%[-+ #0-9.]*[hljzt]*([a-zA-Z])/g)];
  return format >= 0 && words[index - format - 1]?.[1] === 'p';
}

function isPointerLike(node: Node): boolean {
  return node.kind !== 'number' && node.kind !== 'text' && node.kind !== 'function';
}

function seedTypes(frame: Frame, call: Call, { entry }: Callee): void {
  if (!frame.emitting || !entry?.callbacks) return;
  call.args.forEach((arg, at) => {
    const types = entry.callbacks?.[String(at)] ?? entry.callbacks?.['*'];
    if (!types) return;
    for (const target of functionsOf(frame, arg))
      types.forEach((type, param) => {
        frame.world.seed(target, param, [], type);
      });
  });
}
