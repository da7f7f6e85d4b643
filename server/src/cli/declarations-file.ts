/** `skarp.checklist.yaml` on disk. */
import { LARGEST_DECLARATIONS } from '../checklist/declarations.js';
import { keptText } from './text-file.js';

/** Its text, empty where there is no file yet. `shown` is how the user knows it. Throws `Failure`. */
export function declarationsText(file: string, shown: string): string {
  // A character takes at most three bytes.
  return keptText(file, shown, { what: 'a checklist', largest: LARGEST_DECLARATIONS * 3 }) ?? '';
}
