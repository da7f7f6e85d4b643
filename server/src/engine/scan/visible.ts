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

/**
 * The file's own definition, else those it includes, else those of the nearest folder. What the product does not build
 * is none. Several that differ mean nothing is known.
 */
export function chosen<Found extends Candidate>(
  candidates: readonly Found[],
  from: FileId,
  includes: Includes,
  isBuilt: (condition: string) => boolean | undefined,
  same: (a: Found, b: Found) => boolean,
): Found | undefined {
  const built = candidates.filter(({ condition }) => condition === undefined || isBuilt(condition) !== false);
  const [first] = built;
  if (built.length < 2) return first;
  const only = ([one, ...others]: readonly Found[]): Found | undefined =>
    one && others.every((each) => same(each, one)) ? one : undefined;
  const closure = includes.closure(from);
  const visible = firm(built.filter(({ file }) => file === from || closure.has(file)));
  const own = visible.filter(({ file }) => file === from);
  if (own.length > 0) return only(own);
  return only(visible.length > 0 ? visible : nearestOf(built, from, ({ file }) => file));
}

/** Without those that give way, unless there are no others. */
function firm<Found extends Candidate>(found: readonly Found[]): readonly Found[] {
  const others = found.filter(({ fallback }) => fallback !== true);
  return others.length > 0 ? others : found;
}
