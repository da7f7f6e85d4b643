/** The extension where VS Code runs on a computer or reaches one: the server is a process of its own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { Front } from './shared.js';

let front: Front | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  const server = { module, transport: TransportKind.ipc };
  front = new Front(
    context,
    (options) => new LanguageClient('skarp', 'Skarp', { run: server, debug: server }, options),
  );
  // Nobody waits for the server: what it finds comes when it comes.
  void front.start();
}

export async function deactivate(): Promise<void> {
  await front?.stop();
}
