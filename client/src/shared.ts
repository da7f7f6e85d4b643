/** What both extensions have in common: one client of the language server, and all that shows what it says. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions, Status } from '../../server/src/lsp/protocol.js';
import { ChecklistPanels } from './checklist-panel.js';
import { serveFiles } from './files.js';
import { Products } from './products.js';
import { ProvisionTree } from './provision-tree.js';
import { StatusItem } from './status.js';
import { suppress } from './suppress.js';

const LANGUAGES = ['c', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];
/** Headers are C++ to VS Code; config files have no language of their own. */
const PATTERNS = [
  '**/*.h',
  '**/sdkconfig*',
  '**/*.conf',
  '**/partitions*.csv',
  '**/skarp.json',
  '**/{.env*,*.env,*.env.*}',
  '**/Dockerfile*',
  '**/.npmrc',
  '**/*.service',
  '**/Kconfig*',
  '**/{docker-compose,compose}*.{yml,yaml}',
  '**/{package.json,dependencies.lock,idf_component.yml}',
];

// Spelled out, as the client may import no more than types from the server.
const STATUS_NOTIFICATION = 'skarp/status';

export class Front {
  private client: BaseLanguageClient | undefined;
  private readonly status: StatusItem;
  private readonly products: Products;
  private readonly panels: ChecklistPanels;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly create: (options: LanguageClientOptions) => BaseLanguageClient,
  ) {
    this.status = new StatusItem();
    this.products = new Products(() => this.client);
    this.panels = new ChecklistPanels(context.extensionUri, this.products);
    const { commands } = vscode;
    context.subscriptions.push(
      this.status,
      this.products,
      this.panels,
      new ProvisionTree(this.products),
      commands.registerCommand('skarp.openChecklist', () => {
        this.panels.open();
      }),
      commands.registerCommand('skarp.showProvision', (id: string) => {
        this.panels.open(id);
      }),
      commands.registerCommand('skarp.restartServer', () => this.restart()),
      commands.registerCommand('skarp.suppress', suppress),
    );
  }

  /** Resolves when the server has answered; what it finds comes later. */
  async start(): Promise<void> {
    const client = this.create(this.options());
    this.client = client;
    client.onNotification(STATUS_NOTIFICATION, (status: Status) => {
      this.status.show(status);
      this.panels.scanning(status.scanning);
      if (!status.scanning) this.products.settled(status.readings);
    });
    serveFiles(client);
    try {
      await client.start();
      this.products.refresh();
    } catch (error) {
      this.status.fail(error instanceof Error ? error.message : String(error));
    }
  }

  async stop(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    // A server that does not end by itself within the time is ended by the client.
    await client?.dispose(5000).catch(() => undefined);
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private options(): LanguageClientOptions {
    // Only what lies in the workspace or on the disk: not the former versions that a diff shows.
    const schemes = new Set([
      'file',
      ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
    ]);
    const initializationOptions: InitializationOptions = {
      suppress: true,
      checklist: true,
      status: true,
      fs: true,
      wasm: vscode.Uri.joinPath(this.context.extensionUri, 'dist').toString(true),
    };
    return {
      documentSelector: [...schemes].flatMap((scheme) => [
        ...LANGUAGES.map((language) => ({ scheme, language })),
        ...PATTERNS.map((pattern) => ({ scheme, pattern })),
      ]),
      diagnosticPullOptions: { onChange: true },
      initializationOptions,
    };
  }
}
