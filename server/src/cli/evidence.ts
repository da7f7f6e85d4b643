/** Evidence on disk: read only inside the product's folder, through no symbolic link, and only up to a size. */
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceHash } from '../checklist/evidence.js';
import { reasonOf } from '../project/files.js';

const MEGABYTE = 1024 * 1024;
/** A scanned report or a photograph is smaller. */
const LARGEST_EVIDENCE = 32 * MEGABYTE;

/** The hash of a file below a real folder, or in plain words why there is none. */
export async function hashOf(
  folder: string,
  file: string,
): Promise<{ sha256: string } | { problem: string }> {
  const path = join(folder, file);
  try {
    if ((await realpath(path)) !== path) return { problem: 'it is reached through a symbolic link' };
    const found = await lstat(path);
    if (!found.isFile()) return { problem: 'it is not a file' };
    if (found.size > LARGEST_EVIDENCE)
      return { problem: `it is larger than ${String(LARGEST_EVIDENCE / MEGABYTE)} MB` };
    return { sha256: evidenceHash(await readFile(path)) };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}
