/** The checklist as users and programs get it: `skarp-checklist/1`. */
import type { FileId, Heading, ProvisionId } from '../../../rules/kit/index.js';
import type { Crosswalk, CrosswalkCell, Level, Sector } from '../../../rules/standard/crosswalk/crosswalk.js';
import type { Range } from '../report/model.js';
import type { Ixit } from './ixit/rows.js';
import type { Word } from './words.js';

export type Standing = 'not-applicable' | 'contradicted' | 'violated' | 'supported' | 'declared' | 'open';

export interface ChecklistRow {
  readonly id: ProvisionId;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly heading: Heading | 0;
  readonly wording: string;
  readonly status: 'mandatory' | 'recommended';
  readonly canShow: 'show' | 'hint' | 'no';
  readonly applies: { readonly is: 'yes' | 'no' | 'unknown'; readonly because: string };
  readonly standing: Standing;
  /** Fingerprints. */
  readonly findings: readonly string[];
  readonly evidence: readonly {
    readonly rule: string;
    readonly file: FileId;
    readonly range: Range;
    readonly shows: string;
  }[];
  readonly declaration?: Declared;
}

/** What the maker says in `skarp.checklist.yaml`. */
export interface Declared {
  readonly declared: Word;
  readonly because: string;
  readonly by: string;
  readonly on: string;
  readonly owner?: string;
  readonly reviewBy?: string;
  /** The day of review has passed. */
  readonly expired?: true;
  readonly evidence: readonly { readonly file: FileId; readonly sha256: string }[];
}

export interface ChecklistHeading {
  readonly heading: Heading | 0;
  readonly labels: Readonly<Record<string, string | null>>;
  readonly title: string;
  readonly about: string;
  /** The worst standing of its rows. */
  readonly standing: Standing;
  readonly findings: number;
  readonly evidence: number;
  /** Rules of this heading that were on; 0 means that the checklist knows nothing from code here. */
  readonly rules: number;
}

export interface Checklist {
  readonly schema: 'skarp-checklist/1';
  readonly edition: string;
  readonly product: string;
  readonly headings: readonly ChecklistHeading[];
  readonly rows: readonly ChecklistRow[];
  /** Features under `product` of skarp.json that rows of unknown applicability wait for. */
  readonly unanswered: readonly string[];
  /** Only where a standard, a sector or a level was asked for. */
  readonly crosswalk?: CrosswalkView;
  /** Only in reports for an assessor. */
  readonly ixit?: Ixit;
}

/** The same rows, seen through other catalogues. Cells speak of headings, and a heading's rows go with it. */
export interface CrosswalkView {
  /** What was asked for. */
  readonly asked: { readonly standard: string } | { readonly sector?: Sector; readonly level?: Level };
  readonly title: string;
  /** What a cell claims and what not; every view says it. */
  readonly says: string;
  readonly catalogues: readonly Omit<Crosswalk, 'cells'>[];
  /** What the codes mean that stand in this view. */
  readonly confidence: Readonly<Record<string, string>>;
  /** What the catalogues say of each heading. */
  readonly headings: readonly {
    readonly heading: Heading;
    readonly cells: readonly (CrosswalkCell & { readonly catalogue: string })[];
  }[];
  /** Only where one catalogue was asked for: its places in their order. */
  readonly places?: readonly CrosswalkPlace[];
  /** Headings of which no catalogue says anything that we could vouch for. */
  readonly silent: readonly (Heading | 0)[];
}

export interface CrosswalkPlace {
  /** Null where the catalogue speaks of the subject, but no finer place is known. */
  readonly ref: string | null;
  /** The cells in which it stands. */
  readonly cells: readonly Omit<CrosswalkCell, 'refs'>[];
  readonly rows: readonly ProvisionId[];
}
