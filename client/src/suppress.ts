/** The command of "Suppress … here with a reason…": a suppression without a reason is none, so it asks for one. */
import * as vscode from 'vscode';
import type { SuppressArguments } from '../../server/src/lsp/protocol.js';

export async function suppress({ uri, rule, line, indent, mark }: SuppressArguments): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const { version } = document;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0}', rule),
    prompt: vscode.l10n.t('Why is this no danger here? The reason is kept in the code and shown in reports.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is required') : undefined),
  });
  if (reason === undefined) return;
  if (document.version !== version) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file has changed meanwhile. Nothing was inserted.'),
    );
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  const comment = `${indent}${mark} skarp-ignore ${rule} -- ${reason.trim().replace(/\s+/g, ' ')}\n`;
  edit.insert(document.uri, new vscode.Position(line, 0), comment);
  await vscode.workspace.applyEdit(edit);
}
