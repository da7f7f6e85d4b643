/** The language server: what a client may ask, on any transport. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileId } from '../../../rules/kit/index.js';
import type { Cancellation } from './changes.js';
import { WATCHERS, abilitiesOf, capabilitiesFor } from './capabilities.js';
import { type Abilities, Converter, FIX_ALL } from './convert.js';
import { type Outlet, Pull, Push, cancelled } from './diagnostics.js';
import type { Folder } from './folder.js';
import type { Snapshot } from './snapshot.js';
import { type DiskChange, Folders, type World } from './folders.js';
import {
  type Product,
  answeredText,
  assessmentFor,
  checklistFor,
  declaredText,
  exportFor,
  profileFor,
  ratedText,
} from './product-requests.js';
import {
  ANSWER_REQUEST,
  ASSESSMENT_REQUEST,
  type AnswerParams,
  CHECKLIST_REQUEST,
  CROSSWALK_REQUEST,
  DECLARE_REQUEST,
  EXPORT_REQUEST,
  type Edited,
  type InitializationOptions,
  PROFILE_REQUEST,
  RATE_REQUEST,
  type ProductParams,
  STANDARDS_REQUEST,
  STATUS_NOTIFICATION,
  type StandardsResult,
} from './protocol.js';
import { crosswalkFor, standards } from './crosswalk-requests.js';
import { statusOf } from './status.js';

const CHANGES: Readonly<Record<FileChangeType, DiskChange>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** Brings a server to life on a connection that does not listen yet. `worldFor` is asked once the client is known. */
export function serve(connection: Connection, worldFor: (options: InitializationOptions) => World): void {
  let server: Server | undefined;
  connection.onInitialize((params) => {
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    server = new Server(connection, params, options, worldFor(options));
    return server.hello();
  });
  connection.onInitialized(() => {
    server?.begin();
  });
  connection.onShutdown(() => {
    server?.end();
  });
  connection.listen();
}

class Server {
  private readonly documents = new TextDocuments(TextDocument);
  private readonly folders: Folders;
  private readonly outlet: Push | Pull;
  private readonly can: Abilities;
  private readonly client: ClientCapabilities;
  private readonly converters = new WeakMap<Snapshot, Converter>();
  private watches = false;

  constructor(
    private readonly connection: Connection,
    private readonly params: InitializeParams,
    private readonly options: InitializationOptions,
    private readonly world: World,
  ) {
    this.client = params.capabilities;
    const { textDocument, workspace } = this.client;
    this.can = abilitiesOf(this.client, options);
    this.outlet = textDocument?.diagnostic
      ? new Pull(connection, workspace?.diagnostics?.refreshSupport ?? false)
      : new Push(connection);
    this.folders = new Folders(
      world,
      {
        version: world.version,
        grammars: world.grammars,
        jobs: world.jobs,
        today: () => world.today(),
        breathe: () => world.breathe(),
        log: (text) => {
          connection.console.error(text);
        },
        working: () => {
          this.tellStatus(true);
        },
        settled: (folder, snapshot) => {
          this.guarded('diagnostics', () => {
            this.publish(folder, snapshot);
          });
        },
        rested: () => {
          this.tellStatus(false);
        },
      },
      (folder) => {
        this.outlet.left(folder.root.key);
      },
    );
  }

  hello(): InitializeResult {
    this.listen();
    return {
      serverInfo: { name: 'skarp', version: this.world.version },
      capabilities: capabilitiesFor(this.client, this.outlet instanceof Pull),
    };
  }

  begin(): void {
    const { workspace } = this.client;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      this.watches = true;
      this.connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS })
        .catch((error: unknown) => {
          this.watches = false;
          this.log('watching files', error);
        });
    }
    if (workspace?.workspaceFolders)
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.guarded('workspace folders', () => {
          for (const { uri } of removed) this.folders.remove(uri);
          for (const { uri } of added) this.folders.add(uri);
        });
      });
    const { workspaceFolders } = this.params;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that clients without workspace folders send
    const only = this.params.rootUri;
    for (const uri of workspaceFolders?.map((each) => each.uri) ?? (only === null ? [] : [only]))
      this.folders.add(uri);
  }

  end(): void {
    this.folders.dispose();
  }

  private listen(): void {
    const { connection, documents, folders } = this;
    documents.onDidChangeContent(({ document }) => {
      this.guarded('change', () => {
        folders.changed(document);
      });
    });
    documents.onDidClose(({ document }) => {
      this.guarded('close', () => {
        folders.closed(document.uri);
      });
    });
    documents.onDidSave(({ document }) => {
      // Who watches hears of it by itself, and of a file that is new as well.
      if (!this.watches)
        this.guarded('save', () => {
          folders.onDisk(document.uri, 'changed');
        });
    });
    documents.listen(connection);
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes)
        this.guarded('watched file', () => {
          folders.onDisk(uri, CHANGES[type]);
        });
    });
    connection.onHover(({ textDocument, position }, token) =>
      this.answer('hover', undefined, textDocument.uri, token, (converter, file) =>
        converter.hover(file, position),
      ),
    );
    connection.onCodeAction(({ textDocument, range, context: { only } }, token) =>
      this.answer('code action', [], textDocument.uri, token, (converter, file) => {
        const wants = (kind: string): boolean =>
          only?.some((each) => kind === each || kind.startsWith(`${each}.`)) ?? false;
        const all = wants(FIX_ALL) ? converter.fixAll(file) : undefined;
        if (all) return [all];
        return only === undefined || wants(CodeActionKind.QuickFix) ? converter.quickFixes(file, range) : [];
      }),
    );
    this.product(CHECKLIST_REQUEST, checklistFor);
    this.product(ASSESSMENT_REQUEST, (product) => {
      const { world } = this;
      return assessmentFor(product, {
        inCi: world.runsInCi?.(product.uri) ?? false,
        remembered: world.remembered?.(product.uri),
      });
    });
    this.product(RATE_REQUEST, ratedText);
    this.product(PROFILE_REQUEST, profileFor);
    this.product(DECLARE_REQUEST, declaredText);
    this.product(EXPORT_REQUEST, exportFor);
    this.product(CROSSWALK_REQUEST, crosswalkFor);
    connection.onRequest<StandardsResult, unknown>(STANDARDS_REQUEST, standards);
    // Of a text alone: nothing has to be read for it.
    connection.onRequest<Edited, unknown>(ANSWER_REQUEST, (params: AnswerParams) => answeredText(params));
    if (this.outlet instanceof Pull) this.outlet.listen(folders);
  }

  /** Answers what is asked of a product once its folder has come to rest; null where nothing could be read. */
  private product<Result>(
    request: string,
    ask: (product: Product, params: never) => Result | Promise<Result>,
  ): void {
    this.connection.onRequest(
      request,
      async (params: ProductParams | null, token: Cancellation): Promise<Result | null> => {
        const folder = this.folders.named(params?.folder);
        const product = await folder?.product(token);
        if (token.isCancellationRequested) throw cancelled();
        return product ? ask(product, (params ?? {}) as never) : null;
      },
    );
  }

  /** Answers from what is known of the newest text of a file. */
  private async answer<T>(
    what: string,
    none: T,
    uri: string,
    token: Cancellation,
    ask: (converter: Converter, file: FileId) => T,
  ): Promise<T> {
    const routed = this.folders.route(uri);
    const snapshot = await routed?.folder.current(routed.file, token);
    if (token.isCancellationRequested) throw cancelled();
    if (!routed || !snapshot) return none;
    try {
      return ask(this.converter(routed.folder, snapshot), routed.file);
    } catch (error) {
      this.log(what, error);
      return none;
    }
  }

  private converter(folder: Folder, snapshot: Snapshot): Converter {
    let known = this.converters.get(snapshot);
    if (!known) {
      known = new Converter(
        snapshot,
        (file) => snapshot.open.get(file)?.uri ?? folder.root.uriOf(file),
        this.can,
      );
      this.converters.set(snapshot, known);
    }
    return known;
  }

  private publish(folder: Folder, snapshot: Snapshot): void {
    const uriOf = (file: FileId): string => snapshot.open.get(file)?.uri ?? folder.root.uriOf(file);
    const byUri = new Map<string, Diagnostic[]>();
    for (const [file, diagnostics] of this.converter(folder, snapshot).diagnostics()) {
      // Of two folders, one in the other, the inner one speaks.
      if (this.folders.route(uriOf(file))?.folder === folder) byUri.set(uriOf(file), diagnostics);
    }
    const versions = new Map([...snapshot.open.values()].map(({ uri, version }) => [uri, version]));
    const outlet: Outlet = this.outlet;
    outlet.settled(folder.root.key, { byUri, versions, edited: new Set([...snapshot.edited].map(uriOf)) });
  }

  private tellStatus(scanning: boolean): void {
    if (this.options.status !== true) return;
    const status = statusOf([...this.folders], scanning || this.folders.busy);
    void this.connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  private guarded(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.log(what, error);
    }
  }

  private log(what: string, error: unknown): void {
    this.connection.console.error(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}
