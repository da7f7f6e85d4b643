/**
 * One root folder of the client's, kept true while it changes.
 *
 * All changes of the session are made by one loop, in order: take in what changed, settle, hand out a snapshot. A
 * change that comes while it settles interrupts it between two files. So no request ever sees a session half changed.
 */
import type { FileId } from '../../../rules/kit/index.js';
import type { Grammars } from '../engine/grammars.js';
import type { Host } from '../host/host.js';
import { ConfigError } from '../project/jsonc.js';
import { kindOf } from '../project/files.js';
import { Session } from '../session.js';
import { type Cancellation, type Changed, Changes, type OpenText } from './changes.js';
import type { Product } from './product-requests.js';
import { Proposals } from './proposals.js';
import { type ConfigProblem, type Snapshot, takeSnapshot } from './snapshot.js';
import type { Root } from './uris.js';

export interface FolderSettings {
  readonly version: string;
  readonly grammars: Grammars;
  /** Threads that read a folder when it is opened. */
  readonly jobs: number;
  /** `YYYY-MM-DD`. */
  today(): string;
  /** Lets waiting messages in. */
  breathe(): Promise<void>;
  log(text: string): void;
  working(): void;
  settled(folder: Folder, snapshot: Snapshot): void;
  /** Nothing is left to do. */
  rested(): void;
}

/** Work longer than this lets others in, in milliseconds. */
const BREATH = 8;

class Interrupted extends Error {}

export class Folder {
  readonly changes: Changes;
  snapshot: Snapshot | undefined;
  /** How often all was read anew. */
  readings = 0;
  private session: Session | undefined;
  private configProblem: ConfigProblem | undefined;
  private day = '';
  private running = false;
  private disposed = false;
  private waiting: (() => void)[] = [];
  private readonly proposals: Proposals;

  constructor(
    readonly root: Root,
    private readonly host: Host,
    private readonly settings: FolderSettings,
    /** Only the open files, not the whole folder: it holds a file that was opened alone. */
    readonly loose = false,
  ) {
    this.proposals = new Proposals(host);
    this.changes = new Changes(() => {
      this.start();
    });
  }

  get busy(): boolean {
    return this.running || this.changes.any();
  }

  dispose(): void {
    this.disposed = true;
    this.wake();
    if (!this.running) this.session?.dispose();
  }

  /**
   * A snapshot that knows the newest text of a file, or of all files if none is named. Undefined when cancelled, or
   * when there will be none.
   */
  async current(file: FileId | undefined, token: Cancellation): Promise<Snapshot | undefined> {
    for (;;) {
      if (token.isCancellationRequested || this.disposed) return undefined;
      const { snapshot } = this;
      if (!this.busy) return snapshot;
      if (
        snapshot &&
        file !== undefined &&
        snapshot.open.get(file)?.text === this.changes.open.get(file)?.text
      )
        return snapshot;
      await this.next(token);
    }
  }

  /** The product at the folder's root, once all is known of it. Undefined when cancelled, or when nothing can be read. */
  async product(token: Cancellation): Promise<Product | undefined> {
    const { session, report } = (await this.current(undefined, token)) ?? {};
    const { host, root, proposals } = this;
    if (!session || !report) return undefined;
    const today = this.settings.today();
    return { uri: root.uri, host, session, report, today, proposals, fileOf: (uri) => root.fileOf(uri) };
  }

  /** The next time that the folder has come to rest, or the cancellation of the token. */
  next(token: Cancellation): Promise<void> {
    return new Promise((resolve) => {
      const listener = token.onCancellationRequested(() => {
        resolve();
      });
      this.waiting.push(() => {
        listener.dispose();
        resolve();
      });
    });
  }

  /** Whether a path is a folder that a walk would read. */
  async readsFolder(path: FileId): Promise<boolean> {
    if (!(await this.session?.covers(path, 'folder'))) return false;
    return this.host.stat(path).then(
      (found) => found.kind === 'folder',
      () => false,
    );
  }

  /** Files known below a path that is gone. */
  filesBelow(path: FileId): FileId[] {
    return (this.session?.files() ?? []).filter((file) => file.startsWith(`${path}/`));
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const each of waiting) each();
  }

  private start(): void {
    if (this.running || this.disposed) return;
    this.running = true;
    this.settings.working();
    void this.run();
  }

  private async run(): Promise<void> {
    const edited = new Set<FileId>();
    while (this.changes.any() && !this.disposed) {
      await this.changes.rest();
      try {
        await this.takeIn(edited);
        await this.session?.settle(this.pauses());
        if (!this.changes.any()) this.handOut(edited);
      } catch (error) {
        if (error instanceof Interrupted) continue;
        this.settings.log(
          `${this.root.uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
    this.running = false;
    if (this.disposed) this.session?.dispose();
    else this.settings.rested();
    this.wake();
  }

  private pauses(): () => Promise<void> {
    let since = performance.now();
    return async () => {
      if (performance.now() - since < BREATH) return;
      await this.settings.breathe();
      if (this.changes.any() || this.disposed) throw new Interrupted();
      since = performance.now();
    };
  }

  private async takeIn(edited: Set<FileId>): Promise<void> {
    const changed = this.changes.take();
    for (const file of changed.edited) edited.add(file);
    let stale = changed.stale || this.day !== this.settings.today() || this.addsLoose(changed);
    try {
      if (!stale && this.session) stale = await apply(this.session, changed, this.changes.open);
    } catch (error) {
      // What was half taken in is read anew.
      this.settings.log(`${this.root.uri}: ${String(error)}`);
      stale = true;
    }
    if (stale && !(await this.load()) && this.session) await apply(this.session, changed, this.changes.open);
  }

  private addsLoose(changed: Changed): boolean {
    const isNew = (file: FileId): boolean => this.session?.knows(file) !== true;
    return this.loose && (changed.closed.size > 0 || [...changed.edited].some(isNew));
  }

  /** Reads everything anew. Answers false where the config is broken: then the old session stays. */
  private async load(): Promise<boolean> {
    const { version, grammars, jobs } = this.settings;
    this.day = this.settings.today();
    const next = new Session(this.host, { version, grammars, jobs, today: this.day });
    const open = new Map(this.changes.open);
    try {
      for (const [file, { text }] of open) if (typeof kindOf(file) === 'object') next.open(file, text);
      await next.load(this.loose ? { files: [...open.keys()] } : { whole: [''] });
      for (const [file, { text }] of open) if (await isRead(next, file)) next.open(file, text);
    } catch (error) {
      next.dispose();
      if (!(error instanceof ConfigError)) throw error;
      const { file, offset, message } = error;
      const bytes = await this.host.read(file).catch(() => new Uint8Array());
      this.configProblem = { file, offset, message, text: new TextDecoder().decode(bytes) };
      return false;
    }
    this.configProblem = undefined;
    this.session?.dispose();
    this.session = next;
    this.readings++;
    return true;
  }

  private handOut(edited: Set<FileId>): void {
    this.snapshot = takeSnapshot(this.session, this.changes.open, edited, this.configProblem);
    edited.clear();
    this.settings.settled(this, this.snapshot);
    this.wake();
  }
}

/** Answers true where everything has to be read anew. */
async function apply(
  session: Session,
  changed: Changed,
  open: ReadonlyMap<FileId, OpenText>,
): Promise<boolean> {
  for (const file of changed.edited) {
    const text = open.get(file)?.text;
    if (text !== undefined && (await isRead(session, file))) session.open(file, text);
  }
  for (const file of changed.closed)
    if (!open.has(file) && (await isRead(session, file)) && (await session.close(file))) return true;
  for (const file of changed.disk)
    if ((await session.covers(file)) && (await session.refresh(file))) return true;
  return false;
}

/** A config counts as it is on disk: half written it would be broken most of the time. */
async function isRead(session: Session, file: FileId): Promise<boolean> {
  return typeof kindOf(file) === 'object' && (await session.covers(file));
}
