/** How diagnostics reach the client: pushed or pulled, never both. */
import {
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Cancellation } from './changes.js';
import type { Folders } from './folders.js';
import { canonical } from './uris.js';

/** All diagnostics of one folder, by URI as the client spells it. */
export interface Published {
  readonly byUri: ReadonlyMap<string, Diagnostic[]>;
  /** Versions of the open files that these diagnostics are about. */
  readonly versions: ReadonlyMap<string, number>;
  /** Files edited since the last time. */
  readonly edited: ReadonlySet<string>;
}

export interface Outlet {
  /** A folder has come to rest. `key` names the folder. */
  settled(key: string, published: Published): void;
  /** The folder is no longer the client's: its diagnostics go. */
  left(key: string): void;
}

interface Last {
  readonly uri: string;
  readonly text: string;
  readonly version: number | undefined;
}

export class Push implements Outlet {
  private readonly last = new Map<string, Map<string, Last>>();

  constructor(private readonly connection: Connection) {}

  settled(key: string, { byUri, versions }: Published): void {
    const before = this.last.get(key) ?? new Map<string, Last>();
    const now = new Map<string, Last>();
    for (const [uri, diagnostics] of byUri) {
      const version = versions.get(uri);
      const next = { uri, text: JSON.stringify(diagnostics), version };
      const known = before.get(canonical(uri));
      now.set(canonical(uri), next);
      // After an edit also the same: the client may have moved its own.
      if (known?.text !== next.text || known.version !== version) this.send(uri, version, diagnostics);
    }
    for (const [file, { uri }] of before) if (!now.has(file)) this.send(uri, versions.get(uri), []);
    this.last.set(key, now);
  }

  left(key: string): void {
    for (const { uri } of this.last.get(key)?.values() ?? []) this.send(uri, undefined, []);
    this.last.delete(key);
  }

  private send(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }
}

interface Report {
  readonly uri: string;
  readonly id: string;
  readonly text: string;
  readonly items: Diagnostic[];
  readonly version: number | null;
}

/** Result of a file that never had a finding. */
const NEVER = '0';

export class Pull implements Outlet {
  /** By the one spelling of a URI, since clients change theirs. */
  private readonly reports = new Map<string, Report>();
  private readonly owned = new Map<string, ReadonlySet<string>>();
  private serial = 0;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly canRefresh: boolean,
  ) {}

  listen(folders: Folders): void {
    const { diagnostics } = this.connection.languages;
    diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
      const routed = folders.route(uri);
      await routed?.folder.current(routed.file, token);
      if (token.isCancellationRequested) throw cancelled();
      return this.document(uri, previousResultId);
    });
    diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
      for (const folder of folders) if (!folder.snapshot) await folder.next(token);
      return this.workspace(new Map(previousResultIds.map(({ uri, value }) => [uri, value])), token);
    });
  }

  settled(key: string, { byUri, versions, edited }: Published): void {
    const uris = new Set([...(this.owned.get(key) ?? []), ...byUri.keys()]);
    const changed = [...uris].filter((uri) => this.update(uri, byUri.get(uri) ?? [], versions.get(uri)));
    this.owned.set(key, new Set(byUri.keys()));
    this.announce(changed.some((uri) => !edited.has(uri)));
  }

  left(key: string): void {
    for (const uri of this.owned.get(key) ?? []) this.update(uri, [], undefined);
    this.owned.delete(key);
    this.announce(true);
  }

  private update(uri: string, items: Diagnostic[], version: number | undefined): boolean {
    const text = JSON.stringify(items);
    const known = this.reports.get(canonical(uri));
    const same = known ? known.text === text : items.length === 0;
    const id = same && known ? known.id : String(++this.serial);
    if (known || !same) this.reports.set(canonical(uri), { uri, id, text, items, version: version ?? null });
    return !same;
  }

  /** The client asks again by itself for a file that it edits; of what changed elsewhere it has to be told. */
  private announce(elsewhere: boolean): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const each of waiting) each();
    if (elsewhere && this.canRefresh) this.connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  private document(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const report = this.reports.get(canonical(uri));
    const resultId = report?.id ?? NEVER;
    if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: report?.items ?? [] };
  }

  /** Held back while the client knows everything: answering at once would only make it ask again. */
  private async workspace(
    previous: ReadonlyMap<string, string>,
    token: Cancellation,
  ): Promise<WorkspaceDiagnosticReport> {
    for (;;) {
      if (token.isCancellationRequested) throw cancelled();
      const items = this.news(previous);
      if (items.length > 0 || previous.size === 0) return { items };
      await new Promise<void>((resolve) => {
        const listener = token.onCancellationRequested(resolve);
        this.waiting.push(() => {
          listener.dispose();
          resolve();
        });
      });
    }
  }

  private news(previous: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const news: WorkspaceDocumentDiagnosticReport[] = [];
    const known = new Map([...previous].map(([uri, id]) => [canonical(uri), id]));
    for (const [file, { uri, id, items, version }] of this.reports)
      if (known.get(file) !== id)
        news.push({ kind: DocumentDiagnosticReportKind.Full, uri, resultId: id, items, version });
    for (const [uri, id] of previous)
      if (!this.reports.has(canonical(uri)) && id !== NEVER)
        news.push({
          kind: DocumentDiagnosticReportKind.Full,
          uri,
          resultId: NEVER,
          items: [],
          version: null,
        });
    return news;
  }
}

export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
