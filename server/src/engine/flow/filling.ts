/** Judges calls that write into memory whose size is known: more than fits, or a text of which nobody knows the length. */
import type { CallEntry } from '../apis.js';
import type { Span } from '../facts/model.js';
import { upper } from './bounds.js';
import { operands, type Call } from './call.js';
import { printed } from './formats.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import type { Room } from './memory.js';
import { render } from './render.js';
import { WHOLE } from './roles.js';
import { judge, textFits } from './sinks.js';
import { isMeasured, judgeSize } from './sizes.js';
import type { State } from './state.js';
import { isPointer } from './types.js';
import { isNumber, type Node } from './values.js';

export function judgeFilling(frame: Frame, state: State, call: Call, entry: CallEntry): void {
  if (!frame.emitting || !frame.isC) return;
  for (const [word, size] of Object.entries(entry.fills ?? {}))
    judgeRoom(frame, state, call, entry, Number(word), Number(size));
  for (const [word, from] of Object.entries(entry.whole ?? {}))
    judgeWhole(frame, state, call, entry, Number(word), from);
}

/** `sizeof p` beside `p` itself, where `p` is a pointer: the size is that of the pointer, not of what it points to. */
export function judgePointerSizes(frame: Frame, call: Pick<Call, 'exs' | 'name'>): void {
  if (!frame.emitting || !frame.isC) return;
  for (const ex of call.exs) {
    const measured = measuredIn(ex);
    const type = measured && pointerType(frame, measured);
    if (!measured || type === undefined) continue;
    const isGiven = call.exs.some((each) => isSameVariable(bare(each), measured));
    if (!isGiven) continue;
    frame.report(
      {
        event: 'pointer-size',
        text: render(ex, frame.world.func),
        by: call.name,
        role: type,
        sure: true,
        path: [],
      },
      { start: ex[1], end: ex[2] },
    );
  }
}

const TEXT = /^(const )?(unsigned |signed )?(char|u?int8_t) \*$/;

/** `n = sizeof(p)`, where `p` is a parameter that points to text or bytes: nobody asks how large such a pointer is. */
export function judgePointerSize(frame: Frame, ex: Ex): void {
  if (!frame.emitting || !frame.isC) return;
  const inner = bare(ex);
  const measured = inner[0] === 'z' && typeof inner[3] !== 'string' ? inner[3] : undefined;
  if (measured?.[0] !== 'v' || measured[3] >= frame.world.func.params) return;
  const type = pointerType(frame, measured);
  if (type === undefined || !TEXT.test(type)) return;
  const text = render(ex, frame.world.func);
  frame.report(
    { event: 'pointer-size', text, by: '', role: type, sure: true, path: [] },
    { start: ex[1], end: ex[2] },
  );
}

/** What `sizeof` in a size, or in a difference of sizes, is taken of. */
function measuredIn(ex: Ex): Ex | undefined {
  const left = ex[0] === 'b' && ex[3] === '-' ? ex[4] : ex;
  if (left !== ex) return measuredIn(left);
  return ex[0] === 'z' && typeof ex[3] !== 'string' ? ex[3] : undefined;
}

function bare(ex: Ex): Ex {
  return ex[0] === 'c' ? bare(ex[4]) : ex;
}

function isSameVariable(a: Ex, b: Ex): boolean {
  return (a[0] === 'v' && b[0] === 'v' && a[3] === b[3]) || (a[0] === 'g' && b[0] === 'g' && a[3] === b[3]);
}

/** The type of a variable that is a pointer: an array that is a parameter is one too. */
function pointerType(frame: Frame, ex: Ex): string | undefined {
  const { world } = frame;
  if (ex[0] === 'v') {
    const { t, d } = world.func.vars[ex[3]] ?? {};
    if (d) return ex[3] < world.func.params ? `${t ?? 'void'} *` : undefined;
    return isPointer(t) ? t : undefined;
  }
  if (ex[0] !== 'g') return undefined;
  const meaning = world.meaning(ex[3], ex[1]);
  return meaning.kind === 'shared' && !meaning.isArray && isPointer(meaning.type) ? meaning.type : undefined;
}

/** A size that is handed over is no larger than what it is the size of. */
function judgeRoom(frame: Frame, state: State, call: Call, entry: CallEntry, to: number, size: number): void {
  const [target, node, ex] = [call.args[to], call.args[size], call.exs[size]];
  if (!target || !node || !ex) return;
  const [role = 'a copy length'] = [entry.sink?.[String(size)] ?? []].flat();
  const span = { start: ex[1], end: ex[2] };
  const text = render(ex, frame.world.func);
  if (entry.sink?.[String(size)] === undefined)
    judgeSize(frame, state, node, { span, text, by: call.name, role });
  const bytes = frame.memory.room(target)?.bytes;
  if (bytes !== undefined && isNumber(node) && node.value > bytes)
    frame.report({ event: 'copy-out-of-bounds', text, by: call.name, role, sure: true, path: [] }, span);
  if (entry.appends && ex[0] !== 'z' && bytes !== undefined && isNumber(node) && node.value === bytes)
    frame.report({ event: 'whole-room-added', text, by: call.name, role, sure: true, path: [] }, span);
  // `strncpy(to, from, strlen(from))`: the source says how much, and nobody asked whether it fits.
  if (bytes === undefined || !isMeasured(node) || frame.isOutside(state, node)) return;
  if (upper(node, state).max <= bytes) return;
  const into = call.exs[to];
  frame.report(
    {
      event: 'unbounded-copy',
      text,
      by: call.name,
      role: into && render(into, frame.world.func),
      sure: true,
      path: [],
    },
    span,
  );
}

function judgeWhole(
  frame: Frame,
  state: State,
  call: Call,
  entry: CallEntry,
  to: number,
  from: string,
): void {
  const target = call.args[to];
  const targetEx = call.exs[to];
  if (!target || !targetEx) return;
  const room = frame.memory.room(target);
  const limit = room?.bytes === undefined ? undefined : room.bytes - 1;
  const texts =
    entry.format === undefined ? undefined : printed(call, entry, undefined, (flags) => !flags.includes('.'));
  const given = operands(call, from).filter(({ ex }, at) => ex && (!texts || texts.has(at)));
  for (const { node, ex } of given) {
    const contents = frame.memory.contents(state, node);
    if (ex && room?.node && isLengthOf(room.node, contents)) {
      const { made } = room.object;
      frame.report(
        {
          event: 'missing-terminator',
          text: render(ex, frame.world.func),
          by: call.name,
          sure: true,
          path: made ? [{ at: frame.at(made.at), says: 'is allocated for the characters alone' }] : [],
        },
        { start: ex[1], end: ex[2] },
      );
      continue;
    }
    if (!ex || fits(frame, state, node, contents, room, limit)) continue;
    const span = { start: ex[1], end: ex[2] };
    const text = render(ex, frame.world.func);
    if (contents.kind === 'text') {
      frame.report(
        { event: 'copy-out-of-bounds', text, by: call.name, role: WHOLE, sure: true, path: [] },
        span,
      );
      continue;
    }
    const check = passing(frame, contents, limit);
    if (check) {
      const into = render(targetEx, frame.world.func);
      const path = [{ at: frame.at(check), says: 'lets a text through that fills the buffer' }];
      frame.report({ event: 'missing-terminator', text, by: call.name, role: into, sure: true, path }, span);
      continue;
    }
    judge(frame, state, contents, { role: WHOLE, span, text, callee: call.name, limit });
    if (limit === undefined || frame.isOutside(state, contents)) continue;
    frame.report(
      {
        event: 'unbounded-copy',
        text,
        by: call.name,
        role: render(targetEx, frame.world.func),
        sure: true,
        path: [],
      },
      span,
    );
  }
}

/** A check that lets texts through that are as long as the buffer is large, and no longer. */
function passing(frame: Frame, text: Node, limit: number | undefined): Span | undefined {
  if (limit === undefined) return undefined;
  const compared = frame.compared.get(frame.values.compound('pure', 'strlen', [text]).id);
  return compared?.most === limit + 1 ? compared.at : undefined;
}

function fits(
  frame: Frame,
  state: State,
  node: Node,
  contents: Node,
  room: Room | undefined,
  limit: number | undefined,
): boolean {
  // A number where a text is expected: a call that compilers refuse, or a format of our own.
  if (isNumber(node)) return true;
  const source = frame.memory.room(node);
  if (
    contents.kind !== 'text' &&
    source?.bytes !== undefined &&
    limit !== undefined &&
    source.bytes <= limit + 1
  )
    return true;
  return textFits(frame, state, contents, limit, room?.node);
}

function isLengthOf(size: Node, text: Node): boolean {
  const [inner] = size.of;
  if (size.kind === 'cast' && inner) return isLengthOf(inner, text);
  return size.kind === 'pure' && size.name === 'strlen' && inner === text;
}
