/** The panel "Skarp Checklist": hands its page what the server knows, and does what is asked on the page. */
import * as vscode from 'vscode';
import type { AssessmentResult, ChecklistResult, ProfileResult } from '../../server/src/lsp/protocol.js';
import type { HostMessage, OpenPlace, PageMessage, PageState, Place, View } from './panel/messages.js';
import { type Products, placeName, shownByFingerprint } from './products.js';
import { answer, declare, exportChecklist } from './said.js';

const TYPE = 'skarp.checklist';

export class ChecklistPanels implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private folder: string | undefined;
  private view: View = 'provisions';
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
        void this.send();
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
        this.post({ type: 'scanning', scanning: this.isScanning });
        await this.send();
        break;
      case 'folder':
        this.folder = message.folder;
        await this.send();
        break;
      case 'view':
        this.view = message.view;
        await this.sendView();
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

  private async send(): Promise<void> {
    if (!this.panel) return;
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
    await this.sendView();
  }

  /** What a view shows beside the provisions is asked for while it is looked at. */
  private async sendView(): Promise<void> {
    const folder = this.chosen()?.toString();
    if (!this.panel || folder === undefined) return;
    if (this.view === 'assessment') {
      const result = await this.products.ask<NonNullable<AssessmentResult>>('skarp/assessment', { folder });
      this.post({ type: 'assessment', result });
    } else if (this.view === 'product') {
      const result = await this.products.ask<NonNullable<ProfileResult>>('skarp/profile', { folder });
      this.post({ type: 'product', result });
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
