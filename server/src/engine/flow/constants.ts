/** What must differ from one time to the next, or from unit to unit, and is the same bytes always. */
import type { Span } from '../facts/model.js';
import type { Frame } from './frame.js';
import { paramPath } from './returns.js';
import type { State } from './state.js';
import type { ParamPath } from './summary.js';
import { COPY, type Node, isNumber } from './values.js';

const CONSTANT = 'a constant';
/** Calls that give back the bytes they are given. */
const BYTES = /^(Buffer\.(from|alloc)|Uint8Array|typed)$/;

interface Use {
  readonly role: string;
  readonly span: Span;
  readonly text: string;
  readonly callee: string | undefined;
}

/** A value where it must not be constant: a parameter is for callers to judge. */
export function judgeConstant(frame: Frame, state: State, node: Node, use: Use): void {
  if (!frame.emitting) return;
  const at = frame.at(use.span);
  const arrives = { at, says: `is ${use.role} for ${use.callee ?? 'a call'}` };
  const known = { role: use.role, at, text: use.text, callee: use.callee };
  const param = paramPath(node);
  if (isConstant(frame, state, node))
    frame.arrivals.push({ ...known, source: { kind: CONSTANT, steps: [] }, path: [arrives] });
  else if (param)
    frame.sink(`${String(use.span.start)} ${use.role} ${String(param.index)} ${param.path.join('.')}`, {
      ...known,
      param,
      limit: undefined,
      steps: [arrives],
    });
}

/** The same, in a function that was called with the value. */
export function judgeConstantBeyond(
  frame: Frame,
  state: State,
  node: Node,
  inner: Parameters<Frame['sink']>[1],
  call: Span,
  name: string,
): void {
  if (!frame.emitting) return;
  const steps = [{ at: frame.at(call), says: `is handed to ${name}` }, ...inner.steps];
  const param: ParamPath | undefined = paramPath(node);
  const { role, at, text, callee } = inner;
  if (isConstant(frame, state, node))
    frame.arrivals.push({ role, at, text, callee, source: { kind: CONSTANT, steps: [] }, path: steps });
  else if (param && steps.length < 16)
    frame.sink(`${at.file} ${String(at.start)} ${role} ${String(param.index)} ${param.path.join('.')}`, {
      ...inner,
      param,
      steps,
    });
}

/** Whether it is the same in every run, all that it is made of stands in the code. */
export function isConstant(frame: Frame, state: State, node: Node, depth = 5): boolean {
  if (depth === 0) return false;
  const [inner] = node.of;
  switch (node.kind) {
    case 'text':
      return node.value !== '';
    case 'cast':
      return inner !== undefined && isConstant(frame, state, inner, depth - 1);
    case 'phi': {
      const ways = [...(node.ways?.values() ?? [])].map((way) =>
        isConstant(frame, state, way.node, depth - 1),
      );
      // A default that nobody overrides is as constant as one that is written here.
      return frame.isC ? ways.length > 0 && ways.every((way) => way) : ways.some((way) => way);
    }
    case 'pure':
      return BYTES.test(node.name ?? '') && node.of.length > 0 && node.of.every(isLiteral);
    case 'address':
      return frame.isC && lies(frame, state, node);
    default:
      return false;
  }
}

/** Bytes of a constant array, or of a buffer of this function that holds nothing but literals. */
function lies(frame: Frame, state: State, { object, name: selector = '' }: Node): boolean {
  if (!object || selector !== '') return false;
  if (object.constant) return true;
  if (object.kind !== 'variable' || frame.isKept(object)) return false;
  // Whoever was given it may have filled it.
  if (frame.given_away.has(object.key)) return false;
  const cells = state.cells.get(object.key);
  return cells !== undefined && cells.has('') && [...cells.values()].every(isLiteral);
}

function isLiteral(node: Node): boolean {
  if (isNumber(node) || node.kind === 'text') return true;
  if (node.kind === 'cast' || (node.kind === 'site' && node.name === COPY && !node.sources?.length))
    return node.of.length > 0 && node.of.every(isLiteral);
  return false;
}
