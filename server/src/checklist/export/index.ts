/** The statement in each format. */
import { assessorPage } from './assessor.js';
import { statementCsv } from './csv.js';
import { customerPage } from './customer.js';
import { statementCycloneDx } from './cyclonedx.js';
import type { Audience, ExportFormat } from './formats.js';
import { pageHtml } from './html.js';
import { pageMarkdown } from './markdown.js';
import { statementOscal } from './oscal.js';
import type { Page } from './page.js';
import type { Statement } from './statement.js';

const PAGES: Readonly<Record<Audience, (statement: Statement) => Page>> = {
  assessor: assessorPage,
  customer: customerPage,
};

/** Formats for programs hold everything, whoever reads them. */
export function exported(
  statement: Statement,
  format: ExportFormat,
  audience: Audience = 'assessor',
): string {
  switch (format) {
    case 'html':
      return pageHtml(PAGES[audience](statement));
    case 'markdown':
      return pageMarkdown(PAGES[audience](statement));
    case 'csv':
      return statementCsv(statement);
    case 'oscal':
      return statementOscal(statement);
    case 'cyclonedx':
      return statementCycloneDx(statement);
  }
}
