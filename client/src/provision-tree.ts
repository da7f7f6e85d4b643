/** The tree in the side bar: the checklist at a glance, by heading or by file. */
import * as vscode from 'vscode';
import type { ChecklistHeading, ChecklistRow, Standing } from '../../server/src/checklist/model.js';
import type { ChecklistResult } from '../../server/src/lsp/protocol.js';
import { type Products, type Shown, shownByFingerprint } from './products.js';

type Grouping = 'heading' | 'file';

type Node =
  | { readonly kind: 'folder'; readonly folder: vscode.WorkspaceFolder }
  | { readonly kind: 'heading'; readonly heading: ChecklistHeading; readonly rows: readonly ChecklistRow[] }
  | { readonly kind: 'row'; readonly row: ChecklistRow }
  | { readonly kind: 'file'; readonly uri: vscode.Uri; readonly findings: readonly Shown[] }
  | { readonly kind: 'finding'; readonly finding: Shown };

const ICONS: Readonly<Record<Standing, readonly [icon: string, color?: string]>> = {
  contradicted: ['warning', 'list.warningForeground'],
  violated: ['error', 'list.errorForeground'],
  open: ['circle-outline'],
  declared: ['edit', 'charts.blue'],
  supported: ['pass', 'testing.iconPassed'],
  'not-applicable': ['dash'],
};

export class ProvisionTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private grouping: Grouping = 'heading';
  private readonly disposables: { dispose(): unknown }[];

  constructor(private readonly products: Products) {
    const { registerCommand } = vscode.commands;
    this.disposables = [
      this.changed,
      vscode.window.registerTreeDataProvider('skarp.provisions', this),
      products.onDidChange(() => {
        this.changed.fire(undefined);
      }),
      registerCommand('skarp.groupByFile', () => this.group('file')),
      registerCommand('skarp.groupByHeading', () => this.group('heading')),
    ];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [first, ...others] = folders;
    if (!node && first && others.length > 0) return folders.map((folder) => ({ kind: 'folder', folder }));
    if (!node) return first ? this.below(first) : [];
    switch (node.kind) {
      case 'folder':
        return this.below(node.folder);
      case 'heading':
        return node.rows.map((row) => ({ kind: 'row', row }));
      case 'row': {
        const shown = shownByFingerprint();
        return [...new Set(node.row.findings)]
          .flatMap((fingerprint) => shown.get(fingerprint) ?? [])
          .map((finding) => ({ kind: 'finding', finding }));
      }
      case 'file':
        return node.findings.map((finding) => ({ kind: 'finding', finding }));
      case 'finding':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return new vscode.TreeItem(node.folder.name, vscode.TreeItemCollapsibleState.Expanded);
      case 'heading':
        return headingItem(node.heading);
      case 'row':
        return rowItem(node.row);
      case 'file': {
        const item = new vscode.TreeItem(node.uri, vscode.TreeItemCollapsibleState.Expanded);
        item.iconPath = vscode.ThemeIcon.File;
        item.description = vscode.workspace.asRelativePath(node.uri);
        return item;
      }
      case 'finding':
        return findingItem(node.finding);
    }
  }

  private group(grouping: Grouping): Thenable<unknown> {
    this.grouping = grouping;
    this.changed.fire(undefined);
    return vscode.commands.executeCommand('setContext', 'skarp.grouping', grouping);
  }

  private async below({ uri }: vscode.WorkspaceFolder): Promise<Node[]> {
    const checklist = await this.products.checklist(uri);
    if (!checklist) return [];
    return this.grouping === 'heading' ? byHeading(checklist) : byFile(checklist);
  }
}

/** The reporting of the implementation stands after the thirteen headings. */
function byHeading({ headings, rows }: NonNullable<ChecklistResult>): Node[] {
  return [...headings]
    .sort((a, b) => (a.heading || 14) - (b.heading || 14))
    .map((heading) => ({
      kind: 'heading',
      heading,
      rows: rows.filter((row) => row.heading === heading.heading),
    }));
}

function byFile({ rows }: NonNullable<ChecklistResult>): Node[] {
  const shown = shownByFingerprint();
  const files = new Map<string, Shown[]>();
  for (const fingerprint of new Set(rows.flatMap((row) => row.findings)))
    for (const each of shown.get(fingerprint) ?? []) {
      const key = each.uri.toString();
      files.set(key, [...(files.get(key) ?? []), each]);
    }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([uri, findings]) => ({ kind: 'file', uri: vscode.Uri.parse(uri, true), findings }));
}

function headingItem({ heading, title, standing, findings }: ChecklistHeading): vscode.TreeItem {
  const item = new vscode.TreeItem(
    heading === 0 ? title : `${String(heading)} ${title}`,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = `heading-${String(heading)}`;
  item.iconPath = icon(standing);
  item.description =
    findings === 0
      ? standing.replace('-', ' ')
      : findings === 1
        ? vscode.l10n.t('1 finding')
        : vscode.l10n.t('{0} findings', findings);
  item.accessibilityInformation = { label: `${title}, ${standing}` };
  return item;
}

function rowItem({ id, wording, standing, findings, status }: ChecklistRow): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(id, findings.length > 0 ? Collapsed : None);
  item.id = `row-${id}`;
  item.iconPath = icon(standing);
  item.description = wording;
  item.tooltip = `${id} (${status}, ${standing.replace('-', ' ')})\n\n${wording}`;
  item.accessibilityInformation = { label: `${id}, ${standing}, ${wording}` };
  item.command = {
    command: 'skarp.showProvision',
    title: vscode.l10n.t('Show in Checklist'),
    arguments: [id],
  };
  return item;
}

function findingItem({ uri, diagnostic }: Shown): vscode.TreeItem {
  const { message, range } = diagnostic;
  const item = new vscode.TreeItem(message);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  item.description = `${name}:${String(range.start.line + 1)}`;
  item.tooltip = message;
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uri, { selection: range }],
  };
  return item;
}

function icon(standing: Standing): vscode.ThemeIcon {
  const [name, color] = ICONS[standing];
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}
