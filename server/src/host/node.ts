/** The host of the command line and of the desktop: disk through Node. The only file that knows the disk. */
import { constants } from 'node:fs';
import { access, lstat, open, readFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Entry, Host, Stat, Store, Threads } from './host.js';
import { NodeStore, makerOf } from './node-store.js';

export class NodeHost implements Host {
  private readonly root: string;
  private realRoot: Promise<string> | undefined;

  /** `wasmFolder` holds the grammars and the bundle of the threads; `storeFolder` what is kept between runs, if anything. */
  constructor(
    root: string,
    private readonly wasmFolder: string,
    private readonly storeFolder?: string,
  ) {
    this.root = resolve(root);
  }

  async list(folder: string): Promise<readonly Entry[]> {
    const entries = await readdir(await this.inside(folder), { withFileTypes: true });
    return entries
      .map((entry) => ({
        name: entry.name,
        kind: entry.isFile()
          ? ('file' as const)
          : entry.isDirectory()
            ? ('folder' as const)
            : entry.isSymbolicLink()
              ? ('link' as const)
              : ('other' as const),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async stat(path: string): Promise<Stat> {
    const found = await stat(await this.inside(path));
    return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
  }

  async read(file: string): Promise<Uint8Array> {
    return readFile(await this.inside(file));
  }

  async write(file: string, bytes: Uint8Array): Promise<void> {
    const target = await this.inside(file);
    await access(target, constants.W_OK).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    await replaceFile(target, bytes);
  }

  async wasm(name: string): Promise<Uint8Array> {
    return readFile(join(this.wasmFolder, `${name}.wasm`)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // Nothing was built yet: the sources run beside the packages that bring the grammars.
      const parts = name === 'tree-sitter-tsx' ? 'tree-sitter-typescript' : name;
      return readFile(join(this.wasmFolder, '../node_modules', parts, `${name}.wasm`));
    });
  }

  async threads(setup: unknown, count: number): Promise<Threads | undefined> {
    // Beside the grammars; where nothing was built there are none.
    const filename = this.bundle();
    if (!existsSync(filename)) return undefined;
    // Only long runs need it.
    const { Tinypool } = await import('tinypool');
    const pool = new Tinypool({
      filename,
      // What the main thread was started with is for sources, not for the bundle.
      execArgv: [],
      workerData: setup,
      minThreads: count,
      maxThreads: count,
      // A thread that dies takes one file with it, not two.
      concurrentTasksPerWorker: 1,
    });
    // It died between two files; the next one tells.
    pool.on('error', () => undefined);
    return {
      run: (task) => pool.run(task) as Promise<unknown>,
      close: () => pool.destroy(),
    };
  }

  async store(): Promise<Store | undefined> {
    const maker = this.storeFolder === undefined ? undefined : await makerOf(this.bundle());
    return this.storeFolder === undefined || maker === undefined
      ? undefined
      : new NodeStore(this.storeFolder, maker);
  }

  private bundle(): string {
    return join(this.wasmFolder, 'worker.cjs');
  }

  /** The real path, which must lie inside the root: a link that leads out is refused. */
  private async inside(path: string): Promise<string> {
    const target = resolve(this.root, path);
    const real = await realpath(target).catch(() => target);
    this.realRoot ??= realpath(this.root).catch(() => this.root);
    const root = await this.realRoot;
    const away = relative(root, real);
    if (away === '..' || away.startsWith(`..${sep}`) || resolve(root, away) !== real)
      throw new Error('it lies outside the root');
    return real;
  }
}

/** Writes a file whole or not at all: to a temporary file beside it, then renamed. The file's mode is kept. */
export async function replaceFile(target: string, content: Uint8Array | string): Promise<void> {
  const mode = (await lstat(target).catch(() => undefined))?.mode;
  const temporary = join(dirname(target), `.skarp-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode === undefined ? 0o644 : mode & 0o777);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
