/** What has changed in a folder and was not taken in yet, and when it is time to take it in. */
import type { FileId } from '../../../rules/kit/index.js';

export interface OpenText {
  readonly text: string;
  readonly version: number;
  /** As the client spells it. */
  readonly uri: string;
}

/** The part of a cancellation token that is needed to wait. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export interface Changed {
  readonly edited: ReadonlySet<FileId>;
  readonly closed: ReadonlySet<FileId>;
  readonly disk: ReadonlySet<FileId>;
  /** Everything has to be read anew. */
  readonly stale: boolean;
}

/** Milliseconds of quiet after a change, and the longest that changes in a row are waited for. */
const QUIET = 120;
const PATIENCE = 600;

export class Changes {
  /** All files that are open in an editor, with their newest text. */
  readonly open = new Map<FileId, OpenText>();
  private edited = new Set<FileId>();
  private closed = new Set<FileId>();
  private disk = new Set<FileId>();
  private stale = false;
  private first = 0;
  private quietUntil = 0;

  constructor(private readonly arrived: () => void) {}

  any(): boolean {
    return this.stale || this.edited.size > 0 || this.closed.size > 0 || this.disk.size > 0;
  }

  opened(file: FileId, text: OpenText): void {
    const known = this.open.get(file);
    this.open.set(file, text);
    this.arrive(known ? QUIET : 0);
    this.edited.add(file);
    this.arrived();
  }

  closedInEditor(file: FileId): void {
    if (!this.open.delete(file)) return;
    this.arrive(0);
    this.closed.add(file);
    this.arrived();
  }

  onDisk(file: FileId): void {
    this.arrive(QUIET);
    this.disk.add(file);
    this.arrived();
  }

  everything(quiet = QUIET): void {
    this.arrive(quiet);
    this.stale = true;
    this.arrived();
  }

  /** Must be called before a change is noted: it tells the first of a row. */
  private arrive(quiet: number): void {
    const now = performance.now();
    if (!this.any()) {
      this.first = now;
      this.quietUntil = now;
    }
    this.quietUntil = Math.min(Math.max(this.quietUntil, now + quiet), this.first + PATIENCE);
  }

  /** Resolves after the quiet that the latest changes ask for. */
  async rest(): Promise<void> {
    for (let left = 0; (left = this.quietUntil - performance.now()) > 0;)
      await new Promise((resolve) => setTimeout(resolve, left));
  }

  take(): Changed {
    const { edited, closed, disk, stale } = this;
    this.edited = new Set();
    this.closed = new Set();
    this.disk = new Set();
    this.stale = false;
    return { edited, closed, disk, stale };
  }
}
