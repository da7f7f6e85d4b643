/** Our own requests beside LSP: names and types only, shared with the client. */
import type { Heading, ProvisionId } from '../../../rules/kit/index.js';
import type { Level, Sector } from '../../../rules/standard/crosswalk/crosswalk.js';
import type { Assessment } from '../assess/assessment.js';
import type { Checklist, CrosswalkView } from '../checklist/model.js';
import type { Proposal } from '../checklist/proposals.js';
import type { Role, Word } from '../checklist/words.js';

/** What a client may ask for in `initialize`; a plain LSP client sends none of it. */
export interface InitializationOptions {
  /** The client handles the command `skarp.suppress`. */
  readonly suppress?: boolean;
  /** The client handles the command `skarp.showProvision`, with the id of a provision. */
  readonly checklist?: boolean;
  /** The client wants `skarp/status`. */
  readonly status?: boolean;
  /** The client serves `skarp/fs/*` for folders that are not on the server's disk. */
  readonly fs?: boolean;
  /** URL of the folder that holds the grammars, for a server without a disk. */
  readonly wasm?: string;
}

/** Of which product a request speaks. */
export interface ProductParams {
  /** URI of a workspace folder; the first one without it. */
  readonly folder?: string;
}

/** Asked of the server when the checklist opens or refreshes. Null while nothing could be read. */
export const CHECKLIST_REQUEST = 'skarp/checklist';
export type ChecklistResult =
  | (Checklist & {
      /** Why what is declared could not be read, in one line; the rows then know nothing of it. */
      readonly problem?: string;
    })
  | null;

/** How mature the product is, with plots as SVG and HTML. Null while nothing could be read. */
export const ASSESSMENT_REQUEST = 'skarp/assessment';
export type AssessmentResult = {
  readonly assessment: Assessment;
  readonly radar: string;
  /** Lines over time and a table; absent where git knows no commit of `skarp.checklist.yaml`. */
  readonly progress?: string;
} | null;

/** The text of `skarp.checklist.yaml` once a role has said how far it believes headings to be. */
export const RATE_REQUEST = 'skarp/rate';
export interface RateParams extends ProductParams {
  /** The file as it stands in the editor or on disk; empty where there is none. */
  readonly text: string;
  readonly role: Role;
  readonly by: string;
  /** 0 to 3, by the number of a heading; others stay as they were. */
  readonly levels: Readonly<Record<string, number>>;
}

/** What the product is said to be, and what its code proposes. Null while nothing could be read. */
export const PROFILE_REQUEST = 'skarp/profile';
export interface ProfileParams extends ProductParams {
  /** Reads all files for what they propose; else what they proposed last stands beside the answers. */
  readonly look: boolean;
}
export type ProfileResult = readonly ProfileFeature[] | null;
export interface ProfileFeature {
  readonly key: string;
  readonly question: string;
  readonly answer?: boolean;
  /** It cannot be there: one that it needs is not. */
  readonly isOut: boolean;
  readonly proposal?: Proposal;
}

/** The other catalogues that a checklist can be seen through; the same for every product. */
export const STANDARDS_REQUEST = 'skarp/standards';
export interface StandardsResult {
  readonly standards: readonly StandardName[];
  readonly sectors: readonly Sector[];
  readonly levels: readonly Level[];
}
export interface StandardName {
  readonly id: string;
  readonly title: string;
  readonly sectors: readonly Sector[];
  readonly levels: readonly Level[];
  /** Those of which it speaks. */
  readonly headings: readonly Heading[];
}

/** The checklist through one catalogue, or through those of a sector and a level. Null while nothing could be read. */
export const CROSSWALK_REQUEST = 'skarp/crosswalk';
export interface CrosswalkParams extends ProductParams {
  readonly asked: CrosswalkView['asked'];
}
export type CrosswalkResult = CrosswalkShown | null;
export interface CrosswalkShown {
  readonly title: string;
  /** What a cell claims and what not. */
  readonly says: string;
  /** What is to be known of the catalogues as a whole, a paragraph each. */
  readonly notes: readonly string[];
  /** The places of one catalogue in their order; headings where several stand side by side. */
  readonly parts: readonly CrosswalkPart[];
  /** Headings of which no catalogue here says anything that we could vouch for. */
  readonly silent: readonly CrosswalkPart[];
}
export interface CrosswalkPart {
  /** `Part I (2)(b)`, or the name of a heading. */
  readonly title: string;
  readonly cells: readonly CrosswalkTrust[];
  /** The provisions that are seen there. */
  readonly rows: readonly ProvisionId[];
}
export interface CrosswalkTrust {
  /** The heading that the place is about, or the catalogue with its places. */
  readonly of: string;
  /** The code of confidence, and what it means with the source and what is to be known of it. */
  readonly code: string;
  readonly trust: string;
}

/** A text that the client writes, as all edits are the client's; or why there is none, in one line. */
export type Edited = { readonly text: string } | { readonly problem: string };

/** The text of `skarp.checklist.yaml` once something is declared. */
export const DECLARE_REQUEST = 'skarp/declare';
export interface DeclareParams extends ProductParams {
  /** The file as it stands in the editor or on disk; empty where there is none. */
  readonly text: string;
  readonly provision: string;
  readonly declared: Word;
  readonly because: string;
  readonly by: string;
  /** Empty: as it was. */
  readonly owner: string;
  /** `YYYY-MM-DD`; empty: as it was. */
  readonly reviewBy: string;
  /** URIs of files in the folder, to be added. */
  readonly evidence: readonly string[];
}

/** The text of `skarp.json` once a question about the product is answered. */
export const ANSWER_REQUEST = 'skarp/answer';
export interface AnswerParams {
  readonly text?: string;
  readonly answers: Readonly<Record<string, boolean>>;
}

/** The checklist as a file to hand out; `missing` has a line for all that it lacks, and then there is none. */
export const EXPORT_REQUEST = 'skarp/export';
export interface ExportParams extends ProductParams {
  readonly format: string;
  /** Exports also what is not all declared, marked as a draft. */
  readonly draft: boolean;
}
export type ExportResult =
  { readonly text: string } | { readonly missing: readonly string[] } | { readonly problem: string };

/** Sent by the server when work begins and whenever findings have settled after a change. */
export const STATUS_NOTIFICATION = 'skarp/status';
export interface Status {
  readonly rules: number;
  readonly ruleSet: string;
  readonly files: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly notAnalysed: number;
  readonly scanning: boolean;
  /** How often folders were read anew: it grows when configs or manifests have changed. */
  readonly readings: number;
}

/** The command of the code action "Show … in the checklist". */
export const SHOW_PROVISION_COMMAND = 'skarp.showProvision';

/** The command of the code action "Suppress … here with a reason". The client asks for the reason and inserts it. */
export const SUPPRESS_COMMAND = 'skarp.suppress';
export interface SuppressArguments {
  readonly uri: string;
  readonly rule: string;
  /** The comment becomes a line of its own before this one (0-based). */
  readonly line: number;
  readonly indent: string;
  /** The comment's mark in the file's language: `//` or `#`. */
  readonly mark: string;
}

/** Asked of the client where the server has no disk (the browser). Answers are `FsEntry[]`, `FsStat`, base64. */
export const FS_LIST_REQUEST = 'skarp/fs/list';
export const FS_STAT_REQUEST = 'skarp/fs/stat';
export const FS_READ_REQUEST = 'skarp/fs/read';
export interface FsParams {
  readonly uri: string;
}
export type FsKind = 'file' | 'folder' | 'link' | 'other';
export interface FsEntry {
  readonly name: string;
  readonly kind: FsKind;
}
export interface FsStat {
  readonly kind: FsKind;
  readonly size: number;
}
