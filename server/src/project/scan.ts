/** P0: what one file says of itself before anything is parsed. */
import type { FileId, Option } from '../../../rules/kit/index.js';
import type { CommentFact } from '../engine/facts/model.js';
import type { RuleSet } from '../engine/rule-set.js';
import { type Macro, scanMacros } from '../engine/scan/macros.js';
import { isCpp } from './cpp.js';
import { detached } from './detached.js';
import type { FileKind } from './files.js';
import { includesOf } from './headers.js';
import { manifestOf } from './manifests/index.js';
import { defines, lineComments } from './text-facts.js';

export interface Scan {
  readonly macros: readonly Macro[];
  /** Paths as written in `#include`. */
  readonly includes: readonly string[];
  readonly options: readonly Option[];
  readonly comments: readonly CommentFact[];
  /** A header that only C++ can read. */
  readonly cpp: boolean;
}

const NOTHING: Scan = { macros: [], includes: [], options: [], comments: [], cpp: false };

export function scanFile(file: FileId, kind: FileKind, text: string, rules: RuleSet): Scan {
  if (typeof kind !== 'object') return NOTHING;
  if ('manifest' in kind)
    return {
      ...NOTHING,
      options: manifestOf(file)?.parse?.(file, text) ?? [],
      comments: lineComments(text),
    };
  if (kind.source !== 'c') return NOTHING;
  const macros = scanMacros(text);
  return {
    macros: detached(macros),
    includes: detached(includesOf(text)),
    options: defines(file, text, macros, rules),
    comments: [],
    cpp: /\.h$/i.test(file) && isCpp(text),
  };
}

/**
 * Names whose meaning for other files differs between two scans. Places count: what stands further down is shown and
 * repaired further down.
 */
export function changedNames(before: Scan | undefined, after: Scan | undefined): Set<string> {
  const meanings = (scan: Scan | undefined): Map<string, string> => {
    const byName = new Map<string, string>();
    for (const macro of scan?.macros ?? [])
      byName.set(macro.name, `${byName.get(macro.name) ?? ''}${JSON.stringify(macro)}`);
    return byName;
  };
  const [old, now] = [meanings(before), meanings(after)];
  return new Set([...old.keys(), ...now.keys()].filter((name) => old.get(name) !== now.get(name)));
}
