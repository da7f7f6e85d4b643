/** The one service under every front: files in, findings, evidence, fixes and reports out. */
import type { FileId, Heading, Rule, Severity } from '../../rules/kit/index.js';
import { catalogue } from '../../rules/index.js';
import { Engine } from './engine/engine.js';
import { type FileAnswers, findingsOf } from './engine/findings.js';
import type { Evidence, Finding, Notice } from './engine/finding.js';
import type { GatheredItem } from './engine/harvest.js';
import { RuleSet } from './engine/rule-set.js';
import { byCodeUnits } from './engine/order.js';
import { grammarsOf } from './grammars.js';
import type { Host } from './host/host.js';
import { labelsOf } from './labels.js';
import { chosenRules } from './project/chosen.js';
import { type Config, Configs, isOn, type RuleSetName } from './project/config.js';
import type { Encoding } from './project/decode.js';
import { type FileKind, type Found, folderOf, kindOf, materialOf, reaches, walk } from './project/files.js';
import { CONFIG_FILE, ConfigError } from './project/jsonc.js';
import { ownTables } from './project/own-apis.js';
import { Products } from './project/products.js';
import type { ProductProject } from './project/project.js';
import { type FileText, Texts, isLeftOut } from './project/texts.js';
import { Workspace } from './project/workspace.js';
import { type Report, buildReport } from './report/model.js';
import { apisOf, shippedApis } from './tables.js';
import { declaredAt } from './declared.js';
import { buildChecklist } from './checklist/checklist.js';
import type { Declarations, Refusal, SaidInFile } from './checklist/declarations.js';
import type { Profile } from './checklist/features.js';
import type { Checklist } from './checklist/model.js';
import type { Scope, SessionSettings } from './session-settings.js';

export type { Scope, SessionSettings } from './session-settings.js';

interface Known {
  readonly product: ProductProject;
  readonly kind: FileKind;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

/** Files that are fetched at a time: a disk and a client answer several as fast as one. */
const READ_AHEAD = 32;

export class Session {
  private readonly engine: Engine;
  private ruleSet: RuleSet;
  private configs = new Configs();
  private apis = shippedApis();
  private products = new Products([], this.configs);
  private workspace: Workspace;
  private readonly known = new Map<FileId, Known>();
  private readonly texts: Texts;
  private notices: Notice[] = [];
  private otherFiles: Record<string, number> = {};
  private partial = false;
  /** Findings in these only, in a partial run. */
  private asked: ReadonlySet<FileId> | undefined;
  /** What the scope names: read even where nothing leads to it. */
  private named: ReadonlySet<FileId> = new Set();

  constructor(
    private readonly host: Host,
    private readonly settings: SessionSettings,
  ) {
    this.texts = new Texts(host);
    this.engine = new Engine(settings.grammars ?? grammarsOf(host));
    this.ruleSet = this.chosenRules();
    this.workspace = this.emptyWorkspace();
  }

  private chosenRules(): RuleSet {
    const { rules, ruleSet, harvest } = this.settings;
    return new RuleSet(chosenRules(catalogue.rules, this.configs, ruleSet, rules), this.apis, harvest);
  }

  /** Reads what the scope names. Throws `ConfigError`; all else that goes wrong becomes a notice. */
  async load(scope: Scope): Promise<void> {
    this.notices = [];
    this.otherFiles = {};
    this.configs = new Configs();
    this.workspace.dispose();
    this.known.clear();
    this.partial = 'files' in scope;
    this.asked = 'files' in scope ? new Set(scope.files) : undefined;
    this.named = new Set('files' in scope ? scope.files : scope.whole);
    await this.loadRootConfig();
    const exists = (file: FileId): Promise<boolean> => this.texts.isFile(file);
    this.apis = apisOf(await ownTables(this.host, this.configs, catalogue.rules, exists));
    const ignored = this.configs.root.ignore ?? [];
    const found: Found[] = [];
    if ('whole' in scope)
      for (const folder of scope.whole) {
        const kind = kindOf(folder);
        if (kind !== undefined && (await this.texts.isFile(folder))) {
          found.push({ file: folder, kind });
          continue;
        }
        const walked = await walk(this.host, folder, { vendored: this.settings.vendored ?? false, ignored });
        found.push(...walked.found);
        this.notices.push(...walked.notices);
      }
    else found.push(...(await this.texts.closure(scope.files)));
    for (const { file, kind } of found)
      if (kind === 'config' && folderOf(file) !== '') await this.configs.load(this.host, file);
    this.ruleSet = this.chosenRules();
    this.products = new Products(
      found.map((each) => each.file),
      this.configs,
    );
    this.workspace = this.emptyWorkspace();
    for (let from = 0; from < found.length; from += READ_AHEAD) {
      const some = found.slice(from, from + READ_AHEAD);
      const texts = await Promise.all(some.map(({ file, kind }) => this.textOf(file, kind)));
      some.forEach(({ file, kind }, index) => {
        this.take(file, kind, texts[index]);
      });
    }
  }

  private async loadRootConfig(): Promise<void> {
    const file = this.settings.config ?? CONFIG_FILE;
    if (await this.texts.isFile(file)) await this.configs.load(this.host, file, true);
    else if (this.settings.config !== undefined)
      throw new ConfigError(file, 0, `${file}: the config does not exist`);
  }

  private take(file: FileId, kind: FileKind, text: FileText | undefined): void {
    if (kind === 'cpp') this.otherFiles['C++'] = (this.otherFiles['C++'] ?? 0) + 1;
    if (!text) return;
    if (isLeftOut(kind, text.text)) {
      this.notices.push({ file, start: 0, end: 0, reason: 'it is minified: what it was made from is read' });
      return;
    }
    const product = this.workspace.product(this.products.of(file));
    this.known.set(file, { product, kind, encoding: text.encoding, bom: text.bom });
    product.add(file, kind, text.text);
  }

  /** Undefined for what is not read as text, and, with a notice, for what cannot be read. */
  private async textOf(file: FileId, kind: FileKind): Promise<FileText | undefined> {
    if (typeof kind !== 'object') return undefined;
    const read = await this.texts.read(file);
    if (typeof read !== 'string') return read;
    this.notices.push({ file, start: 0, end: 0, reason: read });
    return undefined;
  }

  private emptyWorkspace(): Workspace {
    const { jobs = 1, prefilter = true, worthThreads } = this.settings;
    return new Workspace(this.engine, this.host, this.texts, {
      rules: this.ruleSet,
      products: this.products,
      partial: this.partial,
      named: this.named,
      prefilter,
      jobs,
      macros: this.configs.root.macros ?? [],
      ...(worthThreads !== undefined && { worthThreads }),
    });
  }

  /** Text of an open editor or of stdin: it stands for the file until `close`. */
  open(file: FileId, text: string): void {
    this.texts.overlays.set(file, text);
    const kind = kindOf(file);
    if (typeof kind !== 'object') return;
    const known = this.known.get(file);
    if (isLeftOut(kind, text)) {
      this.forget(file);
      return;
    }
    const product = known?.product ?? this.workspace.product(this.products.of(file));
    if (!known) this.known.set(file, { product, kind, encoding: 'utf-8', bom: false });
    if (product.text(file) !== text) product.add(file, kind, text);
    product.setOpen(file, true);
  }

  /** The editor let go of the file: what is on disk holds again. Answers as `refresh` does. */
  async close(file: FileId): Promise<boolean> {
    this.texts.overlays.delete(file);
    this.known.get(file)?.product.setOpen(file, false);
    return this.refresh(file);
  }

  /** A file changed, appeared or went away on disk. Answers true when configs or products may have changed with it. */
  async refresh(file: FileId): Promise<boolean> {
    if (this.texts.overlays.has(file)) return false;
    const kind = kindOf(file);
    if (kind === 'config' || kind === 'apis') return true;
    if (typeof kind !== 'object') return false;
    this.notices = this.notices.filter((notice) => notice.file !== file);
    const known = this.known.get(file);
    const exists = await this.texts.isFile(file);
    // A manifest makes its folder a product: what lies below belongs to another one when it comes or goes.
    if ('manifest' in kind && exists !== (known !== undefined)) return true;
    if (!exists) this.forget(file);
    else {
      const text = await this.textOf(file, kind);
      if (!text || isLeftOut(kind, text.text)) this.forget(file);
      if (text && known?.product.text(file) !== text.text) this.take(file, kind, text);
    }
    return false;
  }

  private forget(file: FileId): void {
    this.known.get(file)?.product.remove(file);
    this.known.delete(file);
  }

  /** Whether a run over the whole root reads the path, were it on disk: an editor also shows what a walk leaves out. */
  async covers(path: FileId, kind: 'file' | 'folder' = 'file'): Promise<boolean> {
    if (this.known.has(path)) return true;
    if (kind === 'file' && kindOf(path) === undefined) return false;
    return reaches(this.host, path, kind, {
      vendored: this.settings.vendored ?? false,
      ignored: this.configs.root.ignore ?? [],
    });
  }

  files(): FileId[] {
    return [...this.known.keys()];
  }

  knows(file: FileId): boolean {
    return this.known.has(file);
  }

  /** Frees what the garbage collector does not. The session must not be used afterwards. */
  dispose(): void {
    this.workspace.dispose();
    this.known.clear();
  }

  /** Works out everything that is not yet known. `pause` is awaited between files: a front may answer others there. */
  async settle(pause: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.workspace.settle(pause);
  }

  /** Findings of all files, suppressed ones marked, in order of file and place. Call `settle` first. */
  outcome(): { findings: Finding[]; evidence: Evidence[]; notices: Notice[] } {
    const findings: Finding[] = [];
    const evidence: Evidence[] = [];
    const notices = [...this.notices];
    for (const project of this.workspace.all()) {
      notices.push(...project.notices());
      for (const result of project.results()) {
        if (this.asked && !this.asked.has(result.file)) continue;
        const product = project.root === '' ? '.' : project.root;
        findings.push(...this.findingsOf(result, product));
        for (const answers of result.answers) {
          for (const { rule, at, shows, provision } of answers.evidence)
            if (this.configs.isHeard(rule, at.file))
              evidence.push({ rule: rule.id, provision, at, product, shows });
          notices.push(...answers.notices);
        }
        for (const gap of result.facts?.gaps ?? []) notices.push({ file: result.file, ...gap });
      }
    }
    const order = (a: { at: { file: string; start: number }; rule: string }, b: typeof a): number =>
      byCodeUnits(a.at.file, b.at.file) || a.at.start - b.at.start || byCodeUnits(a.rule, b.rule);
    findings.sort(order);
    evidence.sort((a, b) => order(a, b) || byCodeUnits(a.shows, b.shows));
    notices.sort(
      (a, b) => byCodeUnits(a.file, b.file) || a.start - b.start || byCodeUnits(a.reason, b.reason),
    );
    return { findings, evidence, notices };
  }

  /** Calls of product code that the settings have gathered, in no order. Call `settle` first. */
  gathered(): GatheredItem[] {
    const results = [...this.workspace.all()].flatMap((project) => project.results());
    const items = results.flatMap(({ answers }) => answers.flatMap((each) => each.gathered));
    return items.filter(({ at }) => materialOf(at.file) === 'product');
  }

  /** Another look at the same files, as open editors have them, worked out. Whoever asks disposes it. */
  async again(settings: Partial<SessionSettings>): Promise<Session> {
    const other = new Session(this.host, { ...this.settings, ...settings });
    await other.load(this.partial ? { files: [...this.named] } : { whole: [...this.named] });
    for (const [file, text] of this.texts.overlays) if (this.known.has(file)) other.open(file, text);
    await other.settle();
    return other;
  }

  private findingsOf(result: FileAnswers, product: string): Finding[] {
    return findingsOf(result, {
      product,
      material: materialOf(result.file),
      today: this.settings.today,
      strict: this.ruleSetName === 'strict',
      judgesSuppressions: this.settings.rules === undefined,
      severity: (rule) => this.severity(rule, result.file),
      isBuilt: (condition) => this.known.get(result.file)?.product.isBuilt(condition),
      currentId: (id) => catalogue.rules.find((rule) => rule.id === id || rule.formerly?.includes(id))?.id,
      ran: (id) => this.ran(id, result.file),
    });
  }

  private severity(rule: Rule, file: FileId): Severity | 'off' {
    const level = this.configs.severity(rule, file, this.settings.ruleSet);
    return level === 'off' && this.settings.rules ? rule.severity : level;
  }

  private ran(id: string, file: FileId): boolean {
    const rule = this.ruleSet.byId.get(id);
    return (
      rule !== undefined &&
      this.severity(rule, file) !== 'off' &&
      !(this.partial && rule.any?.product !== undefined)
    );
  }

  /** Rules that are on at the root. */
  rulesOn(): Rule[] {
    return this.ruleSet.rules.filter(
      (rule) => this.settings.rules !== undefined || isOn(rule, this.ruleSetName),
    );
  }

  text(file: FileId): string | undefined {
    return this.known.get(file)?.product.text(file);
  }

  encoding(file: FileId): { encoding: Encoding; bom: boolean } {
    return this.known.get(file) ?? { encoding: 'utf-8', bom: false };
  }

  get ruleSetName(): RuleSetName {
    return this.settings.ruleSet ?? this.configs.root.ruleSet ?? 'default';
  }

  /** Headings of which the root's config has a default rule off. */
  loosened(): ReadonlySet<Heading | 0> {
    const off = this.ruleSet.rules.filter(
      (rule) => rule.in === undefined && this.configs.severity(rule, '', this.settings.ruleSet) === 'off',
    );
    return new Set(off.map(({ heading }) => heading));
  }

  /** The root's `skarp.json` as it was read. */
  get configText(): string | undefined {
    return this.configs.rootText;
  }

  /** What the root's `skarp.json` says, with all that it extends. */
  get config(): Config {
    return this.configs.root;
  }

  get edition(): string {
    return this.configs.root.edition ?? 'v3.1.1';
  }

  /** What the config says of the product at the root. */
  get profile(): Profile {
    return this.configs.productAt('.');
  }

  /** The checklist of a product, `.` for all that was read. Call `settle` first. */
  checklist(product = '.', report = this.report(), edition = this.edition, said?: Declarations): Checklist {
    return buildChecklist({
      report,
      standard: catalogue.standard,
      rulesOn: this.rulesOn(),
      edition,
      product,
      profile: this.configs.productAt(product),
      today: this.settings.today,
      ...(said && { declarations: said }),
    });
  }

  /** What the maker declares of the product at the root, as it stands now; none where there is no file. */
  declared(): Promise<SaidInFile | Refusal> {
    return declaredAt(this.texts);
  }

  report(outcome = this.outcome()): Report {
    const { files, skipped, functions, functionsAnalysed, cpp, notIncluded } = this.workspace.count();
    const otherFiles = { ...this.otherFiles };
    if (cpp > 0) otherFiles['C++'] = (otherFiles['C++'] ?? 0) + cpp;
    return buildReport({
      version: this.settings.version,
      rules: this.rulesOn().length,
      scope: this.partial ? 'partial' : 'whole',
      ...outcome,
      counts: {
        files,
        filesSkipped: skipped,
        functions,
        functionsAnalysed,
        ...(notIncluded > 0 && { headersNotIncluded: notIncluded }),
        ...(Object.keys(otherFiles).length > 0 && { otherFiles }),
      },
      text: (file) => this.text(file),
      labels: labelsOf,
    });
  }
}
