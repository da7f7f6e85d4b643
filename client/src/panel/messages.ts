/** What the extension and the checklist's page say to each other: types only. */
import type {
  AssessmentResult,
  ChecklistResult,
  CrosswalkParams,
  CrosswalkResult,
  DeclareParams,
  ProfileResult,
  RateParams,
  StandardName,
  StandardsResult,
} from '../../../server/src/lsp/protocol.js';

/** A place in code that a click opens. Lines and columns are 0-based. */
export interface Place {
  readonly uri: string;
  /** `main/net.c:12`. */
  readonly label: string;
  readonly says: string;
  readonly range: readonly [number, number, number, number];
}

export interface FolderName {
  readonly uri: string;
  readonly name: string;
}

export interface ShowChecklist {
  readonly type: 'checklist';
  /** Null while nothing is known. */
  readonly checklist: ChecklistResult;
  /** Places of findings by fingerprint, as far as the editor knows them. */
  readonly places: Readonly<Record<string, readonly Place[]>>;
  readonly folders: readonly FolderName[];
  readonly folder: string | undefined;
}

/** To the page. */
export type HostMessage =
  | ShowChecklist
  | { readonly type: 'scanning'; readonly scanning: boolean }
  | { readonly type: 'assessment'; readonly result: AssessmentResult }
  | { readonly type: 'product'; readonly result: ProfileResult }
  | { readonly type: 'standards'; readonly result: StandardsResult | null }
  | {
      readonly type: 'crosswalk';
      readonly asked: CrosswalkParams['asked'];
      readonly result: CrosswalkResult;
    }
  /** What became of a declaration; without a problem it is written. */
  | { readonly type: 'declared'; readonly provision: string; readonly problem?: string }
  /** What became of answers for a role; without a problem they are written. */
  | { readonly type: 'rated'; readonly problem?: string }
  /** Files that somebody chose as evidence. */
  | { readonly type: 'picked'; readonly provision: string; readonly files: readonly PickedFile[] }
  | { readonly type: 'reveal'; readonly provision: string };

export interface PickedFile {
  readonly uri: string;
  /** The path from the folder. */
  readonly name: string;
}

/** From the page. */
export type PageMessage =
  | { readonly type: 'ready'; readonly folder?: string }
  | { readonly type: 'folder'; readonly folder: string }
  | { readonly type: 'open'; readonly place: OpenPlace }
  | { readonly type: 'declare'; readonly said: Omit<DeclareParams, 'text' | 'folder'> }
  | { readonly type: 'rate'; readonly said: Omit<RateParams, 'text' | 'folder'> }
  | { readonly type: 'pick'; readonly provision: string }
  | { readonly type: 'export' }
  | { readonly type: 'view'; readonly view: View }
  /** What a view rests on may have changed unseen: commits, files that were never opened. */
  | { readonly type: 'look' }
  | { readonly type: 'crosswalk'; readonly asked: CrosswalkParams['asked'] }
  | { readonly type: 'answer'; readonly feature: string; readonly value: boolean };

/** Without a range the file as it is. */
export interface OpenPlace {
  readonly uri: string;
  readonly range?: Place['range'];
}

export const VIEWS = ['provisions', 'crosswalk', 'assessment', 'product'] as const;
export type View = (typeof VIEWS)[number];

/** What the page remembers over a reload of the window. */
export interface PageState {
  readonly folder?: string;
  readonly view: View;
  readonly expanded: readonly number[];
  readonly filter: Filter;
  readonly choice: CrosswalkChoice;
  /** Declarations that somebody is writing, by provision. */
  readonly forms: Readonly<Record<string, DeclareForm>>;
  /** What somebody is answering for a role. */
  readonly answering?: Answering | undefined;
  /** Who declared or answered something here last, and for which role. */
  readonly role: Answering['role'];
  readonly by: string;
  readonly scrolled: number;
}

/** Empty means all. */
export interface Filter {
  readonly standing: string;
  readonly status: string;
  readonly owner: string;
  readonly heading: string;
  /** Only headings of which it speaks. */
  readonly standard: string;
  readonly search: string;
}

/** Through which catalogues the provisions are seen; empty means all, and all empty none yet. */
export interface CrosswalkChoice {
  readonly standard: string;
  readonly sector: StandardName['sectors'][number] | '';
  readonly level: StandardName['levels'][number] | '';
  /** Titles of parts. */
  readonly unfolded: readonly string[];
}

export interface Answering {
  readonly role: RateParams['role'];
  readonly by: string;
  /** What is said anew, by the number of a heading. */
  readonly levels: Readonly<Record<number, number>>;
  readonly problem?: string;
  /** It is on its way to the file. */
  readonly busy?: boolean;
}

export interface DeclareForm {
  readonly declared: DeclareParams['declared'];
  readonly because: string;
  readonly by: string;
  readonly owner: string;
  readonly reviewBy: string;
  readonly evidence: readonly PickedFile[];
  readonly problem?: string;
  /** It is on its way to the file. */
  readonly busy?: boolean;
}
