/** Findings as LSP has them. The only file that knows both. */
import { CONFIG_FILE } from '../project/jsonc.js';
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type DiagnosticRelatedInformation,
  type Hover,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { At, Edit, FileId, Severity } from '../../../rules/kit/index.js';
import type { Finding } from '../engine/finding.js';
import { chooseFixes } from '../engine/fix.js';
import type { Snapshot } from './snapshot.js';
import { explain } from './explain.js';
import { gapDiagnostic, macroAction } from './gaps.js';
import { SHOW_PROVISION_COMMAND, SUPPRESS_COMMAND, type SuppressArguments } from './protocol.js';
import { suppressionPlace } from './suppression.js';

/** What a client can take. */
export interface Abilities {
  readonly relatedInformation: boolean;
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly markdown: boolean;
  readonly suppress: boolean;
  readonly checklist: boolean;
}

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.skarp`;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** One snapshot in the terms of one client. Positions are counted when they are first asked for. */
export class Converter {
  private readonly documents = new Map<FileId, TextDocument>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly uriOf: (file: FileId) => string,
    private readonly can: Abilities,
  ) {}

  /** Diagnostics of all files that have any. */
  diagnostics(): Map<FileId, Diagnostic[]> {
    const all = new Map<FileId, Diagnostic[]>();
    for (const [file, findings] of this.snapshot.findings)
      all.set(
        file,
        findings.map((finding) => this.diagnostic(finding)),
      );
    for (const [file, gaps] of this.snapshot.gaps)
      all.set(file, [
        ...(all.get(file) ?? []),
        ...gaps.map((gap) => gapDiagnostic(gap, this.range({ ...gap, file }))),
      ]);
    const problem = this.snapshot.configProblem;
    if (problem) all.set(problem.file, [...(all.get(problem.file) ?? []), configDiagnostic(problem)]);
    return all;
  }

  private diagnostic(finding: Finding): Diagnostic {
    const path = this.can.relatedInformation ? finding.path : [];
    return {
      range: this.range(finding.at),
      severity: SEVERITY[finding.severity],
      code: finding.rule,
      source: 'skarp',
      message: finding.message,
      data: { fingerprint: finding.fingerprint },
      ...(path.length > 0 && {
        relatedInformation: path.map(({ at, says }): DiagnosticRelatedInformation => ({
          location: { uri: this.uriOf(at.file), range: this.range(at) },
          message: says,
        })),
      }),
    };
  }

  /** Quick fixes where findings touch the range: safe ones first, then suggestions, then suppressions. */
  quickFixes(file: FileId, range: Range): CodeAction[] {
    const findings = this.touching(file, range);
    const fixes = findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
    fixes.sort((a, b) => Number(b.fix.safe) - Number(a.fix.safe));
    const actions = fixes.map(({ finding, fix }, index): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [this.diagnostic(finding)],
      edit: this.workspaceEdit(fix.edits),
      ...(fix.safe && index === 0 && { isPreferred: true }),
    }));
    actions.push(...this.macroActions(file, range));
    if (this.can.suppress) actions.push(...this.suppressions(file, findings));
    if (this.can.checklist) actions.push(...this.wayToChecklist(findings));
    return actions;
  }

  private suppressions(file: FileId, findings: readonly Finding[]): CodeAction[] {
    const actions: CodeAction[] = [];
    const rules = new Map(findings.map((finding) => [finding.rule, finding]));
    for (const finding of rules.values()) {
      const place = suppressionPlace(file, this.document(file), finding.at.start);
      // The rules about suppressions themselves are not to be suppressed.
      if (!place || finding.provisions.length === 0) continue;
      const suppress: SuppressArguments = { uri: this.uriOf(file), rule: finding.rule, ...place };
      const title = `Suppress ${finding.rule} here with a reason…`;
      actions.push({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [this.diagnostic(finding)],
        command: { title, command: SUPPRESS_COMMAND, arguments: [suppress] },
      });
    }
    return actions;
  }

  /** From a finding to the row that it speaks against. */
  private wayToChecklist(findings: readonly Finding[]): CodeAction[] {
    const provisions = new Set(findings.flatMap((finding) => finding.provisions));
    return [...provisions].map((provision) => {
      const title = `Show ${provision} in the checklist`;
      return {
        title,
        kind: CodeActionKind.QuickFix,
        command: { title, command: SHOW_PROVISION_COMMAND, arguments: [provision] },
      };
    });
  }

  private macroActions(file: FileId, range: Range): CodeAction[] {
    const config = { uri: this.uriOf(CONFIG_FILE), text: this.snapshot.config };
    return (this.snapshot.gaps.get(file) ?? []).flatMap((gap) => {
      const at = this.range({ ...gap, file });
      const isTouched = at.start.line <= range.end.line && range.start.line <= at.end.line;
      if (!isTouched || gap.macro === undefined) return [];
      return macroAction(gap.macro, gapDiagnostic(gap, at), config, this.can) ?? [];
    });
  }

  /** All safe fixes of a file at once, as far as they do not get in each other's way. */
  fixAll(file: FileId): CodeAction | undefined {
    const safe = (this.snapshot.findings.get(file) ?? []).flatMap((finding) => {
      const fix = finding.fixes.find((each) => each.safe);
      return fix ? [fix] : [];
    });
    const { edits, applied } = chooseFixes(safe);
    if (applied === 0) return undefined;
    return {
      title: 'Apply all safe fixes of Skarp',
      kind: FIX_ALL,
      edit: this.workspaceEdit([...edits.values()].flat()),
    };
  }

  hover(file: FileId, position: Position): Hover | undefined {
    const findings = this.touching(file, { start: position, end: position });
    const texts = [...new Set(findings.map((finding) => finding.rule))].flatMap(
      (rule) => explain(rule) ?? [],
    );
    const [first] = findings;
    if (!first || texts.length === 0) return undefined;
    const value = texts.join('\n\n---\n\n');
    return {
      contents: this.can.markdown
        ? { kind: MarkupKind.Markdown, value }
        : { kind: MarkupKind.PlainText, value: value.replace(/\*\*|`/g, '') },
      range: this.range(first.at),
    };
  }

  private touching(file: FileId, range: Range): Finding[] {
    const document = this.document(file);
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    return (this.snapshot.findings.get(file) ?? []).filter(({ at }) => at.start <= end && start <= at.end);
  }

  private workspaceEdit(edits: readonly Edit[]): WorkspaceEdit {
    const byFile = new Map<FileId, TextEdit[]>();
    for (const { at, text } of edits) {
      const edit = { range: this.range(at), newText: text };
      const known = byFile.get(at.file);
      if (known) known.push(edit);
      else byFile.set(at.file, [edit]);
    }
    if (!this.can.documentChanges)
      return { changes: Object.fromEntries([...byFile].map(([file, all]) => [this.uriOf(file), all])) };
    return {
      documentChanges: [...byFile].map(([file, all]) => ({
        textDocument: { uri: this.uriOf(file), version: this.snapshot.open.get(file)?.version ?? null },
        edits: all,
      })),
    };
  }

  private range(at: At): Range {
    const document = this.document(at.file);
    return { start: document.positionAt(at.start), end: document.positionAt(at.end) };
  }

  private document(file: FileId): TextDocument {
    let known = this.documents.get(file);
    if (!known) {
      known = TextDocument.create(file, '', 0, this.snapshot.texts.get(file) ?? '');
      this.documents.set(file, known);
    }
    return known;
  }
}

function configDiagnostic({ offset, message, text }: NonNullable<Snapshot['configProblem']>): Diagnostic {
  const document = TextDocument.create('', '', 0, text);
  const start = document.positionAt(offset);
  const end = document.positionAt(document.offsetAt({ line: start.line + 1, character: 0 }));
  return {
    range: { start, end },
    severity: DiagnosticSeverity.Error,
    code: 'config',
    source: 'skarp',
    message,
  };
}
