/** `skarp.json`: schema, reading, and which one holds for a file. The shipped JSON schema is generated from here. */
import picomatch from 'picomatch';
import { z } from 'zod';
import type { FileId, Rule, Severity } from '../../../rules/kit/index.js';
import type { Host } from '../host/host.js';
import data from '../../../rules/standard/features.json' with { type: 'json' };
import { folderOf, join, reasonOf } from './files.js';
import { ConfigError, checked, parseJsonc } from './jsonc.js';

const severity = z.enum(['off', 'info', 'warning', 'error']);
const rules = z.record(z.string(), severity);

const most = z.number('say a number').int('say a whole number').nonnegative('say 0 or more').optional();
const level = z
  .number('say a number from 0 to 3')
  .min(0, 'maturity begins at 0')
  .max(3, 'maturity ends at 3');

const apisFile = z.string().regex(/\.apis\.json$/, 'a file of API tables ends in .apis.json');

/** What a product may have: a yes or no for each feature that provisions depend on. */
function featureShape(): Record<string, z.ZodOptional<z.ZodBoolean>> {
  return Object.fromEntries(
    data.features.map(({ key, question }) => [
      key,
      z.boolean('say true or false').optional().describe(question),
    ]),
  );
}

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Other configs, relative to this file; this one wins.'),
  name: z
    .string()
    .regex(/^(?=\S)\P{Cc}{1,100}$/u, 'write the name on one line, in at most 100 characters')
    .optional()
    .describe(
      'What customers call the product, for reports. Without it reports have the name of its folder.',
    ),
  product: z
    .strictObject(featureShape())
    .optional()
    .describe('What the device is. Makes this folder the root of a product.'),
  ruleSet: z.enum(['default', 'strict', 'audit']).optional().describe('Which rules are on.'),
  edition: z
    .enum(['v1.1.1', 'v2.1.1', 'v3.1.1'])
    .optional()
    .describe('Edition of TS 103 645 whose labels are shown.'),
  rules: rules.optional().describe('Severity by rule id.'),
  headings: z
    .record(z.string().regex(/^([1-9]|1[0-3])$/), severity)
    .optional()
    .describe('Severity by heading, 1 to 13.'),
  overrides: z
    .array(z.strictObject({ files: z.union([z.string(), z.array(z.string())]), rules }))
    .optional()
    .describe('Severities for some files only.'),
  macros: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/, 'a macro is named without its arguments'))
    .optional()
    .describe('Macros that C is read without: they stand for an attribute, or for nothing.'),
  apis: z
    .union([apisFile, z.array(apisFile)])
    .optional()
    .describe('Your own API tables, relative to this file; `skarp.apis.json` at the root is read by itself.'),
  gate: z
    .strictObject({
      errors: most.describe("Most errors in the product's own code that nobody has accepted with a reason."),
      openMandatory: most.describe('Most mandatory provisions that are open, violated or contradicted.'),
      maturity: z
        .union([level, z.record(z.string().regex(/^([1-9]|1[0-3])$/), level)])
        .optional()
        .describe('Least maturity, 0 to 3, of every heading or by heading.'),
      expiredReviews: most.describe('Most declarations whose day of review has passed.'),
    })
    .optional()
    .describe(
      "The team's own policy: `skarp check --gate` and `skarp assess --gate` answer with their exit status.",
    ),
  ignore: z.array(z.string()).optional().describe('Paths that are not read, in the form of .gitignore.'),
});

export type Config = z.infer<typeof configSchema>;
export type RuleSetName = NonNullable<Config['ruleSet']>;
export type Edition = NonNullable<Config['edition']>;

/** Throws `ConfigError`. */
export function parseConfig(file: FileId, text: string): Config {
  return checked(configSchema, parseJsonc(file, text) ?? {}, file, text);
}

interface Loaded {
  readonly folder: FileId;
  readonly own: Config;
  /** Own and extended configs, the weakest first. */
  readonly chain: readonly Config[];
}

/** All configs of a run. The nearest one decides a file's rules; the root's decides everything else. */
export class Configs {
  private readonly byFolder = new Map<FileId, Loaded>();
  private lastText = '';
  /** The root's config as it was read, for edits of it. */
  rootText: string | undefined;

  /** Throws `ConfigError`. */
  async load(host: Host, file: FileId, root = false): Promise<void> {
    const chain = await this.chain(host, file, []);
    const own = chain.at(-1);
    if (root) this.rootText = this.lastText;
    if (own) this.byFolder.set(root ? '' : folderOf(file), { folder: folderOf(file), own, chain });
  }

  private async chain(host: Host, file: FileId, seen: readonly FileId[]): Promise<Config[]> {
    if (seen.includes(file))
      throw new ConfigError(file, 0, `${file}: extends leads back to itself; remove one link`);
    let text: string;
    try {
      text = new TextDecoder().decode(await host.read(file));
    } catch (error) {
      throw new ConfigError(file, 0, `${file}: ${reasonOf(error)}`);
    }
    if (seen.length === 0) this.lastText = text;
    const config = parseConfig(file, text);
    const apis = [config.apis ?? []].flat().map((each) => resolveFrom(folderOf(file), each));
    const bases = typeof config.extends === 'string' ? [config.extends] : (config.extends ?? []);
    const below: Config[] = [];
    for (const base of bases)
      below.push(...(await this.chain(host, resolveFrom(folderOf(file), base), [...seen, file])));
    return [...below, { ...config, ...(apis.length > 0 && { apis }) }];
  }

  folders(): readonly FileId[] {
    return [...this.byFolder.keys()];
  }

  get root(): Config {
    const loaded = this.byFolder.get('');
    return Object.assign({}, ...(loaded?.chain ?? [])) as Config;
  }

  /** What the config of a folder, `.` for the root, says that the product is. */
  productAt(folder: FileId): NonNullable<Config['product']> {
    const { chain = [] } = this.byFolder.get(folder === '.' ? '' : folder) ?? {};
    return Object.assign({}, ...chain.map(({ product }) => product)) as NonNullable<Config['product']>;
  }

  /** Files of API tables that the root's config and those it extends name, from the root of the run. */
  get apis(): readonly FileId[] {
    return (this.byFolder.get('')?.chain ?? []).flatMap(({ apis }) => apis ?? []);
  }

  isProduct(folder: FileId): boolean {
    return this.byFolder.get(folder)?.own.product !== undefined;
  }

  /** Severity of a rule in a file, `off` included. `ruleSet` of the command line wins over the config's. */
  severity(rule: Rule, file: FileId, ruleSet: RuleSetName | undefined): Severity | 'off' {
    return this.said(rule, file) ?? (this.isOnBySet(rule, ruleSet) ? rule.severity : 'off');
  }

  /** Whether what a rule shows of controls counts in a file: unless it is off there in so many words. */
  isHeard(rule: Rule, file: FileId): boolean {
    return this.said(rule, file) !== 'off';
  }

  private isOnBySet(rule: Rule, ruleSet: RuleSetName | undefined): boolean {
    return isOn(rule, ruleSet ?? this.root.ruleSet ?? 'default');
  }

  /** What the configs around a file say of a rule, the nearest last. */
  private said(rule: Rule, file: FileId): Severity | 'off' | undefined {
    const loaded = this.nearest(file);
    const chain = loaded?.chain ?? [];
    let level: Severity | 'off' | undefined;
    for (const config of chain) {
      level = config.headings?.[String(rule.heading)] ?? level;
      level = named(config.rules, rule) ?? level;
      for (const override of config.overrides ?? []) {
        const below = loaded && loaded.folder !== '' ? file.slice(loaded.folder.length + 1) : file;
        if (picomatch.isMatch(below, [override.files].flat(), { dot: true }))
          level = named(override.rules, rule) ?? level;
      }
    }
    return level;
  }

  /** Whether any config of the run has a rule on for any file. */
  mayBeOn(rule: Rule, ruleSet: RuleSetName | undefined): boolean {
    if (this.isOnBySet(rule, ruleSet)) return true;
    const isRaised = (level: Severity | 'off' | undefined): boolean => level !== undefined && level !== 'off';
    return [...this.byFolder.values()].some(({ chain }) =>
      chain.some(
        ({ rules, headings, overrides }) =>
          isRaised(headings?.[String(rule.heading)]) ||
          isRaised(named(rules, rule)) ||
          (overrides ?? []).some((override) => isRaised(named(override.rules, rule))),
      ),
    );
  }

  private nearest(file: FileId): Loaded | undefined {
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      const loaded = this.byFolder.get(folder);
      if (loaded) return loaded;
      if (folder === '') return undefined;
    }
  }
}

function named(severities: Config['rules'], rule: Rule): Severity | 'off' | undefined {
  if (!severities) return undefined;
  for (const id of [rule.id, ...(rule.formerly ?? [])])
    if (severities[id] !== undefined) return severities[id];
  return undefined;
}

/** `strict` holds the default rules and its own; `audit` holds all. */
export function isOn(rule: Rule, ruleSet: RuleSetName): boolean {
  return rule.in === undefined || ruleSet === 'audit' || (ruleSet === 'strict' && rule.in === 'strict');
}

function resolveFrom(folder: FileId, path: string): FileId {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  const [first = '', ...rest] = parts;
  return rest.reduce(join, first);
}
