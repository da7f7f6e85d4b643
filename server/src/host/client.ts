/** The host where the server has no disk: files come from the client, by requests of our own. */
import {
  FS_LIST_REQUEST,
  FS_READ_REQUEST,
  FS_STAT_REQUEST,
  type FsEntry,
  type FsParams,
  type FsStat,
} from '../lsp/protocol.js';
import { Root } from '../lsp/uris.js';
import type { Entry, Host, Stat } from './host.js';

/** The part of a connection that is needed to ask. */
export interface Asks {
  sendRequest<Result>(method: string, params: FsParams): Promise<Result>;
}

export class ClientHost implements Host {
  private readonly root: Root;

  constructor(
    private readonly client: Asks,
    private readonly uri: string,
    readonly wasm: Host['wasm'],
  ) {
    this.root = new Root(uri);
  }

  async list(folder: string): Promise<readonly Entry[]> {
    const entries = await this.ask<readonly FsEntry[]>(FS_LIST_REQUEST, folder);
    return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  stat(path: string): Promise<Stat> {
    return this.ask<FsStat>(FS_STAT_REQUEST, path);
  }

  async read(file: string): Promise<Uint8Array> {
    const binary = atob(await this.ask<string>(FS_READ_REQUEST, file));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  }

  /** The server never writes: all edits are the client's. */
  write(): Promise<void> {
    return Promise.reject(new Error('the client owns its files'));
  }

  private ask<Result>(method: string, path: string): Promise<Result> {
    return this.client.sendRequest<Result>(method, { uri: path === '' ? this.uri : this.root.uriOf(path) });
  }
}
