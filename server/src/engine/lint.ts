/** P2 for one file and for one product: rules over facts. Never throws: a crashing rule becomes a notice. */
import type {
  Answer,
  At,
  Call,
  Expr,
  Lang,
  Option,
  Placed,
  Problem,
  ProductView,
  ProvisionId,
  Rule,
  Setting,
  Shown,
  Thing,
} from '../../../rules/kit/index.js';
import type { Notice } from './finding.js';
import type { CallFact, ExprFact, FileFacts } from './facts/model.js';
import { Linker } from './link/linker.js';
import { LinkedSetting } from './link/thing.js';
import type { KnownThing } from './link/views.js';
import { type FlowAnswers, FlowAnalysis } from './flow/flow.js';
import type { Wanted } from './flow/relevance.js';
import { isSaidOnce } from './flow/roles.js';
import type { LinkedFile, Product } from './link/product.js';
import { Resolver } from './link/resolve.js';
import type { Listener, RuleSet } from './rule-set.js';
import { meaningOf, optionTypes } from './apis.js';
import type { GatheredItem } from './harvest.js';

/** An answer with what the engine knows of its place. */
export interface RawProblem {
  readonly rule: Rule;
  readonly problem: Problem;
  readonly at: At;
  readonly func?: string;
  readonly condition?: string;
}

export interface RawEvidence {
  readonly rule: Rule;
  readonly at: At;
  readonly shows: string;
  readonly provision: ProvisionId;
}

export interface Answers {
  readonly problems: RawProblem[];
  readonly evidence: RawEvidence[];
  readonly notices: Notice[];
  readonly gathered: GatheredItem[];
}

/** A call by the library name that was found for it. */
export interface NeededCall {
  readonly fact: CallFact;
  readonly callee: string;
}

interface Context {
  readonly linked: LinkedFile;
  readonly func: number;
}

export class Linter {
  private readonly resolver: Resolver;
  private readonly linker: Linker;

  constructor(
    private readonly product: Product,
    private readonly rules: RuleSet,
  ) {
    this.resolver = new Resolver(product);
    this.linker = new Linker(this.resolver);
  }

  /** All that rules say of one file from its own facts, constants of other files included. */
  file(linked: LinkedFile): Answers {
    const answers = empty();
    const { facts } = linked;
    const seen = new Set<KnownThing>();
    for (const fact of facts.calls) {
      const context = { linked, func: fact.func };
      const callee = this.resolver.callee(linked, fact);
      if (callee !== undefined) this.call(callee, fact, context, seen, answers);
    }
    this.variables(linked, seen, answers);
    for (const { value, func } of facts.objects)
      for (const object of structsOf(value))
        this.thing(this.linker.thing(linked, object, value.type), { linked, func }, seen, answers);
    for (const { literal, func } of facts.literals) this.literal(literal, { linked, func }, answers);
    for (const shape of facts.shapes) {
      const listener = this.rules.lang(facts.lang).shape(shape.shape);
      const captures = Object.fromEntries(
        Object.entries(shape.captures).map(([name, fact]) => [name, this.linker.expr(linked, fact)]),
      );
      if (listener) this.ask(listener, captures, { linked, func: shape.func }, answers);
    }
    return answers;
  }

  /** Calls of a file that rules about the whole product look at. */
  needed(linked: LinkedFile): NeededCall[] {
    return linked.facts.calls.flatMap((fact) => {
      const callee = this.resolver.callee(linked, fact);
      return callee !== undefined && this.rules.needs.has(callee) ? [{ fact, callee }] : [];
    });
  }

  /**
   * What rules say of the product as a whole: its config, and what is missing in it. Only for whole runs. `neededOf`
   * gives what `needed` said of a file.
   */
  whole(
    options: readonly Option[],
    frameworks: ProductView['frameworks'],
    neededOf: (linked: LinkedFile) => readonly NeededCall[],
  ): Answers {
    const answers = this.options(options);
    const calls = new Map<string, Call[]>();
    const langs = new Set<Lang>();
    for (const linked of this.product.files.values()) {
      langs.add(linked.facts.lang);
      for (const { fact, callee } of neededOf(linked)) {
        const known = calls.get(callee);
        const call = this.linker.call(linked, fact, callee);
        if (known) known.push(call);
        else calls.set(callee, [call]);
      }
    }
    for (const { rule, lang, needs: declared, judge } of this.rules.products) {
      if (lang !== 'any' && !langs.has(lang)) continue;
      const view: ProductView = {
        calls: (name) => (declared.includes(name) ? (calls.get(name) ?? []) : []),
        option: (name) => options.findLast((option) => option.name === name),
        frameworks,
      };
      this.guard(rule, '', answers, () => {
        for (const answer of judge(view)) this.take(rule, answer, undefined, answers);
      });
    }
    return answers;
  }

  /** Flow through all functions of the product. Yields between functions; what rules say of it is returned. */
  *flow(): Generator<void, Answers> {
    const answers = empty();
    const wanted = (lang: Lang): Wanted | undefined => this.rules.lang(lang).wanted;
    if (!wanted('c') && !wanted('ts')) return answers;
    const analysis = new FlowAnalysis(this.linker, wanted);
    yield* analysis.run();
    answers.notices.push(...analysis.notices);
    for (const [file, found] of analysis.results()) {
      const linked = this.product.files.get(file);
      if (linked) this.hear(linked, found, answers);
    }
    return answers;
  }

  private hear(linked: LinkedFile, { arrivals, seen }: FlowAnswers, answers: Answers): void {
    const rules = this.rules.lang(linked.facts.lang);
    // Of one place a rule says one thing, though much may arrive there.
    const said = new Set<string>();
    for (const { source, role, at, text, callee, path } of arrivals) {
      const first = path[0]?.at ?? at;
      for (const { rule, flow } of rules.flows) {
        if (!flow.to.includes(role) || !flow.from.includes(source.kind)) continue;
        const places = [`${rule.id} ${String(at.start)}`];
        if (isSaidOnce(role)) {
          const func = functionAround(linked.facts, at.start);
          places.push(`${rule.id} ${first.file} ${String(first.start)} in ${String(func)}`);
        }
        const isSaid = places.some((place) => said.has(place));
        for (const place of places) said.add(place);
        if (isSaid) continue;
        this.guard(rule, linked.file, answers, () => {
          const says = flow.says({ kind: source.kind, at: first }, { role, at, text, callee });
          const unless = flow.unless && { unless: flow.unless };
          this.take(rule, { at, says, path, ...unless }, undefined, answers);
        });
      }
    }
    for (const each of seen)
      for (const { rule, judge } of rules.events.get(each.event) ?? [])
        this.guard(rule, linked.file, answers, () => {
          this.take(rule, judge({ ...each, by: each.by ?? '' }), undefined, answers);
        });
  }

  options(options: readonly Option[]): Answers {
    const answers = empty();
    for (const option of options)
      for (const listener of this.rules.optionListeners(option.name))
        this.guard(listener.rule, option.at.file, answers, () => {
          this.take(listener.rule, listener.judge(option), undefined, answers);
        });
    return answers;
  }

  private call(
    callee: string,
    fact: CallFact,
    context: Context,
    seen: Set<KnownThing>,
    answers: Answers,
  ): void {
    const { linked } = context;
    const { lang } = linked.facts;
    const entry = this.product.api(lang).call(callee);
    const listeners = this.rules.lang(lang).calls.get(callee);
    const items = this.rules.harvest[lang].get(callee);
    if (!entry && !listeners && !items) return;
    const call = this.linker.call(linked, fact, callee);
    answers.gathered.push(
      ...(items?.(call) ?? []).map((item) => ({ ...item, api: callee, at: call.calleeAt })),
    );
    for (const listener of listeners ?? []) this.ask(listener, call, context, answers);
    for (const setting of entry?.settings ?? []) {
      if (!this.rules.lang(lang).settings.has(setting.role)) continue;
      if (!applies(setting.when, call)) continue;
      const value = setting.at === undefined ? undefined : call.args[setting.at];
      if (setting.at !== undefined && !value) continue;
      const subject = new LinkedSetting(
        setting.role,
        value ?? this.linker.expr(linked, calleeExpr(fact)),
        setting.values,
        callee,
        undefined,
        call,
        setting.means,
      );
      for (const listener of this.rules.lang(lang).settings.get(setting.role) ?? [])
        this.ask<Setting>(listener, subject, context, answers);
    }
    if (lang === 'ts')
      for (const [index, type] of optionTypes(entry, call.args[0])) {
        const argument = fact.args[index];
        for (const thing of argument ? this.optionThings(linked, argument, type) : [])
          this.thing(thing, context, seen, answers);
      }
  }

  /** The objects that may be given as options: written in place, or behind names of this or another file. */
  private optionThings(linked: LinkedFile, argument: ExprFact, type: string): readonly KnownThing[] {
    if (argument.kind === 'object') return [this.linker.thing(linked, argument, type)];
    if (argument.kind === 'conditional')
      return (argument.parts ?? []).slice(1).flatMap((branch) => this.optionThings(linked, branch, type));
    const thing = this.linker.held({ linked, fact: argument }, (own) =>
      own !== undefined && this.product.api('ts').type(own) ? own : type,
    );
    return thing ? [thing] : [];
  }

  private variables(linked: LinkedFile, seen: Set<KnownThing>, answers: Answers): void {
    const { lang } = linked.facts;
    const rules = this.rules.lang(lang);
    for (const variable of linked.facts.variables) {
      if (
        variable.type === undefined &&
        variable.init?.type === undefined &&
        !this.product.api(lang).globals.has(variable.name)
      )
        continue;
      const type = this.resolver.typeOfVariable(linked, variable);
      if (type === undefined || !(this.product.api(lang).type(type) || rules.things.has(type))) continue;
      const elements = variable.init?.kind === 'array' ? structsOf(variable.init) : [];
      const thing = elements.length > 0 ? undefined : this.linker.thingOf(linked, variable, type);
      const func = variable.kind === 'global' ? -1 : functionAround(linked.facts, variable.declared.start);
      const things = thing ? [thing] : elements.map((object) => this.linker.thing(linked, object, type));
      for (const each of things) this.thing(each, { linked, func }, seen, answers);
    }
  }

  private thing(thing: KnownThing, context: Context, seen: Set<KnownThing>, answers: Answers): void {
    if (seen.has(thing)) return;
    seen.add(thing);
    const rules = this.rules.lang(context.linked.facts.lang);
    for (const name of [thing.type, thing.kind])
      for (const listener of (name === undefined ? undefined : rules.things.get(name)) ?? [])
        this.ask<Thing>(listener, thing, context, answers);
    for (const setting of thing.settings())
      for (const listener of rules.settings.get(setting.role) ?? [])
        this.ask(listener, setting, context, answers);
  }

  private literal(literal: ExprFact, context: Context, answers: Answers): void {
    const expr = this.linker.expr(context.linked, literal);
    for (const { rule, detector } of this.rules.lang(context.linked.facts.lang).literals)
      if (detector.needs.some((need) => literal.text.includes(need) || (expr.value ?? '').includes(need)))
        this.ask({ rule, judge: (subject: typeof expr) => detector.judge(subject) }, expr, context, answers);
  }

  private ask<Subject>(
    listener: Listener<Subject>,
    subject: Subject,
    context: Context,
    answers: Answers,
  ): void {
    this.guard(listener.rule, context.linked.file, answers, () => {
      this.take(listener.rule, listener.judge(subject), context, answers);
    });
  }

  private guard(rule: Rule, file: string, answers: Answers, run: () => void): void {
    try {
      run();
    } catch (error) {
      const reason = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
      answers.notices.push({ file, start: 0, end: 0, reason });
    }
  }

  private take(rule: Rule, answer: Answer, context: Context | undefined, answers: Answers): void {
    if (!answer) return;
    for (const each of Array.isArray(answer)
      ? (answer as readonly (Problem | Shown)[])
      : [answer as Problem | Shown]) {
      const at = placeOf(each.at);
      if ('shows' in each) {
        answers.evidence.push({ rule, at, shows: each.shows, provision: each.provision });
        continue;
      }
      const origin = 'origin' in each.at ? (each.at as Expr).origin : undefined;
      const problem =
        origin && !each.path ? { ...each, path: [{ at: origin, says: 'the value is written here' }] } : each;
      const here = context?.linked.file === at.file ? context.linked : this.product.files.get(at.file);
      const index = here
        ? here === context?.linked
          ? context.func
          : functionAround(here.facts, at.start)
        : -1;
      const func = here && nameAround(here.facts, index);
      const condition = here && conditionAt(here.facts, at.start);
      answers.problems.push({
        rule,
        problem,
        at,
        ...(func !== undefined && func !== '' && { func }),
        ...(condition !== undefined && { condition }),
      });
    }
  }
}

/** One struct, or those of a table of structs. */
function structsOf(value: ExprFact): readonly ExprFact[] {
  return value.kind === 'array' ? (value.parts ?? []).filter((part) => part.kind === 'object') : [value];
}

function applies(when: Readonly<Record<string, readonly string[]>> | undefined, call: Call): boolean {
  return Object.entries(when ?? {}).every(([index, values]) => {
    const argument = call.args[Number(index)];
    return (
      argument !== undefined && meaningOf({ yes: [...values] }, argument.names, argument.value) === 'yes'
    );
  });
}

function calleeExpr(fact: CallFact): ExprFact {
  return { kind: 'other', ...fact.callee, text: fact.path };
}

function functionAround(facts: FileFacts, offset: number): number {
  let best = -1;
  facts.functions.forEach((each, index) => {
    if (each.start <= offset && offset < each.end) best = index;
  });
  return best;
}

/** The `#if` conditions a place stands under, outermost first, joined by ` && `. */
function conditionAt({ conditions }: FileFacts, offset: number): string | undefined {
  const around = conditions.filter(({ start, end }) => start <= offset && offset < end);
  return around.length > 0 ? around.map(({ condition }) => condition).join(' && ') : undefined;
}

/** The name of a function, or of the nearest one around it that has one: callbacks have none. */
function nameAround(facts: FileFacts, index: number): string | undefined {
  const inner = facts.functions[index];
  if (!inner) return undefined;
  let name = inner.name;
  for (let outer = index - 1; name === '' && outer >= 0; outer--) {
    const candidate = facts.functions[outer];
    if (candidate && candidate.start <= inner.start && inner.end <= candidate.end) name = candidate.name;
  }
  return name;
}

export function placeOf(place: Placed | At): At {
  return 'at' in place ? place.at : place;
}

function empty(): Answers {
  return { problems: [], evidence: [], notices: [], gathered: [] };
}
