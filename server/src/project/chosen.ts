/** Which rules a run asks: those that are on somewhere in it, and those that see controls. What else there is costs nothing. */
import type { Example, Listeners, Rule } from '../../../rules/kit/index.js';
import type { Configs, RuleSetName } from './config.js';

/** @param named the only ones that were asked for, where some were named */
export function chosenRules(
  all: readonly Rule[],
  configs: Configs,
  ruleSet: RuleSetName | undefined,
  named: readonly string[] | undefined,
): Rule[] {
  if (named) return all.filter(({ id }) => named.includes(id));
  return all.flatMap((rule) => (configs.mayBeOn(rule, ruleSet) ? rule : (witness(rule) ?? [])));
}

/** Its examples say whether a rule ever shows a control. */
function showsControls({ bad, good }: Rule): boolean {
  return [...bad, ...good].some(({ shows }: Example) => shows !== undefined);
}

/**
 * A rule without what can only find faults; undefined where nothing is left that shows anything. A control is one
 * whatever set the rule belongs to: how demanding or how sure its findings are says nothing of it.
 */
function witness(rule: Rule): Rule | undefined {
  if (!showsControls(rule)) return undefined;
  const { any, c, ts } = rule;
  return {
    ...rule,
    ...(any && { any: heard(any) }),
    ...(c && { c: heard(c) }),
    ...(ts && { ts: heard(ts) }),
  };
}

/** Controls are calls, settings and options; what is written in a certain way is a fault, and costs most to look for. */
function heard({ call, setting, thing, option, product }: Listeners): Listeners {
  return {
    ...(call && { call }),
    ...(setting && { setting }),
    ...(thing && { thing }),
    ...(option && { option }),
    ...(product && { product }),
  };
}
