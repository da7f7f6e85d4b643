/** Where a comment that suppresses a finding goes. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileId } from '../../../rules/kit/index.js';
import { kindOf } from '../project/files.js';
import type { SuppressArguments } from './protocol.js';

/** The line before which the comment goes; undefined for files that have no comments. */
export function suppressionPlace(
  file: FileId,
  document: TextDocument,
  offset: number,
): Omit<SuppressArguments, 'uri' | 'rule'> | undefined {
  const kind = kindOf(file);
  if (typeof kind !== 'object' || file.endsWith('.json')) return undefined;
  let { line } = document.positionAt(offset);
  // A comment between the lines of a macro would end it.
  while (line > 0 && /\\\r?\n?$/.test(lineText(document, line - 1))) line--;
  const indent = /^[ \t]*/.exec(lineText(document, line))?.[0] ?? '';
  return { line, indent, mark: 'source' in kind ? '//' : '#' };
}

function lineText(document: TextDocument, line: number): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
}
