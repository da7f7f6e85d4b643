/** What expressions are worth, whatever the language. */
import { CEvaluator } from './c-values.js';
import { type Constant, plain } from './constant.js';
import type { Located } from './located.js';
import { TsEvaluator } from './ts-values.js';
import type { Views } from './views.js';

export function constantOf(views: Views, located: Located): Constant | undefined {
  const { fact, linked } = located;
  if (fact.value !== undefined && !fact.casts && !fact.parts) return plain(fact.kind, fact.value);
  return linked.facts.lang === 'c'
    ? CEvaluator.constant(views, located)
    : new TsEvaluator(views).constant(located);
}
