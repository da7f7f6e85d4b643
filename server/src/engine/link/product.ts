/** The files of one product as linking sees them, and the names that lead from one file to another. */
import type { FileId, Lang } from '../../../../rules/kit/index.js';
import type { Apis } from '../apis.js';
import type { FileFacts, VariableFact } from '../facts/model.js';
import type { MacroTable } from '../scan/macro-table.js';
import { Traces } from './traces.js';

export interface LinkedFile {
  readonly file: FileId;
  readonly facts: FileFacts;
}

export class Product {
  private readonly variables = new WeakMap<FileFacts, Map<string, VariableFact[]>>();

  constructor(
    readonly files: ReadonlyMap<FileId, LinkedFile>,
    readonly macros: MacroTable,
    private readonly apis: Readonly<Record<Lang, Apis>>,
    private readonly traces = new Traces(),
  ) {
    macros.asked = (name, from) => {
      traces.name(from, name);
    };
  }

  api(lang: Lang): Apis {
    return this.apis[lang];
  }

  /** A file that a name of the macro table leads to; without facts where it was not parsed. */
  fileOf(file: FileId): LinkedFile {
    return this.files.get(file) ?? { file, facts: NO_FACTS };
  }

  /** The declaration of a name that an offset sees: the innermost scope wins. */
  variable(linked: LinkedFile, name: string, offset: number): VariableFact | undefined {
    let best: VariableFact | undefined;
    for (const candidate of this.byName(linked.facts).get(name) ?? []) {
      const { scope } = candidate;
      if (scope.start <= offset && offset < scope.end && (!best || scope.start >= best.scope.start))
        best = candidate;
    }
    return best;
  }

  /** All variables of that name whose scope ends where the innermost around an offset does: `#if`s choose among them. */
  namesakes(linked: LinkedFile, name: string, offset: number): readonly VariableFact[] {
    const meant = this.variable(linked, name, offset);
    return meant
      ? (this.byName(linked.facts).get(name) ?? []).filter(
          ({ kind, scope }) => kind === meant.kind && scope.start <= offset && scope.end === meant.scope.end,
        )
      : [];
  }

  private byName(facts: FileFacts): Map<string, VariableFact[]> {
    let index = this.variables.get(facts);
    if (!index) {
      index = new Map();
      for (const variable of facts.variables) {
        const same = index.get(variable.name);
        if (same) same.push(variable);
        else index.set(variable.name, [variable]);
      }
      this.variables.set(facts, index);
    }
    return index;
  }

  /** The file that a relative import of another file means; undefined for packages and for files outside the product. */
  module(from: FileId, specifier: string): LinkedFile | undefined {
    for (const candidate of moduleCandidates(from, specifier)) {
      this.traces.file(from, candidate);
      const found = this.files.get(candidate);
      if (found) return found;
    }
    return undefined;
  }
}

/** A file that was not parsed: it has places and nothing else. */
const NO_FACTS: FileFacts = {
  lang: 'c',
  functions: [],
  calls: [],
  variables: [],
  objects: [],
  imports: [],
  exports: [],
  literals: [],
  shapes: [],
  flow: [],
  suppressions: [],
  conditions: [],
  gaps: [],
  functionsSeen: 0,
  functionsAnalysed: 0,
};

/** Paths that a relative import may mean, in order; empty for a package. A `.js` in the text may be a `.ts` on disk. */
export function moduleCandidates(from: FileId, specifier: string): FileId[] {
  if (!specifier.startsWith('.')) return [];
  const folders = from.split('/').slice(0, -1);
  for (const part of specifier.split('/'))
    if (part === '..') {
      if (folders.pop() === undefined) return [];
    } else if (part !== '.' && part !== '') folders.push(part);
  const base = folders.join('/');
  const stem = base.replace(/\.[cm]?jsx?$/, '');
  return [
    base,
    ...['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs'].map((ending) => stem + ending),
    ...['/index.ts', '/index.js'].map((ending) => base + ending),
  ];
}

/** Built-in modules are one whether or not `node:` is written. */
export function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, '');
}
