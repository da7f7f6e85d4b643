/** The shape of the standard's data: ids are facts, all wording is Skarp's own. */
import type { Heading, ProvisionId } from '../kit/index.js';

export type EditionId = 'v1.1.1' | 'v2.1.1' | 'v3.1.1';

/** How far a cell may be trusted; the codes are explained in the data file's `note`. */
export type Confidence = string;

export interface Standard {
  readonly standard: string;
  readonly note: string;
  readonly editions: Readonly<
    Record<EditionId, { readonly title: string; readonly confidence: Confidence; readonly note: string }>
  >;
  readonly headings: readonly HeadingData[];
  readonly provisions: readonly Provision[];
}

export interface HeadingData {
  /** 1 to 13; 0 is the reporting of the implementation. */
  readonly heading: Heading | 0;
  readonly labels: Readonly<Record<EditionId, string | null>>;
  readonly title: string;
  readonly about: string;
}

export interface Provision {
  readonly id: ProvisionId;
  readonly heading: Heading | 0;
  readonly wording: string;
  readonly status: 'mandatory' | 'recommended';
  /** Condition or feature code of V3.1.1 and in words; null where it always applies. */
  readonly condition: string | null;
  readonly applies: string | null;
  /** What source code and config can do for it. Only `show` can ever support a row by itself. */
  readonly canShow: 'show' | 'hint' | 'no';
  readonly codeShows: string | null;
  readonly ask: string;
  readonly evidence: string;
  /** Labels by edition; empty where an edition has no such provision. */
  readonly labels: Readonly<Record<EditionId, readonly string[]>>;
  readonly v2Status: 'mandatory' | 'recommended' | null;
  readonly v1Modal: 'shall' | 'should' | null;
  readonly ixit: readonly number[];
  readonly confidence: Readonly<Record<'id' | 'text' | 'status' | 'mapping', Confidence>>;
  readonly note?: string;
}
