/** The extension where VS Code itself runs in a browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { Front } from './shared.js';

let front: Front | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js').toString(true);
  front = new Front(context, (options) => new LanguageClient('skarp', 'Skarp', new Worker(script), options));
  // Nobody waits for the server: what it finds comes when it comes.
  void front.start();
}

export async function deactivate(): Promise<void> {
  await front?.stop();
}
