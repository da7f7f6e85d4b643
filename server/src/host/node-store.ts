/** A store of small texts in a folder of the user's, outside of every workspace: what is checked must not bring its own. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Store } from './host.js';

/** Bytes; when there are more, what was not used for the longest time goes. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Use is noted once a day. */
const DAY = 24 * 60 * 60 * 1000;

/** `$XDG_CACHE_HOME/skarp`, or where the system keeps such things. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg !== undefined && xdg !== '') return join(xdg, 'skarp');
  if (process.platform === 'win32' && local !== undefined) return join(local, 'skarp', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'skarp');
  return join(homedir(), '.cache', 'skarp');
}

export class NodeStore implements Store {
  private written = 0;

  constructor(
    private readonly folder: string,
    readonly maker: string,
    private readonly most = MOST_BYTES,
  ) {}

  async read(key: string): Promise<string | undefined> {
    const path = this.pathOf(key);
    try {
      const [found, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      const end = found.indexOf('\n');
      const body = found.slice(end + 1);
      if (digest(body) !== found.slice(0, end)) return undefined;
      const now = Date.now();
      if (now - mtimeMs > DAY) await utimes(path, now / 1000, now / 1000);
      return body;
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all. A store that cannot be written is none. */
  async write(key: string, body: string): Promise<void> {
    const path = this.pathOf(key);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      await writeFile(temporary, `${digest(body)}\n${body}`, { mode: 0o600, flag: 'wx' });
      await rename(temporary, path);
      this.written++;
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async tidy(): Promise<void> {
    if (this.written === 0) return;
    this.written = 0;
    try {
      const names = await readdir(this.folder, { recursive: true, withFileTypes: true });
      const files = await Promise.all(
        names
          .filter((entry) => entry.isFile())
          .map(async (entry) => {
            const path = join(entry.parentPath, entry.name);
            const { size, mtimeMs } = await stat(path);
            return { path, size, mtimeMs };
          }),
      );
      let bytes = files.reduce((sum, { size }) => sum + size, 0);
      if (bytes <= this.most) return;
      for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
        // Some room, so that the next run does not have to do it again.
        if (bytes <= this.most * 0.75) return;
        await rm(path, { force: true });
        bytes -= size;
      }
    } catch {
      // Another run tidies at the same time.
    }
  }

  private pathOf(key: string): string {
    return join(this.folder, key.slice(0, 2), key);
  }
}

function digest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Names the code that made the entries: that of another version may read a text otherwise. */
export async function makerOf(bundle: string): Promise<string | undefined> {
  return readFile(bundle).then(digest, () => undefined);
}
