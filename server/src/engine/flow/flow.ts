/** P2 of flow: all functions of a product, callees before callers, until what they tell each other comes to rest. */
import type { FileId, Lang } from '../../../../rules/kit/index.js';
import { PASSWORD } from '../apis.js';
import type { Notice } from '../finding.js';
import type { Linker } from '../link/linker.js';
import { analyse } from './analyse.js';
import { Callers } from './callers.js';
import { components } from './callgraph.js';
import type { Arrival, Seen } from './events.js';
import { Exchange } from './exchange.js';
import { Frame } from './frame.js';
import { FlowIndex } from './index.js';
import { ProductWorld } from './product-world.js';
import { type Wanted, relate } from './relevance.js';
import { summaryOf } from './returns.js';
import { isAnnounced } from './roles.js';
import type { FunctionRef } from './summary.js';

/** A function is looked at again at most so often when what it asked for changes. */
const MOST_ROUNDS = 4;
/** Instructions of all functions of a product together; beyond it the rest is given up. */
const MOST_WORK = 4_000_000;

export interface FlowAnswers {
  readonly arrivals: readonly Arrival[];
  readonly seen: readonly Seen[];
}

export class FlowAnalysis {
  private readonly index: FlowIndex;
  private readonly exchange: Exchange;
  private readonly answers = new Map<number, FlowAnswers>();
  readonly notices: Notice[] = [];
  private readonly callers: Callers;
  private readonly announcing = new Map<Lang, boolean>();
  private work = 0;

  constructor(
    private readonly linker: Linker,
    private readonly asked: (lang: Lang) => Wanted | undefined,
  ) {
    const { product } = linker.resolver;
    this.index = new FlowIndex(product);
    this.callers = new Callers(this.index);
    this.exchange = new Exchange(product.api('ts'));
  }

  /** Runs to the end; yields between functions, so that a front can answer others. */
  *run(): Generator<void> {
    const order = this.order();
    for (const part of order) {
      for (const ref of part) yield* this.look(ref);
      // Who calls them waits until they have told each other all.
      yield* this.settle(part);
    }
    yield* this.settle(order.flat());
  }

  private *settle(refs: readonly FunctionRef[]): Generator<void> {
    const { stale } = this.exchange;
    for (let round = 1; round < MOST_ROUNDS; round++) {
      const again = refs.filter(({ index }) => stale.has(index));
      if (again.length === 0) return;
      for (const { index } of again) stale.delete(index);
      for (const ref of again) yield* this.look(ref);
    }
  }

  private *look(ref: FunctionRef): Generator<void> {
    this.exchange.stale.delete(ref.index);
    this.analyse(ref);
    yield;
  }

  /** Functions that call each other, in parts; callees before callers. */
  private order(): FunctionRef[][] {
    const { refs } = this.index;
    const { calls, relevant } = relate(this.index, (ref) => this.world(ref), this.wanted);
    this.callers.know(calls);
    return components(refs.length, (node) => calls[node] ?? []).map((part) =>
      part.flatMap((at) => (relevant.has(at) ? (refs[at] ?? []) : [])),
    );
  }

  /** What the rules ask for, without what this product gives no cause to follow. */
  private readonly wanted = (lang: Lang): Wanted | undefined => {
    const asked = this.asked(lang);
    if (!asked?.roles.has(PASSWORD) || this.announces(lang)) return asked;
    return { ...asked, roles: new Set([...asked.roles].filter((role) => role !== PASSWORD)) };
  };

  /** Whether the product asks anywhere for what its device tells everybody. */
  private announces(lang: Lang): boolean {
    let known = this.announcing.get(lang);
    if (known === undefined) {
      const { product } = this.linker.resolver;
      const names = new Set(
        [...product.api(lang).entries()].flatMap(([name, { source }]) =>
          Object.values(source ?? {}).some(isAnnounced) ? [lastOf(name)] : [],
        ),
      );
      known = [...product.files.values()].some(({ facts }) =>
        facts.functions.some(({ calls }) => calls.some((name) => names.has(lastOf(name)))),
      );
      this.announcing.set(lang, known);
    }
    return known;
  }

  private world(ref: FunctionRef): ProductWorld {
    const lang = this.linker.resolver.product.files.get(ref.file)?.facts.lang ?? 'c';
    const roles = this.wanted(lang)?.roles ?? new Set();
    return new ProductWorld(ref, this.index, this.linker, this.exchange, roles);
  }

  private analyse(ref: FunctionRef): void {
    const { func } = ref;
    const notice = (reason: string): void => {
      this.notices.push({
        file: ref.file,
        start: func.start,
        end: func.end,
        reason: `flow was not followed through ${func.name === '' ? 'a function' : func.name}: ${reason}`,
      });
    };
    if (func.given !== undefined) {
      if (!this.answers.has(ref.index)) notice(func.given);
      this.answers.set(ref.index, NOTHING);
      return;
    }
    if (func.blocks.length === 0) return;
    const world = this.world(ref);
    this.work += func.blocks.reduce((sum, { i }) => sum + i.length + 1, 0);
    if (this.work > MOST_WORK) {
      if (!this.answers.has(ref.index)) notice('the product is too large');
      this.answers.set(ref.index, NOTHING);
      return;
    }
    const frame = new Frame(world, ref);
    const verdict = outcome(frame);
    if (verdict !== 'done') {
      if (!this.answers.has(ref.index)) notice(verdict);
      this.answers.set(ref.index, NOTHING);
      return;
    }
    this.answers.set(ref.index, { arrivals: frame.arrivals, seen: frame.seen });
    this.callers.note(ref, frame.sinks.values(), frame.captures);
    this.exchange.publish(ref, summaryOf(frame));
  }

  /** All that was seen, by the file of its place; the same place and role once, by the first function in order. */
  results(): Map<FileId, FlowAnswers> {
    const byFile = new Map<FileId, { arrivals: Arrival[]; seen: Seen[] }>();
    const known = new Set<string>();
    const bucket = (file: FileId): { arrivals: Arrival[]; seen: Seen[] } => {
      const found = byFile.get(file) ?? { arrivals: [], seen: [] };
      byFile.set(file, found);
      return found;
    };
    const arrive = (arrival: Arrival): void => {
      const key = `${arrival.at.file} ${String(arrival.at.start)} ${arrival.role} ${arrival.source.kind}`;
      if (!known.has(key)) bucket(arrival.at.file).arrivals.push(arrival);
      known.add(key);
    };
    for (const [, { arrivals, seen }] of [...this.answers].sort(([a], [b]) => a - b)) {
      arrivals.forEach(arrive);
      for (const each of seen) {
        const key = `${each.at.file} ${String(each.at.start)}-${String(each.at.end)} ${each.event}`;
        if (!known.has(key)) bucket(each.at.file).seen.push(each);
        known.add(key);
      }
    }
    for (const arrival of this.callers.arrivals()) arrive(arrival);
    return byFile;
  }
}

/** `networkInterfaces` of `os.networkInterfaces`: however it was imported. */
function lastOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
}

/** The engine never throws: what fails is one function less. */
function outcome(frame: Frame): string {
  try {
    return analyse(frame);
  } catch (error) {
    return `it failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const NOTHING: FlowAnswers = { arrivals: [], seen: [] };
