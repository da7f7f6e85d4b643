/** What a name of C means where it stands: a variable, a macro, an enumerator, a constant of another file. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { ExprFact, PassFact, VariableFact } from '../facts/model.js';
import { isShouting, rootOf, behindRoot } from '../facts/names.js';
import { cExpression } from '../scan/c-expression.js';
import { integerType } from '../scan/c-types.js';
import { macroValue } from '../scan/macro-values.js';
import type { Enumerator } from '../scan/outline.js';
import { parameters } from './c-calls.js';
import { type Located, type Step, siteOf, within } from './located.js';
import type { LinkedFile } from './product.js';
import type { Views } from './views.js';

export class CNames {
  constructor(private readonly views: Views) {}

  step(here: Located): Step | undefined {
    const { path } = here.fact;
    if (path === undefined) return undefined;
    const root = rootOf(path);
    const rest = behindRoot(path);
    const given = here.bound?.get(root);
    if (given) return rest === '' ? { to: given, by: 'argument' } : this.memberOf(given, rest, 'argument');
    const site = siteOf(here);
    const { product } = this.views.resolver;
    const variable = product.variable(site.linked, root, site.offset);
    if (variable) {
      const meant = this.chosen(site.linked, variable, site.offset);
      return meant && this.throughVariable(site.linked, meant, rest);
    }
    const macro = product.macros.meaning(root, site.linked.file);
    if (macro) {
      const body = { linked: this.linked(macro.file), fact: macroValue(macro.macro), site };
      return rest === '' ? { to: body, by: 'macro' } : this.memberOf(body, rest, 'macro');
    }
    return rest === '' ? this.constant(root, site.linked.file) : undefined;
  }

  /** Of several variables that `#if`s choose among, the one whose conditions hold where the name stands. */
  private chosen(linked: LinkedFile, variable: VariableFact, offset: number): VariableFact | undefined {
    const all = this.views.resolver.product.namesakes(linked, variable.name, offset);
    const valued = all.filter(({ init, writes }) => init !== undefined || writes.length > 0);
    if (valued.length < 2) return valued[0] ?? variable;
    const holds = valued.filter(({ declared }) =>
      linked.facts.conditions.every(
        ({ start, end }) =>
          declared.start < start || declared.start >= end || (start <= offset && offset < end),
      ),
    );
    return holds.at(-1);
  }

  /** `CFG.url` where `CFG` stands for `config`. */
  private memberOf(whole: Located, rest: string, by: Step['by']): Step | undefined {
    const { fact } = whole;
    if (fact.path === undefined || (fact.kind !== 'name' && fact.kind !== 'member')) return undefined;
    return { to: within(whole, { ...fact, kind: 'member', path: `${fact.path}.${rest}` }), by };
  }

  private constant(name: string, from: FileId): Step | undefined {
    const { outlines } = this.views.resolver.product.macros;
    const found = outlines.enumerator(name, from);
    if (found) {
      const value = enumeratorValue(found.enumerator);
      return value && { to: { linked: this.linked(found.file), fact: value }, by: 'constant' };
    }
    const constant = outlines.constant(name, from);
    if (!constant) return undefined;
    const { body, start, type, pointer, dims } = constant.constant;
    const fact = cExpression(body, start);
    const scalar = !pointer && dims.length === 0;
    return { to: { linked: this.linked(constant.file), fact }, by: 'variable', ...(scalar && { type }) };
  }

  private linked(file: FileId): LinkedFile {
    return this.views.resolver.product.fileOf(file);
  }

  private throughVariable(linked: LinkedFile, variable: VariableFact, rest: string): Step | undefined {
    if (this.mayChange(linked, variable)) return undefined;
    const contentsChange =
      rest === '' && variable.pointer !== true && variable.writes.some(({ field }) => field.startsWith('[]'));
    if (contentsChange) return undefined;
    const scalar = variable.type !== undefined && variable.pointer !== true && !variable.dims;
    const type = scalar ? { type: variable.type } : {};
    if (rest === '') {
      const value = this.views.resolver.onlyValue(variable);
      if (value) return { to: { linked, fact: value }, by: 'variable', ...type };
      // Declared here, given its value in another file.
      const elsewhere =
        variable.kind === 'global' && variable.writes.length === 0 && variable.constant === true;
      return elsewhere ? this.constant(variable.name, linked.file) : undefined;
    }
    const known = this.views.resolver.typeOfVariable(linked, variable);
    const field = this.views.thingOf(linked, variable, known)?.fields.get(rest);
    return field && { to: field.source, by: 'variable' };
  }

  private mayChange(linked: LinkedFile, variable: VariableFact): boolean {
    return (
      variable.pointedAt ||
      variable.passed.some(
        (pass) => (pass.byAddress || pass.index === 0) && this.mayWrite(linked, variable, pass),
      )
    );
  }

  /** An array given to a call as first argument, or anything given by address, may come back changed. */
  private mayWrite(linked: LinkedFile, variable: VariableFact, pass: PassFact): boolean {
    if (variable.constant === true || variable.pointer === true) return false;
    // A number goes by value, but for a macro, which gets the variable itself.
    const byValue =
      !pass.byAddress && pass.field === '' && !variable.dims && integerType(variable.type ?? '');
    if (byValue && (!isShouting(pass.callee) || this.onlyReads(pass.callee, linked.file))) return false;
    const entry = this.views.resolver.product.api(linked.facts.lang).call(pass.callee);
    const isRead =
      entry?.reads === true ||
      entry?.options?.[String(pass.index)] !== undefined ||
      entry?.settings?.some((setting) => setting.at === pass.index) === true;
    return !isRead;
  }

  /** A macro of the product that is nothing but operators. */
  private onlyReads(macro: string, from: FileId): boolean {
    const found = this.views.resolver.product.macros.applied(macro, from);
    return found !== undefined && isPure(macroValue(found.macro));
  }

  /** `KEYS[1]` of a constant array. */
  element(here: Located): Located | undefined {
    const [array, index] = here.fact.parts ?? [];
    if (!array) return undefined;
    const step = this.step(within(here, array));
    const position = index && this.views.constant(within(here, index));
    if (step?.by !== 'variable' || step.to.fact.kind !== 'array' || position?.kind !== 'number')
      return undefined;
    const site = siteOf(within(here, array));
    const variable = this.views.resolver.product.variable(site.linked, array.path ?? '', site.offset);
    const changes = variable?.writes.some(({ field }) => field.startsWith('[]')) ?? true;
    if (changes || (variable?.constant !== true && variable?.escapes === true)) return undefined;
    const element = step.to.fact.parts?.[Number(position.value)];
    return element && within(step.to, element);
  }

  /** What a macro with arguments stands for, in terms of these. */
  applied({ fact, linked, bound, site }: Located): Located | undefined {
    const { call } = fact;
    if (!call || call.path === '') return undefined;
    const place = siteOf({ fact, linked, ...(site && { site }) });
    const found = this.views.resolver.product.macros.applied(call.path, place.linked.file);
    if (!found) return undefined;
    // Names given to a call that is in small letters may be variables that nobody has told of.
    const given = call.args.map((argument): Located => ({
      linked,
      fact: argument,
      ...(bound && { bound }),
      ...(site && { site }),
    }));
    if (
      !isShouting(call.path) &&
      given.some((each) => each.fact.kind !== 'string' && each.fact.value === undefined)
    )
      return undefined;
    const names = parameters(found.macro.params ?? [], given)?.names;
    return (
      names && { linked: this.linked(found.file), fact: macroValue(found.macro), bound: names, site: place }
    );
  }
}

function enumeratorValue({ base, plus, start, end }: Enumerator): ExprFact | undefined {
  if (plus === undefined) return undefined;
  const steps: ExprFact = { kind: 'number', start, end, text: String(plus), value: String(plus) };
  if (!base) return steps;
  const first = { ...cExpression(base.text, base.start), grouped: true as const };
  return plus === 0
    ? first
    : { kind: 'binary', start, end, text: base.text, operator: '+', parts: [first, steps] };
}

function isPure({ kind, parts }: ExprFact): boolean {
  return kind !== 'other' && kind !== 'call' && kind !== 'address' && (parts ?? []).every(isPure);
}
