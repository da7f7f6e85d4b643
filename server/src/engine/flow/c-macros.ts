/** What a macro stands for and what holds behind it, in terms of the function that uses it. */
import type { ExprFact } from '../facts/model.js';
import type { Ex, FlowFunction } from './ir.js';

/** A condition that holds from here on, or does not. */
export interface Asked {
  readonly condition: Ex;
  readonly truth: boolean;
}

/** A call of a macro, read as what stands behind it. */
export interface Expanded {
  /** The expression it is. */
  readonly value: Ex | undefined;
  readonly asked: readonly Asked[];
  /** When the statements run that it is given. */
  readonly runs: Asked | undefined;
  /** The code behind it does not run. */
  readonly leaves: boolean;
}

/**
 * An expression out of a macro's body as one of the function: parameters are what the call gives, names are variables
 * of the function before they are anything else, as the preprocessor would have it. Undefined where a part cannot be
 * said without a call or an assignment.
 */
export function inPlace(
  expression: ExprFact,
  given: ReadonlyMap<string, Ex>,
  { func, start, end }: { readonly func: FlowFunction; readonly start: number; readonly end: number },
): Ex | undefined {
  const convert = (fact: ExprFact): Ex | undefined => {
    let ex = plain(fact);
    for (const type of fact.casts ?? []) ex &&= ['c', start, end, type, ex];
    return ex;
  };
  const plain = (fact: ExprFact): Ex | undefined => {
    const parts = (fact.parts ?? []).map(convert);
    const [left, right] = parts;
    switch (fact.kind) {
      case 'number':
      case 'null':
        return number(fact.kind === 'null' ? '0' : (fact.value ?? '?'));
      case 'boolean':
        return ['n', start, end, Number(fact.value === 'true')];
      case 'name':
        return name(fact.path ?? '');
      case 'unary':
        if (!left || parts.length !== 1) return undefined;
        if (fact.operator === '*') return ['*', start, end, left];
        return /^[-~!]$/.test(fact.operator ?? '') ? ['u', start, end, fact.operator ?? '', left] : left;
      case 'binary':
        if (!left || !right || /^(?:&&|\|\|)$/.test(fact.operator ?? '')) return undefined;
        return ['b', start, end, fact.operator ?? '', left, right];
      case 'subscript':
        return left && right && ['[', start, end, left, right];
      case 'sizeof': {
        const type = fact.parts?.[0]?.type;
        const of = type ?? left;
        return of === undefined ? undefined : ['z', start, end, of];
      }
      default:
        return undefined;
    }
  };
  const number = (text: string): Ex | undefined =>
    Number.isFinite(Number(text)) ? ['n', start, end, Number(text)] : undefined;
  const name = (path: string): Ex => {
    const argument = given.get(path);
    if (argument) return argument;
    const variable = func.vars.findIndex(({ n }) => n === path);
    return variable >= 0 ? ['v', start, end, variable] : ['g', start, end, path];
  };
  return convert(expression);
}
