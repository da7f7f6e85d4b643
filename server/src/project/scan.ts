/** P0: what one file says of itself before anything is parsed. */
import type { FileId, Option } from '../../../rules/kit/index.js';
import type { CommentFact } from '../engine/facts/model.js';
import type { RuleSet } from '../engine/rule-set.js';
import { definitionsIn, type Definitions } from '../engine/flow/missing.js';
import { changedMeanings, NOTHING_SCANNED, type Scanned, scanC } from '../engine/scan/scan.js';
import { isCpp } from './cpp.js';
import { detached } from './detached.js';
import type { FileKind } from './files.js';
import { manifestOf } from './manifests/index.js';
import { defines, lineComments } from './text-facts.js';

export interface Scan {
  /** Characters. */
  readonly size: number;
  /** Of a C file: what it tells other files. */
  readonly c: Scanned;
  /** Of a C file: functions and structs that it seems to define. */
  readonly defines: Definitions;
  readonly options: readonly Option[];
  readonly comments: readonly CommentFact[];
  /** A header that only C++ can read. */
  readonly cpp: boolean;
}

const NOTHING: Scan = {
  size: 0,
  c: NOTHING_SCANNED,
  defines: { functions: [], records: [] },
  options: [],
  comments: [],
  cpp: false,
};

export function scanFile(file: FileId, kind: FileKind, text: string, rules: RuleSet): Scan {
  if (typeof kind !== 'object') return NOTHING;
  if ('manifest' in kind)
    return {
      ...NOTHING,
      options: manifestOf(file)?.parse?.(file, text) ?? [],
      comments: lineComments(text),
    };
  if (kind.source !== 'c') return NOTHING;
  const c = scanC(text);
  const isHeader = /\.h$/i.test(file);
  return {
    size: text.length,
    c: detached(c),
    defines: detached(definitionsIn(text, isHeader)),
    options: defines(file, c.macros, rules),
    comments: [],
    cpp: isHeader && isCpp(text),
  };
}

/**
 * Names whose meaning for other files differs between two scans. Places count: what stands further down is shown and
 * repaired further down.
 */
export function changedNames(before: Scan | undefined, after: Scan | undefined): Set<string> {
  return changedMeanings(before?.c ?? NOTHING_SCANNED, after?.c ?? NOTHING_SCANNED);
}
