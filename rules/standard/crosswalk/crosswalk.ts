/** The shape of a crosswalk: ids of the other catalogue are facts, all wording is Skarp's own. */
import type { Heading } from '../../kit/index.js';
import type { Confidence } from '../standard.js';

/** What the codes of confidence mean to a reader of a cell. */
export const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  V: 'seen in a named source',
  'V-id': 'id seen in a named source, substance inferred',
  'V-txt': 'substance seen in an earlier text, id recalled',
  P: 'a public mapping',
  'P*': 'chained from public mappings',
  J: 'our own judgement',
  R: 'recalled from memory',
};

/** Whom a catalogue speaks to. */
export const SECTORS = ['general', 'consumer', 'industrial', 'medical', 'maritime'] as const;
export type Sector = (typeof SECTORS)[number];

/** What a catalogue speaks of. */
export const LEVELS = ['general', 'policies', 'system', 'component'] as const;
export type Level = (typeof LEVELS)[number];

export interface Crosswalk {
  readonly id: string;
  readonly title: string;
  readonly audience: readonly Sector[];
  readonly level: readonly Level[];
  /** How sure audience and level are, where they are not those of the table that the programme began with. */
  readonly placement?: Confidence;
  /** How sure it is that the other catalogue and its ids are what is named here. */
  readonly identity: Confidence;
  readonly note?: string;
  /** None where the catalogue speaks of no heading by itself, or it is not known of which; the note says so. */
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
