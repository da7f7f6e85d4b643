/** The macros of a product by name, and which of them a file means. */
import type { FileId } from '../../../../rules/kit/index.js';
import { OutlineTable } from './outline-table.js';
import { Includes } from './includes.js';
import { type Macro, sameBody } from './macros.js';
import { isOnlyItsArgument, passesTo } from './macro-values.js';
import type { Scanned } from './scan.js';
import { type Candidate, chosen } from './visible.js';

/** Whether the product builds what stands under a condition; undefined where its own config does not decide. */
export type IsBuilt = (condition: string) => boolean | undefined;

export interface FoundMacro extends Candidate {
  readonly macro: Macro;
}

type Meanings = Map<string, Map<FileId, FoundMacro | undefined>>;

export class MacroTable {
  readonly includes = new Includes();
  /** Enumerators, constants and struct layouts. */
  readonly outlines: OutlineTable;
  private readonly byName = new Map<string, FoundMacro[]>();
  /** Names of macros and types by the name they pass on: aliases are found without a walk over all of them. */
  private readonly byTarget = new Map<string, Set<string>>();
  /** What was found by name, then by the file that asked: of macros without and of those with arguments. */
  private readonly plain: Meanings = new Map();
  private readonly withArguments: Meanings = new Map();

  /** Told of every name that a file asks for, known or not. */
  asked: (name: string, from: FileId) => void = () => undefined;

  constructor(readonly isBuilt: IsBuilt = () => undefined) {
    this.outlines = new OutlineTable(this.includes, isBuilt, (name, from) => {
      this.asked(name, from);
    });
  }

  /** Definitions stay in order of path, whichever came first. */
  add(file: FileId, { macros, includes, outline }: Scanned): void {
    this.includes.add(file, includes);
    this.outlines.add(file, outline);
    this.forgetMeanings();
    for (const macro of macros) {
      const found: FoundMacro = {
        file,
        macro,
        ...(macro.condition !== undefined && { condition: macro.condition }),
        ...(macro.fallback && { fallback: true }),
      };
      const known = this.byName.get(macro.name);
      if (known) known.splice(known.findLastIndex((each) => each.file <= file) + 1, 0, found);
      else this.byName.set(macro.name, [found]);
      const target = passesTo(macro);
      if (target !== undefined) this.renames(target, macro.name);
    }
    for (const { name, type, pointer, dims } of outline.typedefs)
      if (!pointer && dims.length === 0) this.renames(type, name);
  }

  private renames(target: string, name: string): void {
    const names = this.byTarget.get(target);
    if (names) names.add(name);
    else this.byTarget.set(target, new Set([name]));
  }

  remove(file: FileId, { macros }: Scanned): void {
    this.includes.remove(file);
    this.outlines.remove(file);
    this.forgetMeanings();
    for (const macro of macros) {
      const { name } = macro;
      const kept = this.byName.get(name)?.filter((each) => each.file !== file) ?? [];
      if (kept.length > 0) this.byName.set(name, kept);
      else this.byName.delete(name);
      const target = passesTo(macro);
      if (target !== undefined && !kept.some((each) => passesTo(each.macro) === target))
        this.byTarget.get(target)?.delete(name);
    }
  }

  /** The product builds other branches than before. */
  buildChanged(): void {
    this.forgetMeanings();
  }

  /** Every definition, in no order that means something. */
  *all(): Iterable<Macro> {
    for (const same of this.byName.values()) for (const { macro } of same) yield macro;
  }

  /**
   * What an object-like macro stands for, seen from a file: its own definition first, then those it includes, then
   * those of the nearest folder. Several different bodies there mean unknown.
   */
  meaning(name: string, from: FileId): FoundMacro | undefined {
    return this.find(this.plain, name, from, ({ macro }) => macro.params === undefined && macro.body !== '');
  }

  /** The same for a macro that takes arguments. */
  applied(name: string, from: FileId): FoundMacro | undefined {
    return this.find(this.withArguments, name, from, ({ macro }) => macro.params !== undefined);
  }

  private find(
    meanings: Meanings,
    name: string,
    from: FileId,
    fits: (found: FoundMacro) => boolean,
  ): FoundMacro | undefined {
    this.asked(name, from);
    const all = this.byName.get(name);
    if (!all) return undefined;
    const known = meanings.get(name) ?? new Map<FileId, FoundMacro | undefined>();
    meanings.set(name, known);
    if (known.has(from)) return known.get(from);
    const same = (a: FoundMacro, b: FoundMacro): boolean => sameBody(a.macro, b.macro);
    const meaning = chosen(all.filter(fits), from, this, same);
    known.set(from, meaning);
    return meaning;
  }

  private forgetMeanings(): void {
    this.plain.clear();
    this.withArguments.clear();
  }

  /** Those of some names that are macros which do nothing but evaluate what they are given. */
  onlyPassing(names: ReadonlySet<string>): Set<string> {
    const all = (name: string): readonly FoundMacro[] => this.byName.get(name) ?? [];
    return new Set(
      [...names].filter(
        (name) => all(name).length > 0 && all(name).every(({ macro }) => isOnlyItsArgument(macro)),
      ),
    );
  }

  /** Other names for these, also through each other: `#define SYSTEM system`, `typedef esp_tls_cfg_t tls_t`. */
  aliasesOf(names: ReadonlySet<string>): Set<string> {
    const aliases = new Set<string>();
    const queue = [...names];
    for (let name = queue.pop(); name !== undefined; name = queue.pop())
      for (const alias of this.byTarget.get(name) ?? [])
        if (!aliases.has(alias) && !names.has(alias)) {
          aliases.add(alias);
          queue.push(alias);
        }
    return aliases;
  }
}
