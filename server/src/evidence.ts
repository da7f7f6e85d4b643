/** Files that a declaration rests on, as a host has them: through no symbolic link, and only up to a size. */
import type { FileId } from '../../rules/kit/index.js';
import { evidenceHash } from './checklist/evidence.js';
import type { Host } from './host/host.js';
import { reasonOf } from './project/files.js';

const MEGABYTE = 1024 * 1024;
/** A scanned report or a photograph is smaller. */
const LARGEST_EVIDENCE = 32 * MEGABYTE;

/** The hash of a file below the host's root, or in plain words why there is none. */
export async function hashOf(
  host: Pick<Host, 'list' | 'stat' | 'read'>,
  file: FileId,
): Promise<{ sha256: string } | { problem: string }> {
  try {
    if (await isLinked(host, file)) return { problem: 'it is reached through a symbolic link' };
    const { kind, size } = await host.stat(file);
    if (kind !== 'file') return { problem: 'it is not a file' };
    if (size > LARGEST_EVIDENCE)
      return { problem: `it is larger than ${String(LARGEST_EVIDENCE / MEGABYTE)} MB` };
    return { sha256: evidenceHash(await host.read(file)) };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Whether the file or a folder that it lies in is a link. */
async function isLinked(host: Pick<Host, 'list'>, file: FileId): Promise<boolean> {
  const parts = file.split('/');
  for (const [at, part] of parts.entries()) {
    const entries = await host.list(parts.slice(0, at).join('/'));
    if (entries.some(({ name, kind }) => name === part && kind === 'link')) return true;
  }
  return false;
}
