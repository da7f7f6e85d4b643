/** The git history of a product's `skarp.checklist.yaml`. */
import { type Progress, WANTED, progressOf } from '../assess/progress.js';
import { DECLARATIONS_FILE } from '../checklist/declarations.js';
import { declarationsIn } from '../declared.js';
import { historyOf } from '../host/node-history.js';

/** Undefined where git knows no commit of it. `since` is a day. */
export function progressAt(folder: string, since: string | undefined): Progress | undefined {
  const history = historyOf(folder, DECLARATIONS_FILE, { ...WANTED, ...(since !== undefined && { since }) });
  return history && progressOf(history, declarationsIn);
}
