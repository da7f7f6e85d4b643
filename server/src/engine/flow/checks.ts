/** What a condition over the result of a call tells of its arguments. */
import type { Node } from './values.js';

/** A value, and the roles it is clean for. */
export interface Subject {
  readonly node: Node;
  readonly roles: ReadonlySet<string>;
}

/** What is known where a result is true, and where it is false; a position is false where it is negative. */
export interface Check {
  readonly yes: readonly Subject[];
  readonly no: readonly Subject[];
  readonly isPosition: boolean;
  /** What is known where a position is the start. */
  readonly start: readonly Subject[];
}
