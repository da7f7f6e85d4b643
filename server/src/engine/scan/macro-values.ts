/** What the body of a macro is worth. */
import type { CallFact, ExprFact } from '../facts/model.js';
import { cExpression } from './c-expression.js';
import type { Macro } from './macros.js';

const values = new WeakMap<Macro, ExprFact>();

/** A macro's body as an expression with places in its file; anything that is none is `other`. */
export function macroValue(macro: Macro): ExprFact {
  let value = values.get(macro);
  if (!value) {
    value = cExpression(macro.body, macro.start);
    values.set(macro, value);
  }
  return value;
}

/** `f(…)` alone, in brackets, cast to void, or as the one statement of `do { … } while (0)`. */
const CALL = /^(?:do\s*\{)?[\s(]*(?:\(\s*void\s*\)\s*)?\(*\s*([A-Za-z_]\w*)\s*\(/;
const REST = /^[\s);]*(?:\}\s*while\s*\(\s*0\s*\)\s*;?)?$/;

/** The name a macro passes on: `system` of `#define SYSTEM system` and of `#define RUN(c) system(c)`. */
export function passesTo(macro: Macro): string | undefined {
  if (macro.params === undefined) return /^[A-Za-z_]\w*$/.test(macro.body) ? macro.body : undefined;
  const place = callPlace(macro.body);
  return place?.callee;
}

/** Whether all that a macro does is evaluate what it is given: `(void)(x)`, or nothing at all. */
export function isOnlyItsArgument({ params, body }: Macro): boolean {
  const inner = LONE.exec(body)?.[1];
  return params !== undefined && inner !== undefined && (inner === '' || inner === params[0]);
}

const LONE = /^(?:do\s*\{)?[\s(]*(?:\(\s*void\s*\))?[\s(]*(\w*)[\s);]*(?:\}\s*while\s*\(\s*0\s*\)\s*;?)?$/;

/** The one call that a macro with arguments stands for. */
export function passedCall(macro: Macro): CallFact | undefined {
  const place = macro.params === undefined ? undefined : callPlace(macro.body);
  if (!place) return undefined;
  // `, ##__VA_ARGS__` takes the comma away where there are none; an argument that is not there does the same.
  const text = macro.body.slice(place.start, place.end).replace(/##(?=\s*__VA_ARGS__)/g, '  ');
  return cExpression(text, macro.start + place.start).call;
}

function callPlace(body: string): { callee: string; start: number; end: number } | undefined {
  const match = CALL.exec(body);
  const callee = match?.[1];
  if (!match || callee === undefined || NO_CALLEE.test(callee)) return undefined;
  let depth = 1;
  let end = match[0].length;
  for (; depth > 0 && end < body.length; end++) {
    const char = body[end];
    if (char === '"' || char === "'") {
      for (end++; end < body.length && body[end] !== char; end++) if (body[end] === '\\') end++;
    } else if (char === '(') depth++;
    else if (char === ')') depth--;
  }
  const start = match[0].lastIndexOf(callee);
  return depth === 0 && REST.test(body.slice(end)) ? { callee, start, end } : undefined;
}

const NO_CALLEE = /^(?:if|while|for|switch|sizeof|return|do)$/;
