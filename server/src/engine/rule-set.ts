/** The rules of a run by what they listen to: one `Map` look-up a fact, whatever the number of rules. */
import type {
  Answer,
  Call,
  Expr,
  Flow,
  FlowEvent,
  Lang,
  Listeners,
  LiteralDetector,
  Option,
  Rule,
  Setting,
  Shape,
  Thing,
} from '../../../rules/kit/index.js';
import type { Apis, CallEntry } from './apis.js';
import { type Harvest, NO_HARVEST } from './harvest.js';
import { SUPPRESSION_WORD, type Interest } from './facts/interest.js';
import type { Wanted } from './flow/relevance.js';
import type { Words } from './prefilter.js';

export interface Listener<Subject> {
  readonly rule: Rule;
  readonly judge: (subject: Subject) => Answer;
}

export class RuleSet {
  readonly byId: ReadonlyMap<string, Rule>;
  private readonly options = new Map<string, Listener<Option>[]>();
  /** Rules that listen to all options whose names are alike: `env:*`. */
  private readonly alike: (Listener<Option> & { readonly pattern: RegExp })[] = [];
  readonly products: {
    rule: Rule;
    lang: Lang | 'any';
    needs: readonly string[];
    judge: NonNullable<Listeners['product']>['judge'];
  }[] = [];
  /** Callees that rules about a whole product look at. */
  readonly needs: ReadonlySet<string>;
  private readonly byLang: Readonly<Record<Lang, LangRules>>;

  constructor(
    readonly rules: readonly Rule[],
    readonly apis: Readonly<Record<Lang, Apis>>,
    readonly harvest: Harvest = NO_HARVEST,
  ) {
    this.byId = new Map(rules.map((rule) => [rule.id, rule]));
    this.byLang = { c: new LangRules(), ts: new LangRules() };
    for (const rule of [...rules].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      for (const lang of ['c', 'ts'] as const)
        for (const listeners of [rule.any, rule[lang]]) if (listeners) this.byLang[lang].add(rule, listeners);
      for (const [lang, listeners] of [
        ['any', rule.any],
        ['c', rule.c],
        ['ts', rule.ts],
      ] as const) {
        for (const [name, judge] of Object.entries(listeners?.option ?? {}))
          if (name.includes('*')) this.alike.push({ rule, judge, pattern: patternOf(name) });
          else push(this.options, name, { rule, judge });
        if (listeners?.product) this.products.push({ rule, lang, ...listeners.product });
      }
    }
    this.needs = new Set(this.products.flatMap((each) => each.needs));
  }

  /** Who listens to an option of this name. */
  optionListeners(name: string): readonly Listener<Option>[] {
    const own = this.options.get(name) ?? [];
    const alike = this.alike.filter(({ pattern }) => pattern.test(name));
    return alike.length === 0 ? own : [...own, ...alike];
  }

  lang(lang: Lang): LangRules {
    return this.byLang[lang];
  }

  /** What files must hold to be parsed. `aliases` are the workspace's own names for the functions listened to. */
  interest(lang: Lang, aliases: (names: ReadonlySet<string>) => ReadonlySet<string>): Interest {
    const rules = this.byLang[lang];
    const apis = this.apis[lang];
    const calls = new Set<string>();
    const types = new Set<string>();
    for (const name of [...rules.calls.keys(), ...this.needs, ...this.harvest[lang].keys()])
      calls.add(lastSegment(name));
    for (const [name, entry] of apis.entries())
      if (
        entry.options ??
        entry.plugins ??
        entry.returns ??
        entry.callbacks ??
        entry.settings?.some(({ role }) => rules.settings.has(role))
      )
        calls.add(lastSegment(name));
    for (const name of [...rules.things.keys(), ...apis.typeNames])
      types.add(lang === 'c' ? name : lastSegment(name));
    const flowWords = new Set<string>();
    const flow = rules.wanted !== undefined;
    if (rules.wanted)
      for (const [name, entry] of apis.entries())
        if (!name.startsWith('*') && isFlowing(entry, rules.wanted)) flowWords.add(lastSegment(name));
    const flowHelpers = new Set<string>();
    if (flow && lang === 'ts') {
      for (const name of apis.values.keys()) types.add(lastSegment(name));
      // A method is told from others by what it is called on, which only a lowered call knows.
      for (const word of flowWords) calls.add(word);
      for (const [name, entry] of apis.entries()) {
        const word = lastSegment(name);
        if (calls.has(word) || !isHelping(entry)) continue;
        calls.add(word);
        flowHelpers.add(word);
      }
    }
    for (const alias of aliases(new Set([...calls, ...flowWords]))) (flow ? flowWords : calls).add(alias);
    for (const alias of aliases(calls)) calls.add(alias);
    for (const alias of aliases(types)) types.add(alias);
    return {
      flow,
      flowWords,
      flowHelpers,
      calls,
      types,
      checking: apis.checking,
      passing: new Set(),
      globals: new Set(apis.globals.keys()),
      needles: rules.literals.flatMap(({ detector }) => detector.needs),
      shapes: rules.shapes.map(({ key, shape }) => ({ key, pattern: shape.pattern, needs: shape.needs })),
    };
  }

  /** Words of which a file must hold one to be worth a parse. */
  words(interest: Interest, lang: Lang): Words {
    const names = new Set<string>(interest.globals);
    for (const type of interest.types) names.add(type.slice(type.lastIndexOf(' ') + 1));
    // In TypeScript a function may be called under another name: `const dial = mqtt.connect`.
    if (lang === 'ts')
      for (const name of interest.calls) if (!interest.flowHelpers.has(name)) names.add(name);
    return {
      called: lang === 'c' ? new Set([...interest.calls, ...interest.flowWords]) : new Set(),
      names,
      substrings: [SUPPRESSION_WORD, ...interest.needles, ...interest.shapes.flatMap((shape) => shape.needs)],
    };
  }
}

class LangRules {
  readonly calls = new Map<string, Listener<Call>[]>();
  readonly settings = new Map<string, Listener<Setting>[]>();
  readonly things = new Map<string, Listener<Thing>[]>();
  readonly literals: { rule: Rule; detector: LiteralDetector }[] = [];
  readonly shapes: { key: string; rule: Rule; shape: Shape }[] = [];
  readonly flows: { rule: Rule; flow: Flow }[] = [];
  readonly events = new Map<string, Listener<FlowEvent>[]>();

  add(rule: Rule, listeners: Listeners): void {
    for (const [name, judge] of Object.entries(listeners.call ?? {})) push(this.calls, name, { rule, judge });
    for (const [role, judge] of Object.entries(listeners.setting ?? {}))
      push(this.settings, role, { rule, judge });
    for (const [type, judge] of Object.entries(listeners.thing ?? {}))
      push(this.things, type, { rule, judge });
    if (listeners.flow) this.flows.push({ rule, flow: listeners.flow });
    for (const [event, judge] of Object.entries(listeners.state ?? {}))
      push(this.events, event, { rule, judge });
    for (const detector of listeners.literal ?? []) this.literals.push({ rule, detector });
    for (const shape of listeners.shape ?? [])
      this.shapes.push({ key: `${rule.id}/${String(this.shapes.length)}`, rule, shape });
  }

  /** What is asked of flow; undefined where nobody asks. */
  get wanted(): Wanted | undefined {
    if (this.flows.length === 0 && this.events.size === 0) return undefined;
    return { roles: new Set(this.flows.flatMap(({ flow }) => flow.to)), events: new Set(this.events.keys()) };
  }

  shape(
    key: string,
  ): { rule: Rule; judge: (captures: Readonly<Record<string, Expr>>) => Answer } | undefined {
    const found = this.shapes.find((each) => each.key === key);
    return found && { rule: found.rule, judge: (captures) => found.shape.judge(captures) };
  }
}

/** `*` stands for any characters. */
function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Whether a table says of a call that something comes in, arrives or is freed there. What only passes values on needs no file. */
function isFlowing(entry: CallEntry, { roles, events }: Wanted): boolean {
  if ([...(entry.sinks ?? []), ...(entry.passwords ?? [])].some(({ role }) => roles.has(role))) return true;
  if (
    (entry.source ?? entry.named ?? entry.sink ?? entry.frees ?? entry.allocates ?? entry.whole) !== undefined
  )
    return true;
  return (
    (events.size > 0 && entry.fills !== undefined) ||
    (events.has('narrowed-length') && entry.reads !== undefined)
  );
}

/** Whether a table says of a call what becomes of values there, or what is known of them after. */
function isHelping(entry: CallEntry): boolean {
  const { flow, cleans, checks, marks, gives, matches, refuses } = entry;
  return (flow ?? cleans ?? checks ?? marks ?? gives ?? matches ?? refuses) !== undefined;
}

/** `connect` of `mqtt.connect`, `publish` of `mqtt.MqttClient#publish`. */
function lastSegment(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
}
