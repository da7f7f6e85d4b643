/** What the server knows of the product in a folder, and when it knows something new. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  AnswerParams,
  ChecklistResult,
  CrosswalkParams,
  DeclareParams,
  ExportParams,
  ProductParams,
  ProfileParams,
  RateParams,
} from '../../server/src/lsp/protocol.js';

/** Milliseconds; changes in a row are shown once. */
const QUIET = 150;
/** What the maker says, and what the product is. */
const SAID = '**/{skarp.checklist.yaml,skarp.json}';

export class Products implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly kept = new vscode.EventEmitter<void>();
  /** The checklist may have become another one: also while somebody types. */
  readonly onDidChange = this.changed.event;
  /** So may all that rests on files: one was saved, or the server has read everything anew. */
  readonly onDidKeep = this.kept.event;
  private isKept = false;
  private readings = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly disposables: { dispose(): unknown }[];

  constructor(private readonly client: () => BaseLanguageClient | undefined) {
    const watcher = vscode.workspace.createFileSystemWatcher(SAID);
    const refresh = (): void => {
      this.refresh();
    };
    const keep = (): void => {
      this.isKept = true;
      this.refresh();
    };
    this.disposables = [
      this.changed,
      watcher,
      this.kept,
      watcher.onDidChange(keep),
      watcher.onDidCreate(keep),
      watcher.onDidDelete(keep),
      vscode.workspace.onDidSaveTextDocument(keep),
      vscode.languages.onDidChangeDiagnostics(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(keep),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.disposables) each.dispose();
  }

  /** The server has come to rest; it tells how often it has read everything. */
  settled(readings: number): void {
    if (readings !== this.readings) this.isKept = true;
    this.readings = readings;
    this.refresh();
  }

  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { isKept } = this;
      this.isKept = false;
      this.changed.fire();
      if (isKept) this.kept.fire();
    }, QUIET);
  }

  /** Null while the server does not run or knows nothing. */
  async ask<Result>(
    request: string,
    params:
      | ProductParams
      | ProfileParams
      | CrosswalkParams
      | DeclareParams
      | RateParams
      | AnswerParams
      | ExportParams,
  ): Promise<Result | null> {
    const client = this.client();
    // Asked again as soon as it runs.
    if (client?.isRunning() !== true) return null;
    return client.sendRequest<Result>(request, params).catch(() => null);
  }

  checklist(folder: vscode.Uri): Promise<ChecklistResult> {
    return this.ask<NonNullable<ChecklistResult>>('skarp/checklist', { folder: folder.toString() });
  }
}

/** A finding as the editor shows it. */
export interface Shown {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** The findings of the editor by their fingerprint: the server's data goes with every diagnostic. */
export function shownByFingerprint(): ReadonlyMap<string, readonly Shown[]> {
  const all = new Map<string, Shown[]>();
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics())
    for (const diagnostic of diagnostics) {
      const { data } = diagnostic as vscode.Diagnostic & { data?: { fingerprint?: string } };
      if (diagnostic.source !== 'skarp' || data?.fingerprint === undefined) continue;
      const known = all.get(data.fingerprint);
      if (known) known.push({ uri, diagnostic });
      else all.set(data.fingerprint, [{ uri, diagnostic }]);
    }
  return all;
}

/** `main/net.c:12`, from the folder of the workspace. */
export function placeName(uri: vscode.Uri, line: number): string {
  return `${vscode.workspace.asRelativePath(uri)}:${String(line + 1)}`;
}
