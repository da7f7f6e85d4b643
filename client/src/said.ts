/** What a person says in the panel is written into the files of the product, through the editor: it can be undone. */
import * as vscode from 'vscode';
import type { DeclareParams, Edited, ExportResult, RateParams } from '../../server/src/lsp/protocol.js';
import type { Products } from './products.js';

const DECLARATIONS_FILE = 'skarp.checklist.yaml';
const CONFIG_FILE = 'skarp.json';

/** Answers what went wrong, in one line. */
export async function declare(
  products: Products,
  folder: vscode.Uri,
  said: Omit<DeclareParams, 'text' | 'folder'>,
): Promise<string | undefined> {
  return edited(vscode.Uri.joinPath(folder, DECLARATIONS_FILE), (text = '') =>
    products.ask<Edited>('skarp/declare', { folder: folder.toString(), text, ...said }),
  );
}

export async function rate(
  products: Products,
  folder: vscode.Uri,
  said: Omit<RateParams, 'text' | 'folder'>,
): Promise<string | undefined> {
  return edited(vscode.Uri.joinPath(folder, DECLARATIONS_FILE), (text = '') =>
    products.ask<Edited>('skarp/rate', { folder: folder.toString(), text, ...said }),
  );
}

export async function answer(
  products: Products,
  folder: vscode.Uri,
  answers: Readonly<Record<string, boolean>>,
): Promise<string | undefined> {
  return edited(vscode.Uri.joinPath(folder, CONFIG_FILE), (text) =>
    products.ask<Edited>('skarp/answer', {
      ...(text !== undefined && { text }),
      answers,
    }),
  );
}

/** Changes a file by what the server makes of its text, as it stands in the editor or on disk; undefined: there is none. */
async function edited(
  uri: vscode.Uri,
  change: (text: string | undefined) => Promise<Edited | null>,
): Promise<string | undefined> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  const document = isThere ? await vscode.workspace.openTextDocument(uri) : undefined;
  const version = document?.version;
  const result = await change(document?.getText());
  if (result === null) return vscode.l10n.t('The language server does not answer. Nothing was written.');
  if ('problem' in result) return result.problem;
  if (document?.version !== version)
    return vscode.l10n.t('The file has changed meanwhile. Nothing was written; try again.');
  const edit = new vscode.WorkspaceEdit();
  if (document) edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), result.text);
  else edit.createFile(uri, { contents: new TextEncoder().encode(result.text), ignoreIfExists: false });
  const isWritten =
    (await vscode.workspace.applyEdit(edit)) && (document === undefined || (await document.save()));
  return isWritten
    ? undefined
    : vscode.l10n.t('{0} cannot be written.', vscode.workspace.asRelativePath(uri));
}

interface Format extends vscode.QuickPickItem {
  readonly format: string;
  readonly extension: string;
}

/** Asks for the format, for a draft where something is missing, and for the place. */
export async function exportChecklist(products: Products, folder: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const formats: Format[] = [
    { label: 'HTML', detail: t('One page to read, to print, to send'), format: 'html', extension: 'html' },
    { label: 'Markdown', detail: t('For a repository or a wiki'), format: 'markdown', extension: 'md' },
    { label: 'CSV', detail: t('For a spreadsheet'), format: 'csv', extension: 'csv' },
    {
      label: 'OSCAL',
      detail: t('Assessment results, for tools of compliance'),
      format: 'oscal',
      extension: 'json',
    },
    {
      label: 'CycloneDX',
      detail: t('Attestations, beside a bill of materials'),
      format: 'cyclonedx',
      extension: 'json',
    },
    { label: 'JSON', detail: t('For programs'), format: 'json', extension: 'json' },
  ];
  const chosen = await vscode.window.showQuickPick(formats, { title: t('Export the checklist as') });
  if (!chosen) return;
  const text = await exported(products, folder, chosen.format);
  if (text === undefined) return;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `checklist.${chosen.extension}`),
    filters: { [chosen.label]: [chosen.extension] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return;
  }
  const open = t('Open');
  const name = vscode.workspace.asRelativePath(target);
  if ((await vscode.window.showInformationMessage(t('The checklist is in {0}.', name), open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

async function exported(products: Products, folder: vscode.Uri, format: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const ask = (draft: boolean): Promise<ExportResult | null> =>
    products.ask<ExportResult>('skarp/export', { folder: folder.toString(), format, draft });
  let result = await ask(false);
  if (result && 'missing' in result) {
    const draft = t('Export a Draft');
    const detail = result.missing.slice(0, 10).join('\n') + (result.missing.length > 10 ? '\n…' : '');
    const answered = await vscode.window.showWarningMessage(
      t('{0} provisions are not ready to be handed out.', result.missing.length),
      { modal: true, detail },
      draft,
    );
    if (answered !== draft) return undefined;
    result = await ask(true);
  }
  if (result && 'text' in result) return result.text;
  void vscode.window.showErrorMessage(
    result && 'problem' in result ? result.problem : t('The language server does not answer.'),
  );
  return undefined;
}
