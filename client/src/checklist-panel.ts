/** The panel "Skarp Checklist": fetches the checklist from the server and hands it to its page. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Checklist } from '../../server/src/checklist/model.js';
import type { ChecklistParams, ChecklistResult } from '../../server/src/lsp/protocol.js';
import type { PageMessage, PageState, Place, ShowChecklist } from './panel/messages.js';

const TYPE = 'skarp.checklist';
/** Milliseconds; changes in a row are shown once. */
const QUIET = 150;

export class ChecklistPanels implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private folder: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly client: () => BaseLanguageClient | undefined,
  ) {
    this.disposables = [
      vscode.window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: (panel, state: PageState | undefined) => {
          this.folder = state?.folder;
          this.adopt(panel);
          return Promise.resolve();
        },
      }),
      vscode.languages.onDidChangeDiagnostics(() => {
        this.refresh();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    for (const each of this.disposables) each.dispose();
  }

  open(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(TYPE, vscode.l10n.t('Skarp Checklist'), vscode.ViewColumn.Active, {
        enableFindWidget: true,
      }),
    );
  }

  /** Shows what the server knows by now, if the panel is open. */
  refresh(): void {
    if (!this.panel) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), QUIET);
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
    switch (message.type) {
      case 'ready':
        await this.send();
        break;
      case 'folder':
        this.folder = message.folder;
        await this.send();
        break;
      case 'open': {
        const [line, column, endLine, endColumn] = message.place.range;
        await vscode.window.showTextDocument(vscode.Uri.parse(message.place.uri, true), {
          selection: new vscode.Range(line, column, endLine, endColumn),
        });
      }
    }
  }

  private async send(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
      uri: uri.toString(),
      name,
    }));
    const folder = folders.some(({ uri }) => uri === this.folder) ? this.folder : folders[0]?.uri;
    const params: ChecklistParams = folder === undefined ? {} : { folder };
    const client = this.client();
    // Asked again as soon as it runs.
    if (client?.isRunning() !== true) return;
    const checklist = await client.sendRequest<ChecklistResult>('skarp/checklist', params).catch(() => null);
    const shown: ShowChecklist = {
      type: 'checklist',
      checklist,
      places: placesOf(checklist),
      folders,
      folder,
    };
    await this.panel?.webview.postMessage(shown);
  }
}

/** The findings of the checklist as the editor has them: the server's data goes with every diagnostic. */
function placesOf(checklist: Checklist | null): Record<string, Place[]> {
  const wanted = new Set(checklist?.rows.flatMap((row) => row.findings));
  const places: Record<string, Place[]> = {};
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics())
    for (const diagnostic of diagnostics) {
      const { data } = diagnostic as vscode.Diagnostic & { data?: { fingerprint?: string } };
      if (diagnostic.source !== 'skarp' || data?.fingerprint === undefined || !wanted.has(data.fingerprint))
        continue;
      const { start, end } = diagnostic.range;
      (places[data.fingerprint] ??= []).push({
        uri: uri.toString(),
        label: `${vscode.workspace.asRelativePath(uri)}:${String(start.line + 1)}`,
        says: diagnostic.message,
        range: [start.line, start.character, end.line, end.character],
      });
    }
  return places;
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const at = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const csp = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('media', 'checklist.css')}">
<title>Skarp Checklist</title>
</head>
<body>
<main id="checklist"></main>
<script nonce="${nonce}" src="${at('dist', 'checklist.js')}"></script>
</body>
</html>`;
}
