/** Our own requests beside LSP: types only, shared with the client. */
import type { Checklist } from '../checklist/model.js';

/** Asked of the server when the checklist panel opens or refreshes. */
export const CHECKLIST_REQUEST = 'skarp/checklist';
export type ChecklistParams = Record<string, never>;
export type ChecklistResult = Checklist;

/** Sent by the server whenever findings have settled after a change. */
export const STATUS_NOTIFICATION = 'skarp/status';
export interface Status {
  readonly rules: number;
  readonly ruleSet: string;
  readonly files: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly notAnalysed: number;
  readonly scanning: boolean;
}

/** Asked of the client where the server has no disk (the browser). Paths are URIs. */
export const FS_LIST_REQUEST = 'skarp/fs/list';
export const FS_STAT_REQUEST = 'skarp/fs/stat';
export const FS_READ_REQUEST = 'skarp/fs/read';
