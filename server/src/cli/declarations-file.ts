/** `skarp.checklist.yaml` on disk. */
import { lstatSync, readFileSync } from 'node:fs';
import { LARGEST_DECLARATIONS } from '../checklist/declarations.js';
import { reasonOf } from '../project/files.js';
import { Failure } from './failure.js';

/** Its text, empty where there is no file yet. `shown` is how the user knows it. Throws `Failure`. */
export function declarationsText(file: string, shown: string): string {
  try {
    const found = lstatSync(file);
    if (!found.isFile()) throw new Failure(`${shown} is not a plain file; put one in its place`);
    // A character takes at most three bytes.
    if (found.size > LARGEST_DECLARATIONS * 3) throw new Failure(`${shown} is too large to be a checklist`);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    if (error instanceof TypeError)
      throw new Failure(`${shown} is not written in UTF-8; save it so and run again`);
    throw new Failure(`${shown} cannot be read: ${reasonOf(error)}`);
  }
}
