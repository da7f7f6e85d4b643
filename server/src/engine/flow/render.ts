/** Expressions back to text, for messages. */
import type { Ex, FlowFunction } from './ir.js';

const LONGEST = 60;

export function render(ex: Ex, func: FlowFunction): string {
  const text = write(ex, func, 6);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function write(ex: Ex, func: FlowFunction, depth: number): string {
  if (depth === 0) return '…';
  const inner = (each: Ex): string => write(each, func, depth - 1);
  switch (ex[0]) {
    case 'n':
      return String(ex[3]);
    case 's':
      return JSON.stringify(ex[3]);
    case 'x':
      return ex[3];
    case 'v':
      return func.vars[ex[3]]?.n === '' ? 'the value' : (func.vars[ex[3]]?.n ?? 'the value');
    case 'g':
      return ex[3];
    case '.':
      return ex[3][0] === '*' ? `${inner(ex[3][3])}->${ex[4]}` : `${inner(ex[3])}.${ex[4]}`;
    case '[':
      return `${inner(ex[3])}[${inner(ex[4])}]`;
    case '*':
    case '&':
      return `${ex[0]}${inner(ex[3])}`;
    case 'b':
      return `${inner(ex[4])} ${ex[3]} ${inner(ex[5])}`;
    case 'u':
      return `${ex[3]}${inner(ex[4])}`;
    case 'c':
      return inner(ex[4]);
    case 'z':
      return `sizeof(${typeof ex[3] === 'string' ? ex[3] : inner(ex[3])})`;
    case 't':
      return 'the text';
    case 'o':
      return 'the object';
    case 'f':
      return 'the function';
    case '?':
      return 'the value';
  }
}
