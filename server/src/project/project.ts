/** One product in memory, from text to answers, kept true while its files change. */
import type { FileId, Framework, Option } from '../../../rules/kit/index.js';
import { forget } from '../engine/engine.js';
import type { Notice } from '../engine/finding.js';
import type { FileAnswers } from '../engine/findings.js';
import type { Answers, RawProblem } from '../engine/lint.js';
import { MacroTable } from '../engine/scan/macro-table.js';
import { NOTHING_SCANNED } from '../engine/scan/scan.js';
import { Build } from './built.js';
import type { FileKind } from './files.js';
import { Index, type Surroundings } from './index.js';
import { Links } from './link.js';
import { type Member, grammarOf, isHeader } from './member.js';
import type { Reading } from './readings.js';
import { type Scan, changedNames, scanFile } from './scan.js';
import { Versions } from './versions.js';

export interface ProductSettings extends Surroundings {
  /** Only some of its files are known: what is missing is not judged. */
  readonly partial: boolean;
  readonly frameworks: () => ReadonlySet<Framework>;
}

export interface Counts {
  readonly files: number;
  /** Sources without anything that a rule listens to. */
  readonly skipped: number;
  readonly functions: number;
  readonly functionsAnalysed: number;
  /** Headers of C++, and headers that no `.c` of the product includes: they are not linted. */
  readonly cpp: number;
  readonly notIncluded: number;
}

export class ProductProject {
  private readonly members = new Map<FileId, Member>();
  private readonly macros = new MacroTable((condition) => this.isBuilt(condition));
  private build: Build | undefined;
  private versions: Versions | undefined;
  private readonly index: Index;
  private readonly links: Links;
  /** The path that comes last, and whether one came since the last round that stands before it. */
  private greatest = '';
  private unsorted = false;

  constructor(
    readonly root: FileId,
    private readonly settings: ProductSettings,
  ) {
    this.links = new Links(this.members, this.macros, settings.rules, settings);
    this.index = new Index(this.members, this.macros, settings, (file) => {
      this.links.fileChanged(file);
    });
  }

  /** P0 for one file. Its text is kept until P1 has looked at it. */
  add(file: FileId, kind: FileKind, text: string): void {
    const former = this.members.get(file);
    const scan = scanFile(file, kind, text, this.settings.rules);
    const member: Member = {
      file,
      kind,
      scan,
      text,
      facts: undefined,
      comments: scan.comments,
      failure: undefined,
      asked: former?.asked ?? [],
      own: former?.own ?? false,
      called: former?.called ?? false,
      looked: false,
      memory: former?.memory,
      open: former?.open ?? false,
    };
    this.members.set(file, member);
    this.index.forgetImports();
    if (!former) {
      if (file < this.greatest) this.unsorted = true;
      else this.greatest = file;
    }
    if (former?.facts) this.links.fileChanged(file);
    this.rescan(member, former?.scan, scan);
  }

  remove(file: FileId): void {
    const member = this.members.get(file);
    if (!member) return;
    forget(member.memory);
    this.members.delete(file);
    this.index.forgetImports();
    this.links.fileChanged(file);
    this.rescan(member, member.scan, undefined);
  }

  /** What the text alone says of others has changed, if it has. */
  private rescan(member: Member, before: Scan | undefined, after: Scan | undefined): void {
    const { file } = member;
    this.links.optionsChanged();
    this.versions = undefined;
    if (isConfig(before) || isConfig(after)) this.buildChanged();
    if (grammarOf(member) !== 'c') return;
    const [old, now] = [before?.c ?? NOTHING_SCANNED, after?.c ?? NOTHING_SCANNED];
    const names = changedNames(before, after);
    const sees = !before || !after || old.includes.join('\n') !== now.includes.join('\n');
    if (names.size > 0 || sees) {
      if (before) this.macros.remove(file, old);
      if (after) this.macros.add(file, now);
    }
    if (names.size > 0) {
      this.settings.attributes.set(file, now.macros);
      this.index.forgetNames();
      this.links.namesChanged(names);
    }
    if (sees) {
      this.index.forgetIncludes();
      this.links.sightChanged();
    }
  }

  /** Other branches are built than before: names may mean something else everywhere. */
  private buildChanged(): void {
    this.build = undefined;
    this.macros.buildChanged();
    this.links.sightChanged();
  }

  /** Whether the product's config builds what stands under an `#if`. */
  isBuilt(condition: string): boolean | undefined {
    this.build ??= new Build(this.members.keys(), this.options());
    return this.build.isBuilt(condition);
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

  has(file: FileId): boolean {
    return this.members.has(file);
  }

  /** The text of a file, where it was kept. */
  text(file: FileId): string | undefined {
    return this.members.get(file)?.text;
  }

  /** What P1 has yet to look at; asked again until there is nothing. */
  async waiting(pause: () => Promise<void>): Promise<Reading[]> {
    this.takeIn();
    return this.index.waiting(pause);
  }

  /** P2 for what has no answers yet. */
  async link(pause: () => Promise<void>): Promise<void> {
    await this.links.link(pause);
    await this.keepTexts(pause);
  }

  /** Members stay in order of path however they came, since order decides which of two equals is named. */
  private takeIn(): void {
    if (this.unsorted) {
      const sorted = [...this.members].sort(([a], [b]) => (a < b ? -1 : 1));
      this.members.clear();
      for (const [file, member] of sorted) this.members.set(file, member);
    }
    this.unsorted = false;
  }

  /** Texts that a report speaks of are there; of the others only those that an editor has open. */
  private async keepTexts(pause: () => Promise<void>): Promise<void> {
    const spoken = new Set<FileId>();
    for (const member of this.members.values()) {
      const { file, comments, facts } = member;
      if (comments.length > 0 || (facts?.gaps.length ?? 0) > 0) spoken.add(file);
      filesOf(this.links.answers(file), spoken);
    }
    for (const whole of this.links.whole()) filesOf(whole, spoken);
    for (const member of this.members.values())
      if (!spoken.has(member.file)) {
        if (!member.open) member.text = undefined;
      } else if (member.text === undefined) {
        member.text = await this.settings.textOf(member.file);
        await pause();
      }
  }

  /** Answers by file, as far as they have been worked out. */
  results(): FileAnswers[] {
    const byFile = new Map<FileId, Answers>();
    for (const whole of this.links.whole().map((each) => this.standing(each))) {
      for (const problem of whole.problems) bucket(byFile, problem.at.file).problems.push(problem);
      for (const shown of whole.evidence) bucket(byFile, shown.at.file).evidence.push(shown);
      for (const notice of whole.notices) bucket(byFile, notice.file).notices.push(notice);
    }
    const results: FileAnswers[] = [];
    for (const { file, text, comments, facts } of this.members.values()) {
      const own = this.links.answers(file);
      const answers = [own && this.standing(own), byFile.get(file)].filter((each) => each !== undefined);
      if (answers.length === 0 && comments.length === 0 && !facts) continue;
      results.push({ file, text: text ?? '', answers, comments, facts });
    }
    return results;
  }

  /** Without what the product's config or the versions that it is built with make harmless. */
  private standing(answers: Answers): Answers {
    if (!answers.problems.some(({ problem }) => problem.unless ?? problem.unlessVersion)) return answers;
    return { ...answers, problems: answers.problems.flatMap((each) => this.judged(each)) };
  }

  private judged(each: RawProblem): RawProblem[] {
    const { problem, rule } = each;
    if (problem.unless?.some((symbol) => this.isBuilt(symbol) === true) === true) return [];
    if (!problem.unlessVersion) return [each];
    this.versions ??= new Versions(this.options());
    const verdict = this.versions.judge(problem.unlessVersion);
    if (verdict === 'gone') return [];
    return [{ ...each, problem: { ...problem, says: `${problem.says ?? rule.title}${verdict.says}` } }];
  }

  private options(): Option[] {
    return [...this.members.values()].flatMap(({ scan }) => scan.options);
  }

  /** Files that could not be read. */
  notices(): Notice[] {
    return [...this.members.values()].flatMap(({ file, failure }) =>
      failure === undefined ? [] : [{ file, start: 0, end: 0, reason: failure }],
    );
  }

  count(): Counts {
    const counts = { files: 0, skipped: 0, functions: 0, functionsAnalysed: 0, cpp: 0, notIncluded: 0 };
    for (const member of this.members.values()) {
      if (member.scan.cpp) {
        counts.cpp++;
        continue;
      }
      counts.files++;
      counts.functions += member.facts?.functionsSeen ?? 0;
      counts.functionsAnalysed += member.facts?.functionsAnalysed ?? 0;
      if (member.facts || member.failure !== undefined || !grammarOf(member)) continue;
      if (isHeader(member) && this.index.isUnused(member)) counts.notIncluded++;
      else counts.skipped++;
    }
    return counts;
  }
}

/** Whether it sets symbols that `#if`s ask for. */
function isConfig(scan: Scan | undefined): boolean {
  return scan?.options.some(({ name }) => name.startsWith('CONFIG_')) ?? false;
}

function filesOf(answers: Answers | undefined, files: Set<FileId>): void {
  for (const { problem, at } of answers?.problems ?? []) {
    files.add(at.file);
    for (const step of problem.path ?? []) files.add(step.at.file);
    for (const fix of problem.fixes ?? []) for (const edit of fix.edits) files.add(edit.at.file);
  }
  for (const { at } of [...(answers?.evidence ?? []), ...(answers?.gathered ?? [])]) files.add(at.file);
  for (const { file, end } of answers?.notices ?? []) if (end > 0) files.add(file);
}

function bucket(map: Map<FileId, Answers>, file: FileId): Answers {
  let found = map.get(file);
  if (!found) {
    found = { problems: [], evidence: [], notices: [], gathered: [] };
    map.set(file, found);
  }
  return found;
}
