/** Which of several definitions of one name a file means. */
import type { FileId } from '../../../../rules/kit/index.js';
import { type Includes, nearestOf } from './includes.js';

/** A definition somewhere in the product. */
export interface Candidate {
  readonly file: FileId;
  readonly condition?: string;
  /** It counts only where nobody else defines the name. */
  readonly fallback?: true;
}

export interface Reach {
  readonly includes: Includes;
  readonly isBuilt: (condition: string) => boolean | undefined;
  /** Definitions in a `.c` file hold in others too: those of variables do, macros and types do not. */
  readonly everywhere?: boolean;
}

/**
 * The file's own definition, else those it includes, else those of the nearest folder. What the product does not build
 * is none. Several that differ mean nothing is known.
 */
export function chosen<Found extends Candidate>(
  candidates: readonly Found[],
  from: FileId,
  { includes, isBuilt, everywhere = false }: Reach,
  same: (a: Found, b: Found) => boolean,
): Found | undefined {
  const built = candidates.filter(({ condition }) => condition === undefined || isBuilt(condition) !== false);
  const [first] = built;
  if (first && built.length === 1 && first.file === from) return first;
  const only = ([one, ...others]: readonly Found[]): Found | undefined =>
    one && others.every((each) => same(each, one)) ? one : undefined;
  const closure = includes.closure(from);
  const within = built.filter(({ file }) => file === from || closure.has(file));
  const reachable = everywhere
    ? built
    : built.filter((each) => within.includes(each) || !each.file.endsWith('.c'));
  const visible = firm(within, isBuilt);
  // Who gives way may have to: some file defines it otherwise, and nobody knows the order.
  if (visible.length > 0 && visible.every(({ fallback }) => fallback))
    return only(withFirm(visible, reachable));
  const own = visible.filter(({ file }) => file === from);
  if (own.length > 0) return only(own);
  return only(visible.length > 0 ? visible : nearestOf(reachable, from, ({ file }) => file));
}

/** Those that give way, with those elsewhere before which they would. */
function withFirm<Found extends Candidate>(
  visible: readonly Found[],
  reachable: readonly Found[],
): readonly Found[] {
  return [...visible, ...reachable.filter(({ fallback }) => fallback !== true)];
}

/** Without those that give way, where another one certainly stands before them. */
function firm<Found extends Candidate>(
  found: readonly Found[],
  isBuilt: (condition: string) => boolean | undefined,
): readonly Found[] {
  const others = found.filter(({ fallback }) => fallback !== true);
  const certain = others.some(({ condition }) => condition === undefined || isBuilt(condition) === true);
  return certain ? others : found;
}
