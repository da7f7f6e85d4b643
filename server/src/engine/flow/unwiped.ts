/** Secrets that a function leaves behind in its own memory, on every way out. */
import type { Frame } from './frame.js';
import { ANY_WAY_OUT, isSecret } from './roles.js';
import type { State } from './state.js';
import type { MemoryObject, Source } from './values.js';

/** Local buffers that held a secret and that no way out of the function wipes. */
export function judgeUnwiped(frame: Frame): void {
  if (!frame.isC || !frame.secrets) return;
  const states = frame.returns.ways.map(({ state }) => state);
  const wiped = new Set(states.flatMap((state) => [...state.wiped]));
  const told = new Set<string>();
  for (const state of states)
    for (const key of state.cells.keys()) {
      const object = frame.memory.find(key);
      if (told.has(key) || wiped.has(key) || !object || !isLocalBuffer(frame, object)) continue;
      const [step] = secretIn(frame, state, object)?.steps ?? [];
      const { func, file } = frame.world;
      if (step?.at.file !== file || step.at.start < func.start || step.at.end > func.end) continue;
      told.add(key);
      frame.report(
        { event: 'unwiped-secret', text: object.name ?? '', by: '', sure: true, path: [step] },
        step.at,
      );
    }
}

function isLocalBuffer(frame: Frame, { kind, isArray, key }: MemoryObject): boolean {
  const index = Number(key.slice(1));
  const { vars, params } = frame.world.func;
  return kind === 'variable' && isArray === true && index >= params && vars[index]?.s !== 1;
}

function secretIn(frame: Frame, state: State, object: MemoryObject): Source | undefined {
  const contents = frame.memory.contents(state, frame.memory.start(object));
  return frame
    .origins(state, contents, ANY_WAY_OUT)
    .flatMap(({ source }) => (source && isSecret(source.kind) ? source : []))[0];
}
