/** What the analysis of a function saw that a rule may want to hear of. */
import type { At, FlowEventName, Step } from '../../../../rules/kit/index.js';
import type { Source } from './values.js';

/** A value from outside arrived where it matters, unchecked. */
export interface Arrival {
  readonly source: Source;
  readonly role: string;
  readonly at: At;
  readonly text: string;
  readonly callee: string | undefined;
  /** Steps from source to sink, both included. */
  readonly path: readonly Step[];
}

/** Something happened to a value that should not. */
export interface Seen {
  readonly event: FlowEventName;
  readonly at: At;
  readonly text: string;
  /** The function that takes part: who freed, who allocated, who copies. */
  readonly by?: string;
  /** On every way that leads there. */
  readonly sure: boolean;
  readonly path: readonly Step[];
  /** Kind of the source the value came in from, and what it is used as. */
  readonly from?: string | undefined;
  readonly role?: string | undefined;
}
