/** What becomes of the variables of a TypeScript file: which are assigned how often, and which are seen from inside others. */
import type { FileIndex } from './index.js';
import { CallFlag, type Ex, type FlowFunction } from './ir.js';

/** What becomes of a variable in its own function and in those inside of it. */
export interface Fate {
  readonly assignments: number;
  readonly only: Ex | undefined;
  readonly seen: boolean;
  readonly written: boolean;
  /** The class whose `new` object it is given. */
  readonly made: string | undefined;
}

/** Makes objects that have no prototype; also the type of what it gives back. */
export const BARE = 'Object.create';

/** Begins what a function made of another, that gives a promise, is remembered by. */
export const PROMISED = 'promise of ';

export function pathText(ex: Ex, func: FlowFunction): string {
  if (ex[0] === 'g') return ex[3];
  if (ex[0] === 'v') return func.vars[ex[3]]?.n ?? '';
  if (ex[0] !== '.') return '';
  const outer = pathText(ex[3], func);
  return outer === '' ? ex[4] : `${outer}.${ex[4]}`;
}

/** Walks all functions of a file once: which variables are assigned how often, and which are seen from inside others. */
export function fatesOf(here: FileIndex): Map<string, Fate> {
  const fates = new Map<string, { -readonly [K in keyof Fate]: Fate[K] }>();
  const of = (owner: FlowFunction, name: string): { -readonly [K in keyof Fate]: Fate[K] } => {
    const key = `${String(owner.start)} ${name}`;
    const known = fates.get(key) ?? {
      assignments: 0,
      only: undefined,
      seen: false,
      written: false,
      made: undefined,
    };
    fates.set(key, known);
    return known;
  };
  for (const { func } of here.byStart.values()) {
    const ownerOf = (name: string): FlowFunction | undefined => {
      for (let at = func.outer; at !== undefined;) {
        const outer: FlowFunction | undefined = here.byStart.get(at)?.func;
        if (!outer) return undefined;
        if (outer.vars.some(({ n }) => n === name)) return outer;
        at = outer.outer;
      }
      return undefined;
    };
    const seen = (name: string, written: boolean): void => {
      const owner = ownerOf(name);
      if (!owner) return;
      const fate = of(owner, name);
      fate.seen = true;
      fate.written ||= written;
    };
    const news = new Map<number, string>();
    const assigned = (variable: number, value: Ex | undefined, made?: string): void => {
      const name = func.vars[variable]?.n ?? '';
      if (name === '') return;
      const fate = of(func, name);
      fate.assignments++;
      fate.only = value;
      fate.made = made;
    };
    const visit = (ex: Ex): void => {
      if (ex[0] === 'g') seen(ex[3], false);
      for (const part of ex.slice(3)) eachEx(part, visit);
    };
    for (let param = 0; param < func.params; param++) assigned(param, undefined);
    for (const block of func.blocks) {
      if (block.c) visit(block.c);
      for (const instruction of block.i) {
        if (instruction[0] === 'k' && instruction[3] >= 0) {
          const called = pathText(instruction[4], func);
          const [first] = instruction[5];
          if ((instruction[6] & CallFlag.isNew) !== 0 || called === BARE) news.set(instruction[3], called);
          else if (first && /(^|\.)promisify$/.test(called))
            news.set(instruction[3], PROMISED + pathText(first, func));
        }
        for (const part of instruction.slice(3)) eachEx(part, visit);
        if (instruction[0] === '=') {
          const [, , , target, value] = instruction;
          if (target[0] === 'v')
            assigned(target[3], value, value[0] === 'v' ? news.get(value[3]) : undefined);
          if (target[0] === 'g') seen(target[3], true);
        } else if (instruction[0] === 'k' && instruction[3] >= 0) assigned(instruction[3], undefined);
      }
    }
  }
  return fates;
}

function eachEx(part: unknown, visit: (ex: Ex) => void): void {
  if (!Array.isArray(part)) return;
  if (typeof part[0] === 'string' && typeof part[1] === 'number') visit(part as unknown as Ex);
  else for (const inner of part) eachEx(inner, visit);
}
