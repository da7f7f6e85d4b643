/** The files of a run in memory, from text to findings, kept true while they change. */
import type { FileId, Option } from '../../../rules/kit/index.js';
import { Masks } from '../engine/cfront/masks.js';
import { type Engine, type Memory, forget } from '../engine/engine.js';
import type { Notice } from '../engine/finding.js';
import type { FileAnswers } from '../engine/findings.js';
import type { Interest } from '../engine/facts/interest.js';
import type { CommentFact, FileFacts } from '../engine/facts/model.js';
import type { Grammar } from '../engine/grammars.js';
import { Prefilter } from '../engine/prefilter.js';
import { type Answers, Linter } from '../engine/lint.js';
import { Product, moduleCandidates } from '../engine/link/product.js';
import { MissingNames } from '../engine/flow/missing.js';
import type { RuleSet } from '../engine/rule-set.js';
import { MacroTable } from '../engine/scan/macro-table.js';
import { type Scanned, sameMeaning, scanC } from '../engine/scan/scan.js';
import { Build } from './built.js';
import type { FileKind } from './files.js';
import { manifestOf } from './manifests/index.js';
import type { Products } from './products.js';
import { defines, isCpp, isTooDeep, lineComments } from './text-facts.js';

/** One file as a product knows it. */
interface Member {
  readonly file: FileId;
  readonly kind: FileKind;
  /** Dropped for files that no listener's word occurs in. */
  text: string | undefined;
  /** Of a C file: what its text alone tells. */
  scanned: Scanned | undefined;
  options: readonly Option[];
  comments: readonly CommentFact[];
  facts: FileFacts | undefined;
  /** Why it has no facts although it should. */
  failure: string | undefined;
  asked: readonly string[];
  /** Looked at by `index`; without facts after that, no listener's word occurs in it. */
  indexed: boolean;
  /** Kept only while the file is open in an editor. */
  memory: Memory | undefined;
  open: boolean;
  answers: Answers | undefined;
}

export type FileResult = FileAnswers;

/** One product: P0, P1 and P2 over its files. */
export class ProductProject {
  private readonly members = new Map<FileId, Member>();
  private readonly macros = new MacroTable((condition) => this.isBuilt(condition));
  private interests: Record<'c' | 'ts', Interest> | undefined;
  private prefilters: Record<'c' | 'ts', Prefilter> | undefined;
  private known: Masks | undefined;
  /** A `#define` came or went: what is masked may have changed. */
  private stale = false;
  private linter: Linter | undefined;
  private whole: Answers | undefined;
  private build: Build | undefined;
  /** What flow gave, and the analysis while it is under way. */
  private flow: Answers | undefined;
  private flowing: Generator<void, Answers> | undefined;
  /** Files whose imports have not been followed since their facts were read. */
  private readonly unfollowed = new Set<Member>();
  /** The path that comes last, and what files that came since the last `index` have upset. */
  private greatest = '';
  private unsorted = false;
  private arrivals = false;
  /** A changed file may give names another meaning in any other: all answers are asked again. Cheap beside reading. */
  private relink = false;
  /** Words and masks that C files were indexed for: a macro that is a new name for one of them changes what must be read. */
  private indexedFor: { readonly interest: Interest; readonly masks: Masks } | undefined;

  constructor(
    readonly root: FileId,
    private readonly engine: Engine,
    private readonly rules: RuleSet,
    private readonly products: Products,
    private readonly settings: {
      readonly prefilter: boolean;
      readonly partial: boolean;
      /** Names that C is read without, from the config. */
      readonly macros: readonly string[];
    },
  ) {}

  /** P0 for one file. Its text is kept until `index` has decided whether it is worth a parse. */
  add(file: FileId, kind: FileKind, text: string): void {
    const former = this.members.get(file);
    const member: Member = {
      file,
      kind,
      text,
      scanned: undefined,
      options: [],
      comments: [],
      facts: undefined,
      failure: undefined,
      asked: former?.asked ?? [],
      indexed: false,
      memory: former?.memory,
      open: former?.open ?? false,
      answers: undefined,
    };
    this.members.set(file, member);
    if (former) this.unfollowed.delete(former);
    else {
      if (file < this.greatest) this.unsorted = true;
      else this.greatest = file;
      this.arrivals = true;
    }
    if (former?.facts) this.relink = true;
    if (typeof kind === 'object' && 'source' in kind) {
      if (kind.source === 'c') {
        const scanned = scanC(text);
        member.scanned = scanned;
        if (former?.scanned) this.macros.remove(file, former.scanned);
        this.macros.add(file, scanned);
        if (!former?.scanned || !sameMeaning(former.scanned, scanned)) this.forgetLinks();
        member.options = defines(file, scanned.macros, this.rules);
      }
    } else if (typeof kind === 'object') {
      member.options = manifestOf(file)?.parse?.(file, text) ?? [];
      member.comments = lineComments(text);
    }
    this.whole = this.build = undefined;
  }

  remove(file: FileId): void {
    const member = this.members.get(file);
    if (!member) return;
    forget(member.memory);
    this.members.delete(file);
    this.unfollowed.delete(member);
    if (member.scanned) this.macros.remove(file, member.scanned);
    this.build = undefined;
    this.forgetLinks();
  }

  /** Frees what the garbage collector does not. */
  dispose(): void {
    for (const member of this.members.values()) forget(member.memory);
    this.members.clear();
  }

  setOpen(file: FileId, open: boolean): void {
    const member = this.members.get(file);
    if (!member) return;
    member.open = open;
    if (!open) {
      forget(member.memory);
      member.memory = undefined;
    }
  }

  text(file: FileId): string | undefined {
    return this.members.get(file)?.text;
  }

  /** Whether the product's config builds what stands under an `#if`. */
  isBuilt(condition: string): boolean | undefined {
    return this.currentBuild().isBuilt(condition);
  }

  private forgetLinks(): void {
    this.interests = undefined;
    this.prefilters = undefined;
    this.relink = true;
    this.stale = true;
  }

  /** What C must be read without: attributes, and macros of the product that stand for one or for nothing. */
  private masks(): Masks {
    if (!this.known || this.stale) {
      const masks = new Masks(this.macros.all(), this.settings.macros);
      this.stale = false;
      if (masks.key === this.known?.key) return this.known;
      this.known = masks;
    }
    return this.known;
  }

  private interest(lang: 'c' | 'ts'): { interest: Interest; prefilter: Prefilter } {
    if (!this.interests || !this.prefilters) {
      const aliases = (names: ReadonlySet<string>): ReadonlySet<string> => this.macros.aliasesOf(names);
      this.interests = {
        c: this.rules.interest('c', aliases),
        ts: this.rules.interest('ts', () => new Set()),
      };
      this.prefilters = {
        c: new Prefilter(this.rules.words(this.interests.c, 'c')),
        ts: new Prefilter(this.rules.words(this.interests.ts, 'ts')),
      };
    }
    return { interest: this.interests[lang], prefilter: this.prefilters[lang] };
  }

  /** P1 for what has no facts yet. Yields to the event loop now and then. */
  async index(pause: () => Promise<void>): Promise<void> {
    this.takeIn();
    this.readAgainForNewNames();
    for (const member of this.members.values()) {
      if (member.indexed || member.text === undefined) continue;
      if (typeof member.kind !== 'object' || !('source' in member.kind)) continue;
      const { source: grammar } = member.kind;
      const { prefilter } = this.interest(grammar === 'c' ? 'c' : 'ts');
      const wanted = !this.settings.prefilter || member.asked.length > 0 || prefilter.passes(member.text);
      if (wanted && !(grammar === 'c' && member.file.endsWith('.h') && isCpp(member.text))) {
        await this.read(member, grammar);
        await pause();
      }
      member.indexed = true;
    }
    await this.followImports(pause);
    if (this.settings.prefilter) await this.followCalls(pause);
  }

  /** C files that define what flow passes through are read too, though no listener's word occurs in them. */
  private async followCalls(pause: () => Promise<void>): Promise<void> {
    if (!this.interest('c').interest.flow) return;
    const missing = new MissingNames();
    let fresh = [...this.members.values()].filter(({ facts }) => facts?.lang === 'c');
    for (let round = 0; round < MOST_ROUNDS && fresh.length > 0; round++) {
      for (const { facts } of fresh) missing.add(facts?.flow ?? []);
      fresh = [];
      for (const member of this.members.values()) {
        const { kind, facts, failure, text, file } = member;
        if (facts || failure !== undefined || text === undefined || !isC(kind)) continue;
        const isHeader = file.endsWith('.h');
        if (!missing.definedIn(text, isHeader) || (isHeader && isCpp(text))) continue;
        await this.read(member, 'c');
        fresh.push(member);
        await pause();
      }
    }
  }

  /** Members stay in order of path however they came, since order decides which of two equals is named. */
  private takeIn(): void {
    if (this.unsorted) {
      const sorted = [...this.members].sort(([a], [b]) => (a < b ? -1 : 1));
      this.members.clear();
      for (const [file, member] of sorted) this.members.set(file, member);
    }
    // An import that led nowhere may lead to a file that came.
    if (this.arrivals)
      for (const member of this.members.values()) if (member.facts) this.unfollowed.add(member);
    this.unsorted = this.arrivals = false;
  }

  private readAgainForNewNames(): void {
    const { interest } = this.interest('c');
    const former = this.indexedFor;
    this.indexedFor = { interest, masks: this.masks() };
    if (
      !former ||
      (sameNames(former.interest.calls, interest.calls) &&
        sameNames(former.interest.types, interest.types) &&
        former.masks === this.known)
    )
      return;
    for (const member of this.members.values()) {
      if (typeof member.kind !== 'object' || !('source' in member.kind) || member.kind.source !== 'c')
        continue;
      member.indexed = false;
      member.facts = undefined;
      member.comments = [];
    }
    this.relink = true;
  }

  private async read(member: Member, grammar: Grammar): Promise<void> {
    const { interest } = this.interest(grammar === 'c' ? 'c' : 'ts');
    member.indexed = true;
    member.failure = undefined;
    if (isTooDeep(member.text ?? '')) {
      member.failure = 'its brackets are nested too deep to be read';
      return;
    }
    const reading = {
      grammar,
      text: member.text ?? '',
      interest,
      masks: this.masks(),
      asked: member.asked,
    };
    try {
      const { facts, memory } = await this.engine.read(reading, member.memory);
      member.facts = facts;
      member.comments = facts.suppressions;
      member.memory = memory;
    } catch (error) {
      member.facts = member.memory = undefined;
      member.failure = `reading it failed: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (!member.open) {
      forget(member.memory);
      member.memory = undefined;
    }
    this.unfollowed.add(member);
    this.relink = true;
  }

  /** Files that others take names from are read for these names, also where no listener's word occurs in them. */
  private async followImports(pause: () => Promise<void>): Promise<void> {
    while (this.unfollowed.size > 0) {
      const asked = new Map<Member, Set<string>>();
      const ask = (from: FileId, specifier: string, name: string): void => {
        const target = moduleCandidates(from, specifier)
          .map((path) => this.members.get(path))
          .find((each) => each);
        if (!target || target.asked.includes(name) || target.text === undefined) return;
        const names = asked.get(target);
        if (names) names.add(name);
        else asked.set(target, new Set([name]));
      };
      const sources = [...this.unfollowed];
      for (const { file, facts } of sources) {
        for (const { module, imported } of facts?.imports ?? []) ask(file, module, imported);
        for (const { from, local } of facts?.exports ?? []) if (from !== undefined) ask(file, from, local);
        for (const { module, name } of facts?.required ?? []) ask(file, module, name);
      }
      this.unfollowed.clear();
      try {
        for (const [member, names] of asked) {
          member.asked = [...member.asked, ...names].sort();
          if (typeof member.kind === 'object' && 'source' in member.kind)
            await this.read(member, member.kind.source);
          await pause();
        }
      } catch (interruption) {
        for (const source of sources) this.unfollowed.add(source);
        throw interruption;
      }
    }
  }

  /** P2 for what has no answers yet; gives the files that have something to say. */
  async link(pause: () => Promise<void>): Promise<void> {
    if (this.relink) {
      this.linter = this.whole = undefined;
      this.flow = this.flowing = undefined;
      for (const member of this.members.values()) member.answers = undefined;
      this.relink = false;
    }
    const linter = this.currentLinter();
    for (const member of this.members.values()) {
      if (!member.facts || member.answers) continue;
      member.answers = linter.file({ file: member.file, facts: member.facts });
      await pause();
    }
    this.flowing ??= linter.flow();
    for (let count = 1; !this.flow; count++) {
      const next = this.flowing.next();
      if (next.done) this.flow = next.value;
      else if (count % FUNCTIONS_AT_A_TIME === 0) await pause();
    }
    if (!this.whole) {
      const options = [...this.members.values()].flatMap((member) => member.options);
      this.whole = this.settings.partial
        ? linter.options(options)
        : linter.whole(options, this.products.frameworks(this.root));
    }
  }

  private currentLinter(): Linter {
    if (!this.linter) {
      const files = new Map<FileId, { file: FileId; facts: FileFacts }>();
      for (const { file, facts } of this.members.values()) if (facts) files.set(file, { file, facts });
      this.linter = new Linter(new Product(files, this.macros, this.rules.apis), this.rules);
    }
    return this.linter;
  }

  private currentBuild(): Build {
    return (this.build ??= new Build(
      this.members.keys(),
      [...this.members.values()].flatMap((member) => member.options),
    ));
  }

  /** Answers by file, as far as they have been worked out. */
  results(): FileResult[] {
    const byFile = new Map<FileId, Answers>();
    const build = this.currentBuild();
    for (const whole of [this.whole, this.flow]) {
      if (!whole) continue;
      for (const each of whole.problems)
        if (!each.problem.unless?.some((name) => build.isOn(name)))
          bucket(byFile, each.at.file).problems.push(each);
      for (const shown of whole.evidence) bucket(byFile, shown.at.file).evidence.push(shown);
      for (const notice of whole.notices) bucket(byFile, notice.file).notices.push(notice);
    }
    const results: FileResult[] = [];
    for (const member of this.members.values()) {
      const own = byFile.get(member.file);
      const answers = [...(member.answers ? [member.answers] : []), ...(own ? [own] : [])];
      if (
        member.text === undefined ||
        (answers.length === 0 && member.comments.length === 0 && !member.facts)
      )
        continue;
      results.push({
        file: member.file,
        text: member.text,
        answers,
        comments: member.comments,
        facts: member.facts,
      });
    }
    return results;
  }

  count(): { files: number; skipped: number; notices: Notice[] } {
    let files = 0;
    let skipped = 0;
    const notices: Notice[] = [];
    for (const member of this.members.values()) {
      files++;
      if (member.failure !== undefined)
        notices.push({ file: member.file, start: 0, end: 0, reason: member.failure });
      if (!member.facts && typeof member.kind === 'object' && 'source' in member.kind) skipped++;
    }
    return { files, skipped, notices };
  }
}

function isC(kind: FileKind): boolean {
  return typeof kind === 'object' && 'source' in kind && kind.source === 'c';
}

/** Files that are read because of files that were read because of others, and so on. */
const MOST_ROUNDS = 6;

/** Functions whose flow is followed between two pauses. */
const FUNCTIONS_AT_A_TIME = 20;

function bucket(map: Map<FileId, Answers>, file: FileId): Answers {
  let found = map.get(file);
  if (!found) {
    found = { problems: [], evidence: [], notices: [] };
    map.set(file, found);
  }
  return found;
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
