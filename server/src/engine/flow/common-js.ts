/** What a module gives that fills `module.exports`. */
import type { Ex, FlowFunction } from './ir.js';

/** The name under which a module gives what it is as a whole: `module.exports = function () { … }`. */
export const WHOLE = 'module.exports';

/** The value that a module assigns to an export; `WHOLE` for what is not given by name. */
export function exportOf({ blocks }: FlowFunction, name: string): Ex | undefined {
  let found: Ex | undefined;
  for (const { i } of blocks)
    for (const instruction of i) {
      if (instruction[0] !== '=') continue;
      const [, , , target, value] = instruction;
      const path = pathText(target);
      if (path === `module.exports.${name}` || path === `exports.${name}`) found = value;
      else if (path === WHOLE) {
        if (name === WHOLE) found = value;
        else if (value[0] === 'o') found = value[3].find(([key]) => key === name)?.[1] ?? found;
      }
    }
  return found;
}

function pathText(ex: Ex): string {
  if (ex[0] === 'g') return ex[3];
  return ex[0] === '.' ? `${pathText(ex[3])}.${ex[4]}` : '';
}
