/** The statement in each format. */
import { statementCsv } from './csv.js';
import { statementCycloneDx } from './cyclonedx.js';
import type { ExportFormat } from './formats.js';
import { statementHtml } from './html.js';
import { statementMarkdown } from './markdown.js';
import { statementOscal } from './oscal.js';
import type { Statement } from './statement.js';

const FORMATS: Readonly<Record<ExportFormat, (statement: Statement) => string>> = {
  html: statementHtml,
  markdown: statementMarkdown,
  csv: statementCsv,
  oscal: statementOscal,
  cyclonedx: statementCycloneDx,
};

export function exported(statement: Statement, format: ExportFormat): string {
  return FORMATS[format](statement);
}
