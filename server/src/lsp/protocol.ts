/** Our own requests beside LSP: names and types only, shared with the client. */
import type { Checklist } from '../checklist/model.js';

/** What a client may ask for in `initialize`; a plain LSP client sends none of it. */
export interface InitializationOptions {
  /** The client handles the command `skarp.suppress`. */
  readonly suppress?: boolean;
  /** The client wants `skarp/status`. */
  readonly status?: boolean;
  /** The client serves `skarp/fs/*` for folders that are not on the server's disk. */
  readonly fs?: boolean;
  /** URL of the folder that holds the grammars, for a server without a disk. */
  readonly wasm?: string;
}

/** Asked of the server when the checklist panel opens or refreshes. Null while nothing could be read. */
export const CHECKLIST_REQUEST = 'skarp/checklist';
export interface ChecklistParams {
  /** URI of a workspace folder; the first one without it. */
  readonly folder?: string;
}
export type ChecklistResult = Checklist | null;

/** Sent by the server when work begins and whenever findings have settled after a change. */
export const STATUS_NOTIFICATION = 'skarp/status';
export interface Status {
  readonly rules: number;
  readonly ruleSet: string;
  readonly files: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly notAnalysed: number;
  readonly scanning: boolean;
}

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
