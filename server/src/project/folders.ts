/** Which files there are, asked folder by folder: a header has dozens of places where it might lie. */
import type { FileId } from '../../../rules/kit/index.js';
import type { Host } from '../host/host.js';
import { folderOf } from './files.js';
import { nameOf } from '../engine/paths.js';

interface Listing {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const EMPTY: Listing = { files: new Set(), folders: new Set() };

/** Lists each folder once; what changes on disk meanwhile is not seen. Links are not followed. */
export class Folders {
  private readonly known = new Map<FileId, Promise<Listing>>();

  constructor(private readonly host: Host) {}

  /** Whether it is a file below the root; its path is normal, without `.` and `..`. */
  async hasFile(path: FileId): Promise<boolean> {
    const { files } = await this.listing(folderOf(path));
    return files.has(nameOf(path));
  }

  private listing(folder: FileId): Promise<Listing> {
    const known = this.known.get(folder);
    if (known) return known;
    const listing = this.list(folder);
    this.known.set(folder, listing);
    return listing;
  }

  private async list(folder: FileId): Promise<Listing> {
    if (folder !== '') {
      const { folders } = await this.listing(folderOf(folder));
      if (!folders.has(nameOf(folder))) return EMPTY;
    }
    const entries = await this.host.list(folder).catch(() => []);
    const named = (kind: string): Set<string> =>
      new Set(entries.flatMap((entry) => (entry.kind === kind ? [entry.name] : [])));
    return { files: named('file'), folders: named('folder') };
  }
}
