/** Macros of the whole workspace that stand for attributes or for nothing: headers that define them lie anywhere. */
import type { FileId } from '../../../rules/kit/index.js';
import { Masks, concernsMasks } from '../engine/cfront/masks.js';
import type { Macro } from '../engine/scan/macros.js';

export class Attributes {
  private readonly byFile = new Map<FileId, readonly Macro[]>();
  /** How many definitions of a name look like an attribute, or speak of what we take for one. */
  private readonly candidates = new Map<string, number>();
  private known: Masks | undefined;
  private stale = true;

  /** `own` are names that a team wants to be masked. */
  constructor(private readonly own: readonly string[] = []) {}

  /** The definitions of one file as they are now; none when it is gone. */
  set(file: FileId, macros: readonly Macro[]): void {
    const former = this.byFile.get(file) ?? [];
    if (macros.length > 0) this.byFile.set(file, macros);
    else this.byFile.delete(file);
    this.count(macros, 1);
    if (!this.stale && !sameDefinitions(this.ofCandidates(former), this.ofCandidates(macros)))
      this.stale = true;
    this.count(former, -1);
  }

  /** The same object as before as long as nothing that matters came or went. */
  masks(): Masks {
    if (this.known && !this.stale) return this.known;
    const macros: Macro[] = [];
    for (const each of this.byFile.values())
      for (const macro of each) if (this.candidates.has(macro.name)) macros.push(macro);
    const masks = new Masks(macros, this.own);
    this.stale = false;
    if (!this.known || changedMasks(this.known, masks).size > 0) this.known = masks;
    return this.known;
  }

  private count(macros: readonly Macro[], by: number): void {
    for (const macro of macros) {
      if (!concernsMasks(macro)) continue;
      const count = (this.candidates.get(macro.name) ?? 0) + by;
      if (count > 0) this.candidates.set(macro.name, count);
      else this.candidates.delete(macro.name);
    }
  }

  private ofCandidates(macros: readonly Macro[]): Macro[] {
    return macros.filter(({ name }) => this.candidates.has(name));
  }
}

/** Names that only one of two masks, or each in another way. */
export function changedMasks(a: Masks, b: Masks): Set<string> {
  return new Set(
    [...a.learned.keys(), ...b.learned.keys()].filter((name) => a.learned.get(name) !== b.learned.get(name)),
  );
}

function sameDefinitions(a: readonly Macro[], b: readonly Macro[]): boolean {
  return (
    a.length === b.length &&
    a.every((macro, index) => {
      const other = b[index];
      return (
        other?.name === macro.name &&
        other.body === macro.body &&
        (other.params === undefined) === (macro.params === undefined)
      );
    })
  );
}
