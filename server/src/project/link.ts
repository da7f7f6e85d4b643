/** P2 of one product: answers to everything that was indexed, asked again only where a change can matter. */
import type { FileId, Framework, Option } from '../../../rules/kit/index.js';
import { type Answers, Linter, type NeededCall } from '../engine/lint.js';
import { type LinkedFile, Product } from '../engine/link/product.js';
import { Traces } from '../engine/link/traces.js';
import type { RuleSet } from '../engine/rule-set.js';
import type { MacroTable } from '../engine/scan/macro-table.js';
import { type Member, grammarOf } from './member.js';

/** Functions whose flow is followed between two pauses. */
const FUNCTIONS_AT_A_TIME = 20;

interface Told {
  readonly answers: Answers;
  readonly needed: readonly NeededCall[];
}

export class Links {
  private readonly told = new Map<FileId, Told>();
  private readonly traces = new Traces();
  private linter: Linter | undefined;
  private files: ReadonlyMap<FileId, LinkedFile> = new Map();
  private wholeAnswers: Answers | undefined;
  /** What flow gave, and its analysis while it is under way. */
  private flow: Answers | undefined;
  private flowing: Generator<void, Answers> | undefined;
  /** What changed since the last linking. */
  private readonly changedFiles = new Set<FileId>();
  private readonly changedNames = new Set<string>();
  private everyC = false;

  constructor(
    private readonly members: ReadonlyMap<FileId, Member>,
    private readonly macros: MacroTable,
    private readonly rules: RuleSet,
    private readonly settings: {
      readonly partial: boolean;
      readonly frameworks: () => ReadonlySet<Framework>;
    },
  ) {}

  fileChanged(file: FileId): void {
    this.changedFiles.add(file);
    this.linter = undefined;
  }

  namesChanged(names: Iterable<string>): void {
    for (const name of names) this.changedNames.add(name);
    this.linter = undefined;
  }

  /** What decides which of several definitions a C file sees has changed. */
  sightChanged(): void {
    this.everyC = true;
    this.linter = undefined;
  }

  /** Lines of config are read anew each time. */
  optionsChanged(): void {
    this.wholeAnswers = undefined;
  }

  /** An interruption by `pause` loses no answer. */
  async link(pause: () => Promise<void>): Promise<void> {
    const linter = this.linter ?? this.begin();
    for (const [file, linked] of this.files) {
      if (this.told.has(file)) continue;
      this.told.set(file, { answers: linter.file(linked), needed: this.needed(linter, linked) });
      await pause();
    }
    this.flowing ??= linter.flow();
    for (let count = 1; !this.flow; count++) {
      const next = this.flowing.next();
      if (next.done) this.flow = next.value;
      else if (count % FUNCTIONS_AT_A_TIME === 0) await pause();
    }
    this.wholeAnswers ??= this.settings.partial
      ? linter.options(this.options())
      : linter.whole(
          this.options(),
          this.settings.frameworks(),
          ({ file }) => this.told.get(file)?.needed ?? [],
        );
  }

  /** Answers about one file's own facts. */
  answers(file: FileId): Answers | undefined {
    return this.told.get(file)?.answers;
  }

  /** Answers about the product as a whole; they may speak of any of its files. */
  whole(): Answers[] {
    return [this.wholeAnswers, this.flow].filter((each) => each !== undefined);
  }

  private begin(): Linter {
    for (const file of this.traces.reach(this.changedFiles, this.changedNames)) this.told.delete(file);
    if (this.everyC)
      for (const member of this.members.values())
        if (grammarOf(member) === 'c') this.told.delete(member.file);
    this.changedFiles.clear();
    this.changedNames.clear();
    this.everyC = false;
    const files = new Map<FileId, LinkedFile>();
    for (const { file, facts } of this.members.values()) if (facts) files.set(file, { file, facts });
    this.files = files;
    this.wholeAnswers = this.flow = this.flowing = undefined;
    this.linter = new Linter(new Product(files, this.macros, this.rules.apis, this.traces), this.rules);
    return this.linter;
  }

  private needed(linter: Linter, linked: LinkedFile): readonly NeededCall[] {
    return this.settings.partial ? [] : linter.needed(linked);
  }

  private options(): Option[] {
    return [...this.members.values()].flatMap(({ scan }) => scan.options);
  }
}
