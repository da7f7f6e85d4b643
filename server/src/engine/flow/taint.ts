/** Where a value comes from: from outside, or from a parameter, and the way between. */
import type { Step } from '../../../../rules/kit/index.js';
import { PASSWORD } from '../apis.js';
import { Guess, WORKED_OUT } from './guessable.js';
import type { Memory } from './memory.js';
import { Met } from './met.js';
import {
  ADDRESS,
  PAGE,
  covers,
  isAnnounced,
  isAsItCame,
  isNumberRole,
  isWayOut,
  mustStay,
  takesObjects,
} from './roles.js';
import type { State } from './state.js';
import { integerType } from './types.js';
import { upper } from './bounds.js';
import { COPY, GUESS, RECORD, type Node, type Source } from './values.js';

export interface Origin {
  readonly source?: Source;
  /** A parameter, and what of it: `*` behind the pointer, a field's name, `[]` an element. */
  readonly param?: { readonly index: number; readonly path: readonly string[] };
  /** Key of a variable of a function around this one. */
  readonly captured?: string;
  /** Where the value passed since, in order. */
  readonly steps: readonly Step[];
  /** It is a part of a text that was put together, by nobody's function. */
  readonly pasted: boolean;
}

/** Values looked at for one question, and answers given. */
const MOST_VISITS = 600;
const MOST_ORIGINS = 8;
const MOST_STEPS = 10;
const LONGEST_PATH = 5;

const DECIDED = /^(==|!=|===|!==|<=?|>=?|instanceof|in)$/;
const ARITHMETIC = /^[-*/%&|^]$|^(<<|>>>?|\*\*)$/;
/** What tells a length, a kind or an address, not the text itself. */
const ABOUT = new Set(['sizeof', 'strlen', 'strnlen', 'typeof']);

/** Steps on the way from sink to source, newest first. */
interface Trail {
  readonly step: Step | undefined;
  readonly after: Trail | undefined;
  readonly pasted: boolean;
  readonly guessed: boolean;
}

/** What was asked, and what was met on the way that could have answered otherwise in another role. */
export interface Answer<T> {
  readonly is: T;
  readonly met: Met;
}

/** Values of one state, or parts of them, that come from nowhere in one role, with what was met on the way. */
export type Nowhere = Map<number | string, Met>;

export class Origins {
  private readonly found: Origin[] = [];
  /** Values met as a whole by their number, parts of values by number and path. */
  private readonly seen = new Set<number | string>();
  private visits = 0;
  private readonly met: Met;
  private readonly number: boolean;
  private readonly out: boolean;
  private readonly asItCame: boolean;

  private constructor(
    private readonly memory: Memory,
    private readonly state: State,
    private readonly role: string,
    private readonly stepOf: (node: Node) => Step | undefined,
    /** Ways of a number that stay below this are no danger. */
    private readonly limit: number,
    /** Whether variables of functions around this one are origins too. */
    private readonly withCaptured: boolean,
    private readonly most: number,
    private readonly nowhere?: Nowhere,
  ) {
    this.met = new Met(role);
    this.number = isNumberRole(role);
    this.out = isWayOut(role);
    this.asItCame = isAsItCame(role) && !memory.c;
  }

  /**
   * Whether it comes from anywhere: from outside, or from a parameter. `nowhere` holds the values of this state that
   * come from nowhere in this role, and learns more of them.
   */
  static any(
    node: Node,
    memory: Memory,
    state: State,
    role: string,
    stepOf: (node: Node) => Step | undefined,
    nowhere?: Nowhere,
  ): Answer<boolean> {
    const query = new Origins(memory, state, role, stepOf, Infinity, false, 1, nowhere);
    query.visit(node, [], undefined);
    const is = query.found.length > 0;
    // What was met on a way that leads nowhere leads nowhere; the way to an object asks how it came there.
    if (!is && nowhere && !query.met.object)
      for (const key of query.visits < MOST_VISITS ? query.seen : [node.id]) nowhere.set(key, query.met);
    return { is, met: query.met };
  }

  static of(
    node: Node,
    memory: Memory,
    state: State,
    role: string,
    stepOf: (node: Node) => Step | undefined,
    limit = Infinity,
    withCaptured = false,
  ): Answer<readonly Origin[]> {
    const query = new Origins(memory, state, role, stepOf, limit, withCaptured, MOST_ORIGINS);
    query.visit(node, [], undefined);
    return { is: query.found, met: query.met };
  }

  private visit(node: Node, path: readonly string[], trail: Trail | undefined): void {
    if (this.found.length >= this.most || ++this.visits > MOST_VISITS) return;
    const key = path.length === 0 ? node.id : `${String(node.id)} ${path.join('.')}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const met = this.nowhere?.get(key);
    if (met) {
      this.met.include(met);
      return;
    }
    if (this.isClean(this.state.fact(node).clean) || this.isClean(node.clean)) return;
    const way = this.along(node, trail);
    const { role, number, out, asItCame } = this;
    if (node.kind === 'site' && node.name === GUESS) {
      this.met.made = true;
      if (asItCame) return;
    }
    for (const source of node.sources ?? []) {
      if (out && !mustStay(source.kind)) continue;
      if (isAnnounced(source.kind) !== (role === PASSWORD)) continue;
      if (source.clean && this.isClean(new Set(source.clean))) continue;
      if (number && source.hi !== undefined && source.hi <= this.limit) continue;
      if (source.kept) this.met.made = true;
      if (asItCame && source.kept) continue;
      if (path.length === 0 && node.name === RECORD) {
        this.met.record = true;
        if (role === PAGE) continue;
      }
      this.found.push({ source, steps: inOrder(way), pasted: isPasted(way) });
    }
    if (role === PASSWORD) {
      this.guessed(node, path, way);
      return;
    }
    if (!number && isPlainNumber(node)) return;
    if (isText(node, this.memory.c)) this.met.text = true;
    if (role === ADDRESS && this.addressed(node, path, way)) return;
    // A login that is given a password gives back none: what must stay inside goes on only where that is known.
    if (out && node.kind === 'site' && node.name === GUESS) return;
    const [a, b] = node.of;
    switch (node.kind) {
      case 'param':
        this.found.push({
          param: { index: node.param ?? 0, path },
          steps: inOrder(way),
          pasted: isPasted(way),
        });
        break;
      case 'shared':
        if (this.withCaptured && node.name !== undefined)
          this.found.push({ captured: node.name, steps: inOrder(way), pasted: isPasted(way) });
        break;
      case 'content':
      case 'field':
      case 'element':
      case 'cast':
        if (a) this.visit(a, inner(node, path), way);
        break;
      case 'address':
        if (node.object?.kind === 'object') this.met.object = true;
        if (!(takesObjects(role) && node.object?.kind === 'object' && !trail?.pasted)) this.inside(node, way);
        break;
      case 'phi':
        for (const { node: each, clean, checked, hi } of node.ways?.values() ?? []) {
          if (this.isClean(clean)) continue;
          if (number && checked && hi <= this.limit) continue;
          this.visit(each, path, way);
        }
        break;
      case 'binary':
        if (a && b) this.binary(node.name ?? '', a, b, way, number);
        break;
      case 'unary':
        if (a && node.name !== '!' && node.name !== 'typeof') this.visit(a, [], way);
        break;
      case 'pure':
        if (!number && ABOUT.has(node.name ?? '')) break;
        if (node.name === WORKED_OUT) break;
        // How far two pointers are apart lies within what they point into.
        if (node.name === 'sizeof' || node.name === 'distance') break;
        for (const each of node.of) this.visit(each, node.name === 'all' ? path : [], way);
        break;
      default:
        for (const each of node.of) this.visit(each, [], way);
    }
  }

  /** A value is as easy to guess as the hardest of its parts. */
  private guessed(node: Node, path: readonly string[], way: Trail | undefined): void {
    const parts = node.kind === 'element' ? node.of.slice(0, 1) : node.of;
    if (node.kind === 'param')
      this.found.push({ param: { index: node.param ?? 0, path }, steps: inOrder(way), pasted: false });
    else if (node.kind === 'phi')
      for (const { node: each, clean } of node.ways?.values() ?? []) {
        if (!this.isClean(clean)) this.visit(each, path, way);
      }
    else if (node.kind === 'address') this.inside(node, way);
    else if (node.name !== GUESS && Guess.all(parts, this.memory, this.state))
      for (const part of parts) this.visit(part, inner(node, path), way);
  }

  private isClean(clean: ReadonlySet<string> | undefined): boolean {
    this.met.clean(clean);
    return covers(clean, this.role);
  }

  private along(node: Node, after: Trail | undefined): Trail | undefined {
    const step = this.stepOf(node);
    const pasted = isPut(node, this.memory.c);
    const guessed = node.kind === 'site' && node.name === GUESS;
    if (!step && !pasted && !guessed) return after;
    return {
      step,
      after,
      pasted: pasted || after?.pasted === true,
      guessed: guessed || after?.guessed === true,
    };
  }

  /** Of an address only what says where it leads matters: behind a host that is fixed, all is a path. */
  private addressed(node: Node, path: readonly string[], way: Trail | undefined): boolean {
    const parts = textParts(node, this.memory.c);
    if (parts.length < 2 || parts.includes(node)) return false;
    let before = '';
    for (const each of parts) {
      if (each.kind === 'text') {
        before += String(each.value);
        if (LEADS_ON.test(before)) break;
        continue;
      }
      // A relative path, or what follows a host.
      if (before !== '' && !OPEN_HOST.test(before)) break;
      this.visit(each, path, way);
      before += 'x';
    }
    return true;
  }

  private binary(operator: string, a: Node, b: Node, way: Trail | undefined, number: boolean): void {
    if (DECIDED.test(operator)) return;
    if (!number) {
      if (ARITHMETIC.test(operator)) return;
      this.visit(a, [], way);
      if (!this.memory.c) this.visit(b, [], way);
      return;
    }
    for (const each of [a, b]) {
      const bound = upper(each, this.state);
      if (!bound.checked || bound.max > this.limit) this.visit(each, [], way);
    }
  }

  private inside(node: Node, way: Trail | undefined): void {
    const { object } = node;
    if (!object) return;
    this.visit(this.memory.contents(this.state, node), [], way);
  }
}

/** The text up to here fixes where an address leads; it still asks for the host. */
const LEADS_ON = /^[a-z+]+:\/\/[^/]+[/?#]|^[^:]*\//i;
const OPEN_HOST = /^[a-z+]+:\/\/[^/?#]*$/i;

/** The parts of a text that was put together, in order. Where a loop puts a text behind itself, that is one part. */
function textParts(node: Node, isC: boolean, depth = 6): readonly Node[] {
  return depth > 0 && isText(node, isC)
    ? texts(node).flatMap((each) => textParts(each, isC, depth - 1))
    : [node];
}

/** A text that was put together. */
function isText({ kind, name }: Node, isC: boolean): boolean {
  if (kind === 'pure') return name === 'join';
  return isC ? kind === 'site' && name === COPY : kind === 'binary' && name === '+';
}

/** A text that was put together of several: a copy of one is that one. */
function isPut(node: Node, isC: boolean): boolean {
  return isText(node, isC) && (node.kind !== 'site' || texts(node).length > 1);
}

/** What a text is made of, without the digits of numbers. */
function texts({ of }: Node): readonly Node[] {
  return of.filter(({ kind, name }) => kind !== 'pure' || name !== WORKED_OUT);
}

function isPasted(way: Trail | undefined): boolean {
  return way?.pasted === true && !way.guessed;
}

/** A number of more than a character: no text comes of it but digits. */
function isPlainNumber(node: Node): boolean {
  if (node.kind === 'number') return true;
  const integer = integerType(node.type);
  return integer !== undefined && integer.bits > 8;
}

/** What of the whole that a value is read from it is. */
function inner({ kind, name }: Node, path: readonly string[]): readonly string[] {
  if (kind === 'content') return deeper('*', path);
  if (kind === 'field') return deeper(name ?? '', path);
  if (kind === 'element') return deeper('[]', path);
  return kind === 'cast' ? path : [];
}

function deeper(part: string, path: readonly string[]): readonly string[] {
  // What is cut is the end: the whole is as tainted as its part.
  return [part, ...path].slice(0, LONGEST_PATH);
}

function inOrder(trail: Trail | undefined): Step[] {
  const steps: Step[] = [];
  for (let at = trail; at && steps.length < MOST_STEPS; at = at.after) {
    if (!at.step) continue;
    const last = steps.at(-1);
    if (last?.at.start !== at.step.at.start || last.at.end !== at.step.at.end) steps.push(at.step);
  }
  return steps;
}

/** Two origins with the same key are one. */
export function keyOf({ source, param }: Origin): string {
  const first = source?.steps[0]?.at;
  return source
    ? `${source.kind} ${first?.file ?? ''} ${String(first?.start ?? '')}`
    : `${String(param?.index)} ${param?.path.join('.') ?? ''}`;
}
