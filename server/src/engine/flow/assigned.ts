/** What an assignment of TypeScript does where it matters: a key from outside that is written below, a page's HTML. */
import type { Frame } from './frame.js';
import type { Ex, Instr } from './ir.js';
import { judgeKeyed, NESTED_KEY } from './keys.js';
import { render } from './render.js';
import { judge } from './sinks.js';
import type { State } from './state.js';
import type { Node } from './values.js';

const HTML = /^(inner|outer)HTML$/;
const PAGE = 'an HTML page';

/** Whether an instruction could be a sink, for those who look for functions worth following. */
export function mayAssign(instruction: Instr, roles: ReadonlySet<string>): boolean {
  if (instruction[0] !== '=') return false;
  const [, , , target] = instruction;
  return (
    (target[0] === '.' && HTML.test(target[4]) && roles.has(PAGE)) ||
    (target[0] === '[' && roles.has(NESTED_KEY))
  );
}

export function judgeAssigned(frame: Frame, state: State, target: Ex, value: Node, rhs: Ex): void {
  if (frame.isC || !frame.emitting) return;
  const { func } = frame.world;
  if (target[0] === '.' && HTML.test(target[4])) {
    const span = { start: rhs[1], end: rhs[2] };
    judge(frame, state, value, { role: PAGE, span, text: render(rhs, func), callee: target[4] });
  }
  if (target[0] !== '[') return;
  const index = frame.evaluator.eval(state, target[4]);
  if (index.kind === 'number') return;
  const holder = frame.evaluator.eval(state, target[3]);
  const text = render(target, func);
  judgeKeyed(frame, state, holder, { span: { start: target[1], end: target[2] }, text });
}
