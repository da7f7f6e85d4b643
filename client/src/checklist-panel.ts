/** The panel "Skarp Checklist": hands its page what the server knows, and does what is asked on the page. */
import * as vscode from 'vscode';
import type {
  AssessmentResult,
  ChecklistResult,
  CrosswalkParams,
  CrosswalkResult,
  ProfileParams,
  ProfileResult,
  StandardsResult,
} from '../../server/src/lsp/protocol.js';
import type { HostMessage, OpenPlace, PageMessage, PageState, Place, View } from './panel/messages.js';
import { type Products, placeName, shownByFingerprint } from './products.js';
import { answer, declare, exportChecklist, rate } from './said.js';

const TYPE = 'skarp.checklist';

export class ChecklistPanels implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private folder: string | undefined;
  private view: View = 'provisions';
  /** Through which catalogues the page wants to see the provisions. */
  private asked: CrosswalkParams['asked'] | undefined;
  /** The page shows what the server answered for its view, or will: nobody needs to ask again. */
  private isAnswered = false;
  private hasStandards = false;
  private changes = 0;
  private isFollowing = false;
  private isScanning = false;
  /** A provision to show once the page has the checklist. */
  private wanted: string | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly products: Products,
  ) {
    this.disposables = [
      vscode.window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: (panel, state: PageState | undefined) => {
          this.folder = state?.folder;
          this.adopt(panel);
          return Promise.resolve();
        },
      }),
      products.onDidChange(() => {
        void this.follow();
      }),
      products.onDidKeep(() => {
        void this.sendView();
      }),
    ];
  }

  dispose(): void {
    this.panel?.dispose();
    for (const each of this.disposables) each.dispose();
  }

  /** Shows the checklist, and if one is named, that provision in it. */
  open(provision?: string): void {
    this.wanted = provision;
    if (this.panel) {
      this.panel.reveal();
      void this.send();
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(TYPE, vscode.l10n.t('Skarp Checklist'), vscode.ViewColumn.Active, {
        enableFindWidget: true,
      }),
    );
  }

  scanning(isScanning: boolean): void {
    this.isScanning = isScanning;
    this.post({ type: 'scanning', scanning: isScanning });
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(this.extension, folder)),
    };
    panel.webview.onDidReceiveMessage((message: PageMessage) => {
      void this.receive(message);
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.html = page(panel.webview, this.extension);
  }

  private async receive(message: PageMessage): Promise<void> {
    const folder = this.chosen();
    switch (message.type) {
      case 'ready':
        this.folder = message.folder ?? this.folder;
        this.hasStandards = false;
        this.post({ type: 'scanning', scanning: this.isScanning });
        await this.send();
        break;
      case 'folder':
        this.folder = message.folder;
        await this.send();
        await this.sendView({ look: true });
        break;
      case 'view':
        this.view = message.view;
        await this.sendView({ look: true });
        break;
      case 'look':
        await this.sendView({ look: true });
        break;
      case 'crosswalk':
        this.asked = message.asked;
        if (this.view === 'crosswalk') await this.sendView();
        break;
      case 'open':
        await open(message.place);
        break;
      case 'declare': {
        const { provision } = message.said;
        const problem = folder && (await declare(this.products, folder, message.said));
        if (problem === undefined) await this.send();
        this.post({ type: 'declared', provision, ...(problem !== undefined && { problem }) });
        break;
      }
      case 'rate': {
        const problem = folder && (await rate(this.products, folder, message.said));
        if (problem === undefined) await this.sendView();
        this.post({ type: 'rated', ...(problem !== undefined && { problem }) });
        break;
      }
      case 'pick':
        if (folder) await this.pick(folder, message.provision);
        break;
      case 'export':
        if (folder) await exportChecklist(this.products, folder);
        break;
      case 'answer': {
        const problem = folder && (await answer(this.products, folder, { [message.feature]: message.value }));
        if (problem !== undefined) void vscode.window.showErrorMessage(problem);
      }
    }
  }

  private chosen(): vscode.Uri | undefined {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return (folders.find(({ uri }) => uri.toString() === this.folder) ?? folders[0])?.uri;
  }

  private async pick(folder: vscode.Uri, provision: string): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      defaultUri: folder,
      canSelectMany: true,
      openLabel: vscode.l10n.t('Add as Evidence'),
    });
    const files = (chosen ?? []).map((uri) => ({
      uri: uri.toString(),
      name: vscode.workspace.asRelativePath(uri, false),
    }));
    this.post({ type: 'picked', provision, files });
  }

  /** Sends what is new, one answer at a time: while the server reads a workspace, questions would only pile up. */
  private async follow(): Promise<void> {
    this.changes++;
    if (this.isFollowing) return;
    this.isFollowing = true;
    try {
      for (let known = 0; known !== this.changes;) {
        known = this.changes;
        await this.send();
      }
    } finally {
      this.isFollowing = false;
    }
  }

  private async send(): Promise<void> {
    // A page that is hidden is gone; it says that it is ready when it is shown again.
    if (this.panel?.visible !== true) return;
    const folder = this.chosen();
    const checklist = folder ? await this.products.checklist(folder) : null;
    this.post({
      type: 'checklist',
      checklist,
      places: placesOf(checklist),
      folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
        uri: uri.toString(),
        name,
      })),
      folder: folder?.toString(),
    });
    if (checklist && this.wanted !== undefined) {
      this.post({ type: 'reveal', provision: this.wanted });
      this.wanted = undefined;
    }
    await this.sendStandards();
    if (!this.isAnswered) await this.sendView();
  }

  /** They are the same for every product: once the server has answered, a page knows them. */
  private async sendStandards(): Promise<void> {
    if (this.hasStandards) return;
    const result = await this.products.ask<StandardsResult>('skarp/standards', {});
    this.hasStandards = result !== null;
    this.post({ type: 'standards', result });
  }

  /**
   * What a view shows beside the provisions, asked for while it is looked at. It costs git and files, so not whenever
   * somebody types: when the view is opened, when something was saved, and when somebody wants to look again.
   */
  private async sendView({ look = false } = {}): Promise<void> {
    const folder = this.chosen()?.toString();
    if (this.panel?.visible !== true || folder === undefined) return;
    this.isAnswered = true;
    const message = await this.viewed(folder, look);
    this.isAnswered = message?.result !== null;
    if (message && folder === this.chosen()?.toString()) this.post(message);
  }

  private async viewed(
    folder: string,
    look: boolean,
  ): Promise<Extract<HostMessage, { type: 'assessment' | 'product' | 'crosswalk' }> | undefined> {
    const { products, asked } = this;
    switch (this.view) {
      case 'provisions':
        return undefined;
      case 'assessment': {
        const result = await products.ask<NonNullable<AssessmentResult>>('skarp/assessment', { folder });
        return { type: 'assessment', result };
      }
      case 'product': {
        const params: ProfileParams = { folder, look };
        return {
          type: 'product',
          result: await products.ask<NonNullable<ProfileResult>>('skarp/profile', params),
        };
      }
      case 'crosswalk': {
        if (!asked) return undefined;
        const params: CrosswalkParams = { folder, asked };
        const result = await products.ask<NonNullable<CrosswalkResult>>('skarp/crosswalk', params);
        return { type: 'crosswalk', asked, result };
      }
    }
  }

  private post(message: HostMessage): void {
    void this.panel?.webview.postMessage(message);
  }
}

async function open({ uri, range }: OpenPlace): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  if (!range) {
    await vscode.commands.executeCommand('vscode.open', target);
    return;
  }
  const [line, column, endLine, endColumn] = range;
  await vscode.window.showTextDocument(target, {
    selection: new vscode.Range(line, column, endLine, endColumn),
  });
}

function placesOf(checklist: ChecklistResult): Record<string, Place[]> {
  const shown = shownByFingerprint();
  const wanted = new Set(checklist?.rows.flatMap((row) => row.findings));
  return Object.fromEntries(
    [...wanted].map((fingerprint) => [
      fingerprint,
      (shown.get(fingerprint) ?? []).map(({ uri, diagnostic }): Place => {
        const { start, end } = diagnostic.range;
        return {
          uri: uri.toString(),
          label: placeName(uri, start.line),
          says: diagnostic.message,
          range: [start.line, start.character, end.line, end.character],
        };
      }),
    ]),
  );
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const at = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const source = webview.cspSource;
  const csp = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link id="vscode-codicon-stylesheet" rel="stylesheet" href="${at('dist', 'codicon.css')}">
<link rel="stylesheet" href="${at('media', 'checklist.css')}">
<title>Skarp Checklist</title>
</head>
<body>
<main id="checklist"></main>
<script nonce="${nonce}" src="${at('dist', 'checklist.js')}"></script>
</body>
</html>`;
}
