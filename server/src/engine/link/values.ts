/** What expressions are worth, whatever the language. */
import { CEvaluator } from './c-values.js';
import { type Constant, plain } from './constant.js';
import type { Located } from './located.js';
import { TsEvaluator } from './ts-values.js';
import type { Views } from './views.js';

/** How many elements the array has that an expression names; never known in TypeScript. */
export function elementsOf(views: Views, located: Located): number | undefined {
  return located.linked.facts.lang === 'c' ? CEvaluator.elements(views, located) : undefined;
}

export function constantOf(views: Views, located: Located): Constant | undefined {
  const { fact, linked } = located;
  if (fact.value !== undefined && !fact.casts && !fact.parts) return plain(fact.kind, fact.value);
  return linked.facts.lang === 'c'
    ? CEvaluator.constant(views, located)
    : new TsEvaluator(views).constant(located);
}
