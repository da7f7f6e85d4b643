/** What names and members of TypeScript mean: through variables, modules, objects and arrays. */
import type { ExprFact, VariableFact } from '../facts/model.js';
import { rootOf, behindRoot } from '../facts/names.js';
import { type Located, type Step, within } from './located.js';
import type { LinkedFile } from './product.js';
import type { Views } from './views.js';

const DEEPEST = 12;

export class TsMembers {
  constructor(private readonly views: Views) {}

  step(here: Located): Step | undefined {
    const { fact, linked } = here;
    const { resolver } = this.views;
    if (fact.path === undefined) {
      const [object] = fact.parts ?? [];
      const to = object && this.select(within(here, object), (fact.operator ?? '').split('.'));
      return to && { to, by: 'variable' };
    }
    const root = rootOf(fact.path);
    const rest = behindRoot(fact.path);
    const variable = resolver.product.variable(linked, root, fact.start);
    if (variable) return this.throughVariable(linked, variable, rest);
    const exported = resolver.modules.imported(linked, root, rest);
    return exported && this.throughVariable(exported.linked, exported.variable, exported.rest);
  }

  element(here: Located): Located | undefined {
    const [array, index] = here.fact.parts ?? [];
    const position = index && this.views.constant(within(here, index));
    if (!array || (position?.kind !== 'number' && position?.kind !== 'string')) return undefined;
    const keys = [position.value];
    if (array.path === undefined) return this.select(within(here, array), keys);
    const member: ExprFact = { ...array, kind: 'member', path: `${array.path}.${position.value}` };
    return position.value.includes('.') ? undefined : this.views.follower.step(within(here, member))?.to;
  }

  private throughVariable(
    linked: LinkedFile,
    variable: VariableFact,
    rest: string,
    depth = 0,
  ): Step | undefined {
    if (variable.pointedAt || depth > DEEPEST) return undefined;
    const keys = rest === '' ? [] : rest.split('.');
    const to = this.valueOf(linked, variable, keys, depth);
    return to && { to, by: 'variable' };
  }

  private valueOf(
    linked: LinkedFile,
    variable: VariableFact,
    keys: readonly string[],
    depth: number,
  ): Located | undefined {
    if (variable.takenFrom) {
      const from = { linked, fact: variable.takenFrom };
      return keys.length === 0 ? from : this.select(from, keys, depth + 1);
    }
    const value = this.views.resolver.onlyValue(variable);
    const contentsChange = variable.writes.some(({ field }) => field.startsWith('[]'));
    if (keys.length === 0) return value && !contentsChange ? { linked, fact: value } : undefined;
    const thing = this.views.thingOf(linked, variable, this.views.resolver.typeOfVariable(linked, variable));
    for (let length = keys.length; thing && length > 0; length--) {
      const path = keys.slice(0, length).join('.');
      const field = thing.fields.get(path);
      if (!field) continue;
      if (length === keys.length) return field.source;
      const changed = variable.writes.some((write) => write.field.startsWith(`${path}.[]`));
      return changed ? undefined : this.select(field.source, keys.slice(length), depth + 1);
    }
    // A field of an object that was written here has been looked for above.
    if (!value || contentsChange || value.kind === 'object') return undefined;
    return this.select({ linked, fact: value }, keys, depth + 1);
  }

  /** A field of a field of a value. */
  private select(whole: Located, keys: readonly string[], depth = 0): Located | undefined {
    const [key, ...rest] = keys;
    if (key === undefined) return whole;
    if (depth > DEEPEST) return undefined;
    const { fact, linked } = whole;
    if (fact.kind === 'array') {
      const spread = fact.open === true;
      const element = /^\d+$/.test(key) && !spread ? fact.parts?.[Number(key)] : undefined;
      return element && this.select(within(whole, element), rest, depth + 1);
    }
    if (fact.kind === 'object') {
      const { fields } = this.views.thingAt(whole, undefined);
      const field = fields.get(key);
      return field && this.select(field.source, rest, depth + 1);
    }
    if (fact.kind === 'subscript') {
      const element = this.views.follower.element(whole);
      return element && this.select(element, keys, depth + 1);
    }
    if (fact.kind === 'call') {
      const exported = this.views.resolver.modules.required(whole, keys.join('.'));
      return (
        exported && this.throughVariable(exported.linked, exported.variable, exported.rest, depth + 1)?.to
      );
    }
    if (fact.kind === 'name' || (fact.kind === 'member' && fact.path !== undefined)) {
      const member: ExprFact = { ...fact, kind: 'member', path: [fact.path, ...keys].join('.') };
      const root = rootOf(member.path ?? '');
      const variable = this.views.resolver.product.variable(linked, root, fact.start);
      const below = behindRoot(member.path ?? '');
      if (variable) return this.throughVariable(linked, variable, below, depth + 1)?.to;
      const exported = this.views.resolver.modules.imported(linked, root, below);
      return (
        exported && this.throughVariable(exported.linked, exported.variable, exported.rest, depth + 1)?.to
      );
    }
    if (fact.kind === 'member' && fact.operator !== undefined && fact.parts?.[0])
      return this.select(within(whole, fact.parts[0]), [...fact.operator.split('.'), ...keys], depth + 1);
    return undefined;
  }
}
