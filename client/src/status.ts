/** The item in the status bar: how many findings, and on a closer look what was and was not looked at. */
import * as vscode from 'vscode';
import type { Status } from '../../server/src/lsp/protocol.js';

/** Milliseconds; work that is done sooner is not announced. */
const PATIENCE = 500;

export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.item = vscode.window.createStatusBarItem('skarp.status', vscode.StatusBarAlignment.Left, 10);
    this.item.name = 'Skarp';
    this.item.command = 'skarp.openChecklist';
    this.item.text = '$(shield) Skarp';
    this.item.show();
  }

  show(status: Status): void {
    clearTimeout(this.timer);
    if (status.scanning) {
      this.timer = setTimeout(() => {
        this.item.text = '$(sync~spin) Skarp';
      }, PATIENCE);
      return;
    }
    const { error, warning, info } = status.findings;
    const all = error + warning + info;
    this.item.text = `$(shield) Skarp ${String(all)}`;
    this.item.backgroundColor = undefined;
    this.item.tooltip = tooltip(status);
    this.item.accessibilityInformation = {
      label: vscode.l10n.t('Skarp: {0} findings. Opens the checklist.', all),
    };
  }

  fail(message: string): void {
    clearTimeout(this.timer);
    this.item.text = '$(error) Skarp';
    this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    this.item.tooltip = vscode.l10n.t('The language server does not start: {0}', message);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }
}

function tooltip({ findings, rules, ruleSet, files, notAnalysed }: Status): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const lines = [
    `**Skarp** ${t('{0} errors, {1} warnings, {2} notes', findings.error, findings.warning, findings.info)}`,
    t('Rule set {0}: {1} rules on', ruleSet === '' ? '–' : ruleSet, rules),
    t('{0} files read', files),
    ...(notAnalysed > 0 ? [t('{0} places not analysed', notAnalysed)] : []),
    t('Click to open the checklist'),
  ];
  return new vscode.MarkdownString(lines.join('\n\n'));
}
