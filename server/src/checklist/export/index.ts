/** The statement in each format. */
import { statementCsv } from './csv.js';
import { statementHtml } from './html.js';
import { statementMarkdown } from './markdown.js';
import type { Statement } from './statement.js';

const FORMATS = { html: statementHtml, markdown: statementMarkdown, csv: statementCsv };
export type ExportFormat = keyof typeof FORMATS;

export function exported(statement: Statement, format: ExportFormat): string {
  return FORMATS[format](statement);
}
