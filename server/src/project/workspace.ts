/** All products of a run, and what they share: what rules listen to, attributes, threads. */
import type { FileId } from '../../../rules/kit/index.js';
import type { Engine } from '../engine/engine.js';
import type { RuleSet } from '../engine/rule-set.js';
import type { Host } from '../host/host.js';
import { Attributes } from './attributes.js';
import { baseInterests } from './interests.js';
import type { Products } from './products.js';
import { type Counts, ProductProject } from './project.js';
import { type Reading, Readings } from './readings.js';
import type { Texts } from './texts.js';

export interface WorkspaceSettings {
  readonly rules: RuleSet;
  readonly products: Products;
  readonly prefilter: boolean;
  readonly partial: boolean;
  /** What the scope names: read even where nothing leads to it. */
  readonly named: ReadonlySet<FileId>;
  readonly jobs: number;
  /** Names that C is read without, from the config. */
  readonly macros: readonly string[];
  /** Characters of source that are worth threads; for tests, whose trees are small. */
  readonly worthThreads?: number;
}

export class Workspace {
  private readonly projects = new Map<FileId, ProductProject>();
  private readonly attributes: Attributes;
  private readonly interests: ReturnType<typeof baseInterests>;
  private readonly readings: Readings;

  constructor(
    engine: Engine,
    host: Host,
    private readonly texts: Texts,
    private readonly settings: WorkspaceSettings,
  ) {
    this.attributes = new Attributes(settings.macros);
    this.interests = baseInterests(settings.rules);
    this.readings = new Readings(engine, host, this.interests, settings);
  }

  /** The product with that root folder. */
  product(root: FileId): ProductProject {
    let project = this.projects.get(root);
    if (!project) {
      const { rules, products, prefilter, partial, named } = this.settings;
      project = new ProductProject(root, {
        rules,
        interests: this.interests,
        attributes: this.attributes,
        prefilter,
        partial,
        frameworks: () => products.frameworks(root),
        isNamed: (file) => named.has(file),
        textOf: async (file) => {
          const read = await this.texts.read(file);
          return typeof read === 'string' ? undefined : read.text;
        },
      });
      this.projects.set(root, project);
    }
    return project;
  }

  all(): Iterable<ProductProject> {
    return this.projects.values();
  }

  /** P1 and P2 for all that is not known yet. What an interruption by `pause` left over is done the next time. */
  async settle(pause: () => Promise<void>): Promise<void> {
    for (;;) {
      const waiting: Reading[] = [];
      for (const project of this.all()) for (const each of await project.waiting(pause)) waiting.push(each);
      if (waiting.length === 0) break;
      await this.readings.all(waiting, this.attributes.masks(), pause);
    }
    await this.readings.close();
    for (const project of this.all()) await project.link(pause);
  }

  count(): Counts {
    const sum = { files: 0, skipped: 0, functions: 0, functionsAnalysed: 0, cpp: 0, notIncluded: 0 };
    for (const project of this.all()) {
      const counts = project.count();
      for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
    }
    return sum;
  }

  /** Frees what the garbage collector does not. */
  dispose(): void {
    for (const project of this.all()) project.dispose();
    this.projects.clear();
    void this.readings.close();
  }
}
