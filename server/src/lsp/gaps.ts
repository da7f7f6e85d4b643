/** What an open file holds that could not be analysed: said in its place, with the config that would mend it. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Notice } from '../engine/finding.js';
import { withMacro } from '../project/config-edit.js';

/** Code of these diagnostics: they are no findings and have no rule. */
export const NOT_ANALYSED = 'not-analysed';

export function gapDiagnostic({ reason }: Notice, range: Range): Diagnostic {
  const [from, to] = [range.start.line + 1, range.end.line + 1];
  const lines = from === to ? `line ${String(from)}` : `lines ${String(from)}–${String(to)}`;
  return {
    range,
    severity: DiagnosticSeverity.Information,
    code: NOT_ANALYSED,
    source: 'skarp',
    message: `not analysed: ${lines}, because ${reason}`,
  };
}

/** Names the macro in `skarp.json`, which is made if there is none. */
export function macroAction(
  macro: string,
  diagnostic: Diagnostic,
  config: { readonly uri: string; readonly text: string | undefined },
  can: { readonly documentChanges: boolean; readonly createFile: boolean },
): CodeAction | undefined {
  if (config.text === undefined && !can.createFile) return undefined;
  return {
    title: `Treat ${macro} as an attribute macro (skarp.json)`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: configEdit(macro, config, can.documentChanges),
  };
}

function configEdit(
  macro: string,
  { uri, text }: { readonly uri: string; readonly text: string | undefined },
  documentChanges: boolean,
): WorkspaceEdit {
  if (text === undefined) {
    const start = { line: 0, character: 0 };
    const newText = `${JSON.stringify({ macros: [macro] }, undefined, 2)}\n`;
    return {
      documentChanges: [
        { kind: 'create', uri, options: { ignoreIfExists: true } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
      ],
    };
  }
  const document = TextDocument.create(uri, 'jsonc', 0, text);
  const whole = { start: document.positionAt(0), end: document.positionAt(text.length) };
  const edits = [{ range: whole, newText: withMacro(text, macro) }];
  return documentChanges
    ? { documentChanges: [{ textDocument: { uri, version: null }, edits }] }
    : { changes: { [uri]: edits } };
}
