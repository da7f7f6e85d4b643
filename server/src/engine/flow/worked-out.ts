/** What is spelled in digits or taken a digest of: whoever knows what went in knows what came out. */
import type { Step } from '../../../../rules/kit/index.js';
import { PASSWORD, type CallEntry } from '../apis.js';
import { operands, type Call } from './call.js';
import { printed } from './formats.js';
import type { Frame } from './frame.js';
import { WORKED_OUT } from './guessable.js';
import type { State } from './state.js';
import type { Given } from './summary.js';
import { keyOf, type Origin } from './taint.js';
import type { Node, Source } from './values.js';

/** What a call makes so, by the argument behind which it is afterwards. Nothing where nobody asks for it. */
export function workedOut(frame: Frame, state: State, call: Call, entry: CallEntry): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  if (!frame.world.roles.has(PASSWORD)) return found;
  const { memory, values } = frame;
  const put = (to: string, node: Node): void => {
    const made = values.compound('pure', WORKED_OUT, [memory.contents(state, node)]);
    found.set(to, [...(found.get(to) ?? []), made]);
  };
  const numbers = printed(call, entry, /[diouxXc]/);
  for (const line of numbers ? (entry.flow ?? []) : []) {
    const [from = '', to = ''] = line.split(' -> ');
    if (from !== `${String((entry.format ?? 0) + 1)}..`) continue;
    for (const [at, { node }] of operands(call, from).entries()) if (numbers?.has(at)) put(to, node);
  }
  for (const [to, from] of Object.entries(entry.digests ?? {}))
    for (const { node } of operands(call, from)) put(to, node);
  return found;
}

/** Where a value comes from that can be worked out; undefined where nobody asks. */
export function guessedOf(frame: Frame, state: State, value: Node): readonly Origin[] | undefined {
  return frame.world.roles.has(PASSWORD) ? frame.origins(state, value, PASSWORD) : undefined;
}

/** As what a part of a text is clean, because other parts of it cannot be worked out. */
export function mixed(
  origin: Origin,
  roles: ReadonlySet<string>,
  guessed: readonly Origin[] | undefined,
): readonly string[] {
  const key = keyOf(origin);
  const isMixed = guessed && roles.has('a text') && !guessed.some((each) => keyOf(each) === key);
  return isMixed ? [PASSWORD] : [];
}

/** Where a value comes from that can be worked out and is told by no other role: nothing else came in with it. */
export function spelledOnly(
  guessed: readonly Origin[] | undefined,
  told: ReadonlyMap<string, unknown>,
  further: (source: Source, steps: readonly Step[]) => Source,
): Given[] {
  return (guessed ?? []).flatMap((origin): Given[] => {
    const { source, param, steps } = origin;
    if (told.has(keyOf(origin))) return [];
    if (source) return [{ source: further(source, steps), steps: [] }];
    return param ? [{ param, steps, clean: NO_TEXT }] : [];
  });
}

/** Families of roles, `covers` of `roles.ts`. */
const NO_TEXT = ['text', 'number', 'secret'];
