/** P1 of one product: which of its files are read, for what, and read again when something they depend on changed. */
import type { FileId, Lang } from '../../../rules/kit/index.js';
import type { Masks } from '../engine/cfront/masks.js';
import { forget } from '../engine/engine.js';
import type { Interest } from '../engine/facts/interest.js';
import { moduleCandidates } from '../engine/link/product.js';
import { mentioned } from '../engine/prefilter.js';
import type { RuleSet } from '../engine/rule-set.js';
import { MissingNames } from '../engine/flow/missing.js';
import type { MacroTable } from '../engine/scan/macro-table.js';
import { type Attributes, changedMasks } from './attributes.js';
import { reachedFrom } from './headers.js';
import { type Listening, changedExtras, listening, onlyOf, wordsOf } from './interests.js';
import { type Member, grammarOf, isHeader } from './member.js';
import type { Outcome, Prepared, Reading } from './readings.js';
import { isTooDeep } from './text-facts.js';

/** What P1 asks of the world around a product. */
export interface Surroundings {
  readonly rules: RuleSet;
  /** What the rules alone listen to. */
  readonly interests: Readonly<Record<Lang, Interest>>;
  readonly attributes: Attributes;
  readonly prefilter: boolean;
  /** Files that are read whether or not something includes them. */
  isNamed(file: FileId): boolean;
  /** The text of a file that was not kept. */
  textOf(file: FileId): Promise<string | undefined>;
}

export class Index {
  private listenings: Record<Lang, Listening> | undefined;
  private namesStale = false;
  /** Words and masks that C files were last looked at with. */
  private lookedWith: { readonly c: Listening; readonly masks: Masks } | undefined;
  /** Headers that some `.c` includes. */
  private reached: ReadonlySet<FileId> = new Set();
  private includesStale = true;
  /** Who takes what from whom was not followed since facts came or went. */
  private importsStale = true;
  private callsStale = true;

  constructor(
    private readonly members: ReadonlyMap<FileId, Member>,
    private readonly macros: MacroTable,
    private readonly around: Surroundings,
    /** The facts of a file are other ones. */
    private readonly changed: (file: FileId) => void,
  ) {}

  /** A name for something that rules listen to may have come or gone. */
  forgetNames(): void {
    this.namesStale = true;
  }

  /** An `#include` or a file came or went. */
  forgetIncludes(): void {
    this.includesStale = true;
  }

  /** A file came or went: imports may lead elsewhere. */
  forgetImports(): void {
    this.importsStale = this.callsStale = true;
  }

  /** A header that no `.c` of the product includes: it gives names to others and is not read itself. */
  isUnused(member: Member): boolean {
    return isHeader(member) && !this.isReached(member);
  }

  /** What is to be looked at now. Empty when everything has been; each round may make another one necessary. */
  async waiting(pause: () => Promise<void>): Promise<Reading[]> {
    await this.lookAgain(pause);
    const readings: Reading[] = [];
    for (const member of this.members.values()) {
      const grammar = grammarOf(member);
      if (member.looked || !grammar) continue;
      if (member.text !== undefined && !this.isWorthReading(member, member.text)) this.skip(member);
      else readings.push(this.reading(member));
      await pause();
    }
    if (readings.length > 0) return readings;
    const imported = this.followImports();
    return imported.length > 0 ? imported : this.followCalls();
  }

  private listening(lang: Lang): Listening {
    if (!this.listenings || this.namesStale) {
      const { rules, interests } = this.around;
      const named = rules.interest('c', (names) => this.macros.aliasesOf(names));
      const own = { ...named, passing: this.macros.onlyPassing(named.checking) };
      const c = listening(rules, interests.c, own, 'c');
      const ts = this.listenings?.ts ?? listening(rules, interests.ts, interests.ts, 'ts');
      const known = this.listenings?.c;
      // The same object while it says the same: what was read for it stays read.
      this.listenings = { c: known && changedExtras(known.extras, c.extras).size === 0 ? known : c, ts };
      this.namesStale = false;
    }
    return this.listenings[lang];
  }

  private isReached({ file }: Member): boolean {
    return this.reached.has(file) || this.around.isNamed(file);
  }

  private reach(): ReadonlySet<FileId> {
    const c = [...this.members.values()].filter((each) => grammarOf(each) === 'c');
    const roots = c.filter((each) => !isHeader(each) || this.around.isNamed(each.file));
    return reachedFrom(
      roots.map(({ file }) => file),
      c.filter(isHeader).map(({ file }) => file),
      (file) => this.members.get(file)?.scan.c.includes ?? [],
    );
  }

  private isWorthReading(member: Member, text: string): boolean {
    if (isHeader(member) && (member.scan.cpp || !this.isReached(member))) return false;
    member.own =
      !this.around.prefilter || this.listening(grammarOf(member) === 'c' ? 'c' : 'ts').prefilter.passes(text);
    return member.own || member.asked.length > 0 || member.called;
  }

  /** Files whose facts or whose being skipped hang on what changed since they were looked at. */
  private async lookAgain(pause: () => Promise<void>): Promise<void> {
    if (this.includesStale) {
      const before = this.reached;
      this.reached = this.reach();
      this.includesStale = false;
      for (const member of this.members.values())
        if (before.has(member.file) !== this.reached.has(member.file)) member.looked = false;
    }
    const c = this.listening('c');
    const masks = this.around.attributes.masks();
    const former = this.lookedWith;
    if (former && (former.c !== c || former.masks !== masks)) {
      const words = changedExtras(former.c.extras, c.extras);
      const masked = changedMasks(former.masks, masks);
      if (words.size > 0 || masked.size > 0) await this.lookAgainFor(words, masked, pause);
    }
    this.lookedWith = { c, masks };
  }

  private async lookAgainFor(
    words: ReadonlySet<string>,
    masked: ReadonlySet<string>,
    pause: () => Promise<void>,
  ): Promise<void> {
    for (const member of this.members.values()) {
      if (!member.looked || grammarOf(member) !== 'c') continue;
      // Masks matter to what is parsed only.
      const which = member.facts ? new Set([...words, ...masked]) : words;
      if (which.size === 0) continue;
      const text = member.text ?? (await this.around.textOf(member.file));
      if (text === undefined || mentioned(text, which).length > 0) member.looked = false;
      await pause();
    }
  }

  private reading(member: Member): Reading {
    const grammar = grammarOf(member) ?? 'c';
    return {
      grammar,
      size: member.text?.length ?? 0,
      prepare: () => this.prepare(member),
      done: (outcome) => {
        this.take(member, outcome);
      },
    };
  }

  private async prepare(member: Member): Promise<Prepared | undefined> {
    const text = member.text ?? (await this.around.textOf(member.file));
    // Another version came while the text was fetched: that one is asked for.
    if (this.members.get(member.file) !== member) return undefined;
    if (text === undefined) this.take(member, { failure: 'it could not be read a second time' });
    else if (!this.isWorthReading(member, text)) this.skip(member);
    else if (isTooDeep(text)) this.take(member, { failure: 'its brackets are nested too deep to be read' });
    if (text === undefined || member.looked) return undefined;
    const { interest, extras } = this.listening(grammarOf(member) === 'c' ? 'c' : 'ts');
    const own =
      Object.keys(extras).length === 0 ? extras : onlyOf(extras, new Set(mentioned(text, wordsOf(extras))));
    const { asked, open: keep, memory: former } = member;
    member.memory = undefined;
    return { text, interest, extras: own, asked, keep, former };
  }

  private take(member: Member, outcome: Outcome): void {
    const { facts, memory, failure } = {
      facts: undefined,
      memory: undefined,
      failure: undefined,
      ...outcome,
    };
    // It may have changed, closed or gone while it was read.
    const stays = this.members.get(member.file) === member && member.open;
    if (!stays) forget(memory);
    forget(member.memory);
    member.looked = true;
    member.failure = failure;
    member.facts = facts;
    member.comments = facts?.suppressions ?? [];
    member.memory = stays ? memory : undefined;
    if (!member.open) member.text = undefined;
    if (this.members.get(member.file) !== member) return;
    this.importsStale = this.callsStale = true;
    this.changed(member.file);
  }

  private skip(member: Member): void {
    const had = member.facts !== undefined || member.failure !== undefined;
    member.looked = true;
    member.facts = member.failure = undefined;
    member.comments = [];
    forget(member.memory);
    member.memory = undefined;
    if (!member.open) member.text = undefined;
    if (!had) return;
    this.importsStale = this.callsStale = true;
    this.changed(member.file);
  }

  /** Files that others take names from are read for these names, also where no listener's word occurs in them. */
  private followImports(): Reading[] {
    if (!this.importsStale) return [];
    this.importsStale = false;
    const asked = this.askedNames();
    const readings: Reading[] = [];
    for (const member of this.members.values()) {
      const names = [...(asked.get(member) ?? [])].sort();
      if (names.join('\n') === member.asked.join('\n')) continue;
      member.asked = names;
      member.looked = false;
      readings.push(this.reading(member));
    }
    return readings;
  }

  /** Counted anew from the files that are read for their own sake: two that only ask each other are asked by nobody. */
  private askedNames(): Map<Member, Set<string>> {
    const asked = new Map<Member, Set<string>>();
    const queue = [...this.members.values()].filter(({ own, facts }) => own && facts !== undefined);
    const followed = new Set(queue);
    const ask = (from: FileId, specifier: string, name: string): void => {
      const target = moduleCandidates(from, specifier)
        .map((path) => this.members.get(path))
        .find((each) => each);
      if (!target || !grammarOf(target)) return;
      const names = asked.get(target);
      if (names) names.add(name);
      else asked.set(target, new Set([name]));
      if (followed.has(target)) return;
      followed.add(target);
      queue.push(target);
    };
    for (let member = queue.pop(); member; member = queue.pop()) {
      const { file, facts } = member;
      for (const { module, imported } of facts?.imports ?? []) ask(file, module, imported);
      for (const { from, local } of facts?.exports ?? []) if (from !== undefined) ask(file, from, local);
      for (const { module, name } of facts?.required ?? []) ask(file, module, name);
    }
    return asked;
  }

  /** C files that define what flow passes through are read too, though no listener's word occurs in them. */
  private followCalls(): Reading[] {
    if (!this.callsStale || !this.around.prefilter || !this.listening('c').interest.flow) return [];
    this.callsStale = false;
    const called = this.calledFiles();
    const readings: Reading[] = [];
    for (const member of this.members.values()) {
      const { called: before } = member;
      member.called = called.has(member);
      if (before === member.called || member.own || member.asked.length > 0) continue;
      member.looked = false;
      readings.push(this.reading(member));
    }
    return readings;
  }

  /** Counted anew from the files that are read for their own sake, as asked names are. */
  private calledFiles(): Set<Member> {
    const missing = new MissingNames();
    const called = new Set<Member>();
    const isOwn = ({ own, asked }: Member): boolean => own || asked.length > 0;
    const c = [...this.members.values()].filter((each) => grammarOf(each) === 'c');
    let fresh = c.filter((member) => member.facts && isOwn(member));
    let left = Math.max(
      LEAST_FOLLOWED,
      fresh.reduce((sum, { scan }) => sum + scan.size, 0),
    );
    for (let round = 0; round < MOST_ROUNDS && fresh.length > 0; round++) {
      for (const { facts } of fresh) missing.add(facts?.flow ?? []);
      fresh = [];
      for (const member of c) {
        const { scan } = member;
        if (isOwn(member) || called.has(member) || scan.cpp || scan.size > left) continue;
        if ((isHeader(member) && scan.size > LARGEST_HEADER) || !missing.areIn(scan.defines)) continue;
        left -= scan.size;
        called.add(member);
        if (member.facts) fresh.push(member);
      }
    }
    return called;
  }
}

/** As much is read for what it defines as was read for what it says, but at least this, in characters. */
const LEAST_FOLLOWED = 2_000_000;
/** A larger header describes registers, not messages. */
const LARGEST_HEADER = 100_000;
/** Files that are read because of files that were read because of others, and so on. */
const MOST_ROUNDS = 6;
