/** What the extension and the checklist's page say to each other: types only. */
import type { Checklist } from '../../../server/src/checklist/model.js';

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

/** To the page. */
export interface ShowChecklist {
  readonly type: 'checklist';
  /** Null while nothing is known. */
  readonly checklist: Checklist | null;
  /** Places of findings by fingerprint, as far as the editor knows them. */
  readonly places: Readonly<Record<string, readonly Place[]>>;
  readonly folders: readonly FolderName[];
  readonly folder: string | undefined;
}

/** From the page. */
export type PageMessage =
  | { readonly type: 'ready'; readonly folder?: string }
  | { readonly type: 'folder'; readonly folder: string }
  | { readonly type: 'open'; readonly place: Pick<Place, 'uri' | 'range'> };

/** What the page remembers over a reload of the window. */
export interface PageState {
  readonly folder?: string;
  readonly expanded: readonly number[];
  readonly standing: string;
}
