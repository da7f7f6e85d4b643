/** The shape of a crosswalk: ids of the other catalogue are facts, all wording is Skarp's own. */
import type { Heading } from '../../kit/index.js';
import type { Confidence } from '../standard.js';

export interface Crosswalk {
  readonly id: string;
  readonly title: string;
  /** Absent where no source places the catalogue. */
  readonly audience?: readonly ('general' | 'consumer' | 'industrial' | 'medical' | 'maritime')[];
  readonly level?: readonly ('general' | 'policies' | 'system' | 'component')[];
  /** How sure it is that the other catalogue and its ids are what is named here. */
  readonly identity: Confidence;
  readonly note?: string;
  readonly cells: readonly CrosswalkCell[];
}

/** Speaks of a whole heading: no public mapping is finer. Several cells of one heading differ in confidence. */
export interface CrosswalkCell {
  readonly heading: Heading;
  /** Empty where the catalogue speaks of the subject, but no finer place is known. */
  readonly refs: readonly string[];
  readonly confidence: Confidence;
  /** Who made the mapping, or that it is our own. */
  readonly source: string;
  readonly note?: string;
}
