/** All folders of the client's, and which of them a file belongs to. */
import type { FileId } from '../../../rules/kit/index.js';
import type { Grammars } from '../engine/grammars.js';
import type { Remembered } from '../assess/progress.js';
import type { Host } from '../host/host.js';
import { kindOf } from '../project/files.js';
import { Folder, type FolderSettings } from './folder.js';
import { Root, canonical, parentOf } from './uris.js';
import { nameOf } from '../engine/paths.js';

/** The world outside as an entry of the server brings it. */
export interface World {
  readonly version: string;
  readonly grammars: Grammars;
  /** Threads that read a folder when it is opened, where the host has threads. */
  readonly jobs: number;
  /** The host for a folder; undefined where the server cannot read it. */
  hostFor(uri: string): Host | undefined;
  /** `YYYY-MM-DD`, in UTC. */
  today(): string;
  /** Lets waiting messages in. */
  breathe(): Promise<void>;
  /** Whether a CI file that git tracks runs `skarp check`, where that can be known. */
  runsInCi?(uri: string): boolean;
  /** What git remembers of `skarp.checklist.yaml` in a folder, where there is git. */
  remembered?(uri: string): Remembered | undefined;
}

export interface Routed {
  readonly folder: Folder;
  readonly file: FileId;
}

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

export type DiskChange = 'created' | 'changed' | 'deleted';

export class Folders {
  private readonly all = new Map<string, Folder>();
  private readonly loose = new Map<string, Folder>();
  /** Open documents by URI, and the folder that each was given to. */
  private readonly open = new Map<string, { document: OpenDocument; routed: Routed }>();

  constructor(
    private readonly world: World,
    private readonly settings: FolderSettings,
    private readonly left: (folder: Folder) => void,
  ) {}

  [Symbol.iterator](): IterableIterator<Folder> {
    return [...this.all.values(), ...this.loose.values()].values();
  }

  get busy(): boolean {
    return [...this].some((folder) => folder.busy);
  }

  /** The workspace folder of a URI, or the first one. */
  named(uri: string | undefined): Folder | undefined {
    if (uri !== undefined) return this.all.get(canonical(uri));
    const [first] = this;
    return first;
  }

  add(uri: string): void {
    const root = new Root(uri);
    if (this.all.has(root.key)) return;
    const host = this.world.hostFor(uri);
    if (!host) {
      this.settings.log(`${uri} cannot be read`);
      return;
    }
    const folder = new Folder(root, host, this.settings);
    this.all.set(root.key, folder);
    this.routeAgain();
    folder.changes.everything(0);
  }

  remove(uri: string): void {
    const key = canonical(uri);
    const folder = this.all.get(key);
    if (!folder) return;
    this.all.delete(key);
    this.routeAgain();
    this.drop(folder);
  }

  dispose(): void {
    for (const folder of this) folder.dispose();
  }

  /** The innermost folder that a URI lies in. */
  route(uri: string): Routed | undefined {
    let best: Routed | undefined;
    for (const folder of this.all.values()) {
      const file = folder.root.fileOf(uri);
      if (file !== undefined && (!best || folder.root.key.length > best.folder.root.key.length))
        best = { folder, file };
    }
    const loose = this.loose.get(canonical(parentOf(uri)));
    const file = loose?.root.fileOf(uri);
    return best ?? (loose && file !== undefined ? { folder: loose, file } : undefined);
  }

  changed(document: OpenDocument): void {
    const routed = this.route(document.uri) ?? this.alone(document.uri);
    if (!routed) return;
    const { uri, version } = document;
    this.open.set(uri, { document, routed });
    routed.folder.changes.opened(routed.file, { uri, version, text: document.getText() });
  }

  closed(uri: string): void {
    const known = this.open.get(uri);
    if (!known) return;
    this.open.delete(uri);
    this.leave(known.routed);
  }

  onDisk(uri: string, change: DiskChange): void {
    const routed = this.route(uri);
    if (!routed || routed.folder.loose) return;
    const { folder, file } = routed;
    const { changes } = folder;
    const kind = kindOf(file);
    const comesOrGoes = change !== 'changed';
    if (kind === 'config' || kind === 'apis' || nameOf(file) === '.gitignore') changes.everything();
    else if (typeof kind === 'object' && 'manifest' in kind && comesOrGoes) changes.everything();
    else if (kind !== undefined) changes.onDisk(file);
    else if (change === 'deleted') for (const below of folder.filesBelow(file)) changes.onDisk(below);
    else if (change === 'created')
      void folder.readsFolder(file).then((isFolder) => {
        if (isFolder) changes.everything();
      });
  }

  /** A file that lies in no workspace folder is looked at alone, from the folder it lies in. */
  private alone(uri: string): Routed | undefined {
    const parent = parentOf(uri);
    const host = kindOf(nameOf(uri)) === undefined ? undefined : this.world.hostFor(parent);
    if (!host) return undefined;
    const folder = new Folder(new Root(parent), host, this.settings, true);
    this.loose.set(folder.root.key, folder);
    return this.route(uri);
  }

  /** Open documents go to the folder that now is their innermost. */
  private routeAgain(): void {
    for (const { document, routed } of [...this.open.values()]) {
      const now = this.route(document.uri);
      if (now?.folder === routed.folder) continue;
      this.leave(routed);
      this.changed(document);
    }
  }

  private leave({ folder, file }: Routed): void {
    folder.changes.closedInEditor(file);
    if (!folder.loose || folder.changes.open.size > 0) return;
    this.loose.delete(folder.root.key);
    this.drop(folder);
  }

  private drop(folder: Folder): void {
    folder.dispose();
    this.left(folder);
  }
}
