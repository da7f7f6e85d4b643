/** One function while it is analysed: its values, its memory, what was learnt about results, what there is to report. */
import type { At, Step } from '../../../../rules/kit/index.js';
import type { Span } from '../facts/model.js';
import { upper } from './bounds.js';
import type { Result } from './exits.js';
import type { Check } from './checks.js';
import type { Comparison } from './comparisons.js';
import { Evaluator, type Watch } from './evaluate.js';
import type { Arrival, Seen } from './events.js';
import { Memory } from './memory.js';
import { isPart } from './parts.js';
import { Returns } from './returns.js';
import { ANY_WAY_OUT, isAsItCame, isChosenOutside, isWayOut, PRINTED_LENGTH } from './roles.js';
import { judgeAccess, judgeMove, judgeVariable } from './sinks.js';
import type { State } from './state.js';
import { type FunctionRef, type Given, type ParamPath, type ParamSink, MOST } from './summary.js';
import type { Captured } from './callers.js';
import { InRoles, type Met } from './met.js';
import { type Nowhere, type Origin, Origins, keyOf } from './taint.js';
import { watchedVariables } from './unset.js';
import { type MemoryObject, type Node, type Source, Values, dependsOn } from './values.js';
import type { World } from './world.js';
import { guessedOf, mixed, spelledOnly } from './worked-out.js';

const MOST_SINKS = MOST.sinks;
/** A bound that callers do not see is a bound all the same. */
const HIDDEN = 65_535;
/** Numbers beyond this are not taken for bounds. */
const LARGE = 2 ** 31;
const FAMILIES: Readonly<Record<string, string>> = {
  'a text': 'text',
  'an index': 'number',
  [ANY_WAY_OUT]: 'secret',
};

function hasClean(state: State, { ways }: Node): boolean {
  for (const { clean } of state.facts.values()) if (clean) return true;
  for (const { clean } of ways?.values() ?? []) if (clean.size > 0) return true;
  return false;
}

export class Frame {
  readonly values = new Values();
  readonly memory: Memory;
  readonly evaluator: Evaluator;
  readonly checks = new Map<number, Check>();
  /** Results that are zero where two texts are the same. */
  readonly equals = new Map<number, readonly [Node, Node]>();
  readonly results = new Map<number, Result>();
  /** Addresses of memory that was allocated in this function, by node. */
  readonly allocations = new Set<number>();
  /** Results whose checks are checks of what they were made of. */
  readonly about = new Map<number, readonly Node[]>();
  private readonly names = new Map<number, Step>();
  /** By state and role; as long as states are joined, since what a value may be grows with each visit. */
  private nowhere = new WeakMap<State, Map<string, Nowhere>>();
  /** Set for the last pass, when what is known is final. */
  emitting = false;

  /** A secret was put somewhere. */
  secrets = false;
  /** A text was printed whose length may be more than fits. */
  prints = false;
  /** Values that a condition compared, by node. */
  readonly compared = new Map<number, Comparison>();
  /** Lengths of which it was said that they may be too small: once is enough. */
  readonly measured = new Set<number>();

  readonly arrivals: Arrival[] = [];
  readonly seen: Seen[] = [];
  readonly sinks = new Map<string, ParamSink>();
  /** Sinks that variables of functions around this one reach. */
  readonly captures: Captured[] = [];
  readonly stores: { key: string; selector: string; given: Given }[] = [];
  readonly written = new Map<string, { param: ParamPath; from: Given[] }>();
  readonly given_away = new Set<string>();
  /** Shared variables that are written. */
  readonly touched = new Set<string>();
  /** Allocations and variables of which was told that they are used too early. */
  readonly told = new Set<string>();
  /** Contents of variables that, at the start of the block that is run, are nothing on one of the ways there. */
  halfSet: ReadonlySet<Node> = new Set();
  /** Variables whose every write is seen. */
  readonly watched: ReadonlySet<number>;
  readonly returns = new Returns();
  readonly watching: Watch;
  readonly invoked: { param: number; args: Given[][] }[] = [];

  constructor(
    readonly world: World,
    readonly ref: FunctionRef,
  ) {
    this.memory = new Memory(
      this.values,
      (object, selector) => this.initial(object, selector),
      (type, field) => world.field(type, field),
      world.lang === 'c',
    );
    this.evaluator = new Evaluator(world, this.values, this.memory);
    this.watched = this.isC ? watchedVariables(world) : new Set();
    this.watching = {
      access: (state, ex, pointer, index, place) => {
        judgeAccess(this, state, ex, pointer, index, place);
      },
      address: (state, of, by) => {
        judgeMove(this, state, of, by);
      },
      variable: (ex, value) => {
        judgeVariable(this, ex, value);
      },
    };
  }

  get isC(): boolean {
    return this.world.lang === 'c';
  }

  at(span: { readonly start: number; readonly end: number }): At {
    return { file: this.world.file, start: span.start, end: span.end };
  }

  /** Contents of memory that nothing in this function has written yet. */
  private initial(object: MemoryObject, selector: string): Node {
    switch (object.kind) {
      case 'variable': {
        const index = Number(object.key.slice(1));
        if (index < this.world.func.params) return this.param(index);
        return this.values.leaf('site', `nothing in ${object.key}`, {
          ...(object.type !== undefined && { type: object.type }),
        });
      }
      case 'pointee':
        return object.behind
          ? this.values.compound('content', '', [object.behind], object.type)
          : this.values.unknown;
      case 'global': {
        const sources = this.world.shared(object.key, selector);
        const type = selector === '' ? object.type : this.memory.typeAt(object, selector)?.type;
        return this.values.renew('shared', `${object.key} ${selector}`, {
          name: object.key,
          sources,
          ...(type !== undefined && { type }),
        });
      }
      default:
        return this.values.leaf('site', `nothing in ${object.key}`);
    }
  }

  param(index: number): Node {
    const { sources, type } = this.world.seeds(index);
    const written = this.isC ? this.world.func.vars[index]?.t : type;
    return this.values.renew('param', String(index), {
      param: index,
      sources,
      ...(written !== undefined && { type: written }),
    });
  }

  /** Remembers that a value went by a name, so that a path can say so. */
  name(node: Node, name: string, span: Span): void {
    if (node.kind === 'number' || node.kind === 'text' || name === '' || this.names.has(node.id)) return;
    if (node.kind === 'param' || node.kind === 'phi') return;
    this.names.set(node.id, { at: this.at(span), says: `goes into ${name}` });
  }

  readonly stepOf = (node: Node): Step | undefined =>
    this.names.get(node.id) ?? (node.made && { at: this.at(node.made.at), says: node.made.says });

  origins(state: State, node: Node, role: string, limit?: number): readonly Origin[] {
    return Origins.of(node, this.memory, state, role, this.stepOf, limit).is;
  }

  /** Whether it comes from outside, or from a caller, in a role. */
  comes(state: State, node: Node, role: string): boolean {
    return Origins.any(node, this.memory, state, role, this.stepOf).is;
  }

  /** States are joined anew. */
  joining(): void {
    this.nowhere = new WeakMap();
  }

  /** The same for many roles, of a state that does not change any more. */
  comesIn(state: State, node: Node): InRoles<boolean> {
    const known = this.nowhere.get(state) ?? new Map<string, Nowhere>();
    this.nowhere.set(state, known);
    return new InRoles((role) => {
      const nowhere = known.get(role) ?? new Map<number | string, Met>();
      known.set(role, nowhere);
      return Origins.any(node, this.memory, state, role, this.stepOf, nowhere);
    });
  }

  /** Parts of a text that are variables of functions around this one. */
  captured(state: State, node: Node, role: string): readonly Origin[] {
    const all = Origins.of(node, this.memory, state, role, this.stepOf, undefined, true).is;
    return all.filter(({ captured, pasted }) => captured !== undefined && pasted);
  }

  /** Whether a variable keeps its value from call to call. */
  isKept({ kind, key }: MemoryObject): boolean {
    return kind === 'variable' && this.world.func.vars[Number(key.slice(1))]?.s === 1;
  }

  /** Whether somebody outside chose it. What callers give is not known to be from outside. */
  isOutside(state: State, node: Node): boolean {
    return ['an index', 'a text'].some((role) =>
      this.origins(state, node, role).some(
        ({ source }) => source !== undefined && isChosenOutside(source.kind),
      ),
    );
  }

  /** Whether nothing vouches for how large it is: somebody outside chose it, or it tells how long a text wanted to be. */
  private isDoubtful(state: State, node: Node): boolean {
    return (
      this.isOutside(state, node) ||
      this.origins(state, node, 'an index').some(({ source }) => source?.kind === PRINTED_LENGTH)
    );
  }

  /** Whether it comes from outside, or from a caller. */
  isTainted(state: State, node: Node): boolean {
    return this.comes(state, node, 'a text') || this.comes(state, node, 'an index');
  }

  /** Where a value comes from, with what was found of it here. */
  given(state: State, value: Node): Given[] {
    const bound = upper(value, state);
    const hidden = bound.above.length > 0 && this.isBounded(state, value, undefined, undefined);
    const hi = bound.checked && bound.max < LARGE ? bound.max : hidden ? HIDDEN : undefined;
    const found = new Map<string, { origin: Origin; roles: Set<string> }>();
    const origins = new InRoles((role) => Origins.of(value, this.memory, state, role, this.stepOf));
    const look = (role: string): void => {
      for (const origin of origins.answer(role)) {
        const key = keyOf(origin);
        const known = found.get(key);
        if (known) known.roles.add(role);
        else found.set(key, { origin, roles: new Set([role]) });
      }
    };
    look('a text');
    const asked = [...this.world.roles];
    const cleaned = hasClean(state, value);
    const out = asked.some(isWayOut) ? [ANY_WAY_OUT] : [];
    // What is no text in any role is none in a certain one.
    const texts = found.size === 0 ? [] : asked.filter((role) => cleaned || isAsItCame(role));
    const roles = [...new Set(['a text', 'an index', ...out, ...(cleaned ? asked : texts)])];
    for (const role of roles) if (role !== 'a text') look(role);
    const guessed = guessedOf(this, state, value);
    const others = [...found.values()].map(({ origin, roles: dirty }) => {
      const clean = roles.filter((role) => !dirty.has(role)).map((role) => FAMILIES[role] ?? role);
      clean.push(...mixed(origin, dirty, guessed));
      const facts = { ...(hi !== undefined && { hi }), ...(clean.length > 0 && { clean }) };
      const { source, param, steps } = origin;
      return source
        ? { source: { ...this.further(source, steps), ...facts }, steps: [] }
        : { ...(param && { param }), steps, ...facts };
    });
    return [...others, ...spelledOnly(guessed, found, (each, steps) => this.further(each, steps))];
  }

  /** A value that comes from a parameter of a function, with what the function found of it. */
  received(state: State, args: readonly Node[], given: Given): Node | undefined {
    const node = given.param && this.nodeAt(state, args, given.param);
    if (!node || (given.hi === undefined && !given.clean)) return node;
    const words = `${String(given.hi ?? '')} ${(given.clean ?? []).join()}`;
    const found = this.values.compound('pure', `found ${words}`, [node]);
    state.learn(found, {
      ...(given.hi !== undefined && { hi: given.hi }),
      ...(given.clean && { clean: new Set(given.clean) }),
    });
    return found;
  }

  /** A source with the steps it took since. */
  further(source: Source, steps: readonly Step[]): Source {
    if (steps.length === 0) return source;
    const all = [...source.steps, ...steps];
    return {
      ...source,
      steps: all.length > MOST.steps ? [...all.slice(0, 1), ...all.slice(-MOST.steps + 1)] : all,
    };
  }

  /** What a path of a parameter is worth here, where `args` are given. */
  nodeAt(state: State, args: readonly Node[], { index, path }: ParamPath): Node | undefined {
    let node = args[index];
    for (const part of path) {
      if (!node) return undefined;
      if (part === '*') {
        const place = this.memory.behind(node, undefined);
        const whole = this.memory.read(state, place);
        node = path.length === 1 ? this.memory.contents(state, node) : whole;
        if (path.length > 1) return this.below(state, place.object, place.selector, path.slice(1)) ?? whole;
      } else if (part === '[]') node = this.memory.contents(state, node);
      else {
        const place = this.memory.behind(node, undefined);
        node = this.memory.read(state, {
          object: place.object,
          selector: place.selector === '' ? part : `${place.selector}.${part}`,
        });
      }
    }
    return node;
  }

  private below(
    state: State,
    object: MemoryObject,
    selector: string,
    path: readonly string[],
  ): Node | undefined {
    let at = selector;
    for (const [position, part] of path.entries()) {
      if (part === '*') {
        const pointer = this.memory.read(state, { object, selector: at });
        const rest = path.slice(position);
        return this.nodeAt(state, [pointer], { index: 0, path: rest });
      }
      if (part === '[]') break;
      at = at === '' ? part : `${at}.${part}`;
    }
    const place = { object, selector: at };
    const field = at === '' ? undefined : this.memory.typeAt(object, at);
    if (field?.isArray) return this.values.address(object, at, this.values.number(0));
    return this.memory.read(state, place);
  }

  /** Memory is allocated here: its address is new. */
  allocated(state: State, address: Node): void {
    this.renewed(state, address);
    this.allocations.add(address.id);
    state.setFact(address.id, { made: true });
  }

  /** A value that is made anew here: what was known of its former self holds no longer. */
  renewed(state: State, node: Node): void {
    state.unlearn(node.id);
    state.renewSpent(node);
    for (const key of [...state.freed.keys()]) {
      const object = this.memory.find(key);
      if (object?.behind && dependsOn(object.behind, node)) state.unfree(key);
    }
  }

  report(event: Omit<Seen, 'at'>, span: { readonly start: number; readonly end: number }): void {
    if (this.emitting) this.seen.push({ ...event, at: this.at(span) });
  }

  /** Whether a number is kept below what a sink can take. */
  isBounded(state: State, node: Node, limit: number | undefined, room: Node | undefined): boolean {
    const bound = upper(node, state);
    if (limit !== undefined && bound.max <= limit) return true;
    if (limit === undefined && bound.checked && bound.max < 2 ** 31) return true;
    if (room && (node === room || isPart(room, node))) return true;
    for (const { node: other } of bound.above) {
      if (room && (other === room || isPart(room, other))) return true;
      const beyond = upper(other, state);
      if (limit !== undefined && beyond.checked && beyond.max < Infinity) continue;
      if (limit === undefined || !this.isDoubtful(state, other)) return true;
    }
    return state.fact(node).above === undefined && this.boundedByWays(state, node, limit, room);
  }

  /** On every way it is small enough, or nobody outside chose it. */
  private boundedByWays(
    state: State,
    node: Node,
    limit: number | undefined,
    room: Node | undefined,
  ): boolean {
    const ways = node.kind === 'phi' ? [...(node.ways?.values() ?? [])] : [];
    return (
      ways.length > 0 &&
      ways.every((way) => {
        if (way.checked && way.hi <= (limit ?? 2 ** 31)) return true;
        if (
          way.above.some(
            ({ node: other }) =>
              (room !== undefined && other === room) || this.isTrusted(state, other, limit),
          )
        )
          return true;
        return !this.comes(state, way.node, 'an index');
      })
    );
  }

  private isTrusted(state: State, node: Node, limit: number | undefined): boolean {
    const bound = upper(node, state);
    if (limit !== undefined && bound.checked && bound.max < Infinity) return bound.max <= limit;
    return !this.isDoubtful(state, node);
  }

  sink(key: string, sink: ParamSink): void {
    if (this.sinks.size < MOST_SINKS && !this.sinks.has(key)) this.sinks.set(key, sink);
  }
}
