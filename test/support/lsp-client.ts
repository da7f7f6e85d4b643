/** A plain LSP client over the stdio of a real server process: it knows what was sent, and nothing of VS Code. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  FileChangeType,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
  createMessageConnection,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Status } from '../../server/src/lsp/protocol.js';

const here = dirname(fileURLToPath(import.meta.url));
const server = join(here, 'lsp-server.ts');

export interface ClientOptions {
  /** Folders of the workspace, absolute. */
  readonly folders: readonly string[];
  /** Offer to pull diagnostics; else they are pushed. */
  readonly pull?: boolean;
  readonly suppress?: boolean;
  /** A command that serves over stdio, instead of the server's sources. */
  readonly command?: readonly [string, ...string[]];
}

interface Open {
  document: TextDocument;
}

export class LspClient {
  /** What was pushed last, by URI. */
  readonly pushed = new Map<string, PublishDiagnosticsParams>();
  readonly statuses: Status[] = [];
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  /** How often the server asked to pull again. */
  refreshes = 0;
  capabilities: InitializeResult['capabilities'] = {};
  private readonly open = new Map<string, Open>();
  private statusListeners: (() => void)[] = [];

  private constructor(
    readonly connection: MessageConnection,
    private readonly child: ChildProcessWithoutNullStreams,
    readonly root: string,
  ) {}

  static async start(options: ClientOptions): Promise<LspClient> {
    const [program, ...args] = options.command ?? [process.execPath, '--import', 'tsx', server, '--stdio'];
    const child = spawn(program, args, { cwd: join(here, '../..') });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(connection, child, options.folders[0] ?? '');
    child.stderr.setEncoding('utf8').on('data', (text: string) => client.logged.push(text));
    client.listen();
    connection.listen();
    const folders = options.folders.map((path) => ({ uri: pathToFileURL(path).href, name: path }));
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      initializationOptions: { status: true, suppress: options.suppress ?? false },
      capabilities: {
        workspace: {
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
          didChangeWatchedFiles: { dynamicRegistration: true },
          diagnostics: { refreshSupport: true },
        },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true },
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
          },
          hover: { contentFormat: ['markdown'] },
          ...(options.pull === true && { diagnostic: { relatedDocumentSupport: false } }),
        },
      },
    });
    client.capabilities = capabilities;
    await connection.sendNotification('initialized', {});
    return client;
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.pushed.set(params.uri, params);
    });
    connection.onNotification('skarp/status', (status: Status) => {
      this.statuses.push(status);
      for (const each of this.statusListeners.splice(0)) each();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: { method: string }[] }) => {
        this.registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      return null;
    });
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  /** Waits until the server has taken in all that was sent before and has come to rest. */
  async quiet(): Promise<void> {
    // The answer comes after the status that the changes before it brought about.
    await this.connection.sendRequest('skarp/checklist', {});
    while (this.statuses.at(-1)?.scanning !== false)
      await new Promise<void>((resolve) => {
        this.statusListeners.push(resolve);
      });
  }

  async openText(path: string, text: string, languageId = 'c'): Promise<void> {
    const uri = this.uri(path);
    this.open.set(uri, { document: TextDocument.create(uri, languageId, 1, text) });
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces a stretch of an open text, as an editor does while somebody types. */
  async edit(path: string, start: number, end: number, text: string): Promise<void> {
    const { document } = this.opened(path);
    await this.editRange(path, { start: document.positionAt(start), end: document.positionAt(end) }, text);
  }

  async editRange(path: string, range: Range, text: string): Promise<void> {
    const open = this.opened(path);
    const version = open.document.version + 1;
    open.document = TextDocument.update(open.document, [{ range, text }], version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: open.document.uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async setText(path: string, text: string): Promise<void> {
    await this.edit(path, 0, this.text(path).length, text);
  }

  async close(path: string): Promise<void> {
    this.open.delete(this.uri(path));
    await this.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: this.uri(path) },
    });
  }

  async changedOnDisk(path: string, type: FileChangeType = FileChangeType.Changed): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  text(path: string): string {
    return this.opened(path).document.getText();
  }

  version(path: string): number {
    return this.opened(path).document.version;
  }

  private opened(path: string): Open {
    const open = this.open.get(this.uri(path));
    if (!open) throw new Error(`${path} is not open`);
    return open;
  }

  isOpen(path: string): boolean {
    return this.open.has(this.uri(path));
  }

  diagnostics(path: string): Diagnostic[] {
    return this.pushed.get(this.uri(path))?.diagnostics ?? [];
  }

  /** The text that a diagnostic underlines. */
  marked(path: string, { range }: Diagnostic): string {
    return this.opened(path).document.getText(range);
  }

  codeActions(path: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(path) },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
  }

  /** Applies an edit to the open texts, as an editor would: refused where the version is another. */
  async apply(edit: WorkspaceEdit | undefined): Promise<void> {
    for (const change of edit?.documentChanges ?? []) {
      if (!('edits' in change)) throw new Error('only text is edited');
      const path = decodeURIComponent(
        change.textDocument.uri.slice(pathToFileURL(this.root).href.length + 1),
      );
      if (change.textDocument.version !== this.version(path))
        throw new Error('the edit is for another version');
      const edits = [...change.edits] as TextEdit[];
      edits.sort(
        (a, b) =>
          b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
      );
      for (const { range, newText } of edits) await this.editRange(path, range, newText);
    }
  }

  /** Says goodbye as LSP asks for; resolves with the exit status of the server. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }

  kill(): void {
    this.child.kill();
  }
}
