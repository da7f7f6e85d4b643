/** The statement as Markdown: a table a heading, as repositories and wikis show it. */
import { markdownText as text } from './escaped.js';
import { NO_STATEMENT, STATUS_LEGEND, type Statement, detailOf, titleOf } from './statement.js';

export function statementMarkdown(statement: Statement): string {
  const { edition, date, tool, draft, headings, risks } = statement;
  const out = [
    `# ${text(titleOf(statement))}`,
    '',
    ...(draft ? [`> **DRAFT**: ${NO_STATEMENT}`, ''] : []),
    `Edition ${edition}; ${date}; ${tool}. ${STATUS_LEGEND}`,
    '',
  ];
  for (const { name, lines } of headings)
    out.push(
      `## ${text(name)}`,
      '',
      ...table(
        ['Provision', 'What it asks', 'Status', 'Support', 'Detail'],
        lines.map((line) => [
          text(line.label),
          text(line.wording),
          line.status,
          line.support,
          detailOf(line).map(text).join('<br>'),
        ]),
      ),
      '',
    );
  out.push('## Residual risk', '');
  if (risks.length === 0) out.push('No finding was accepted with a reason.');
  else
    out.push(
      ...table(
        ['Provisions', 'What was found', 'Where', 'Why it is accepted', 'Until', 'By'],
        risks.map((risk) =>
          [risk.provisions.join(', '), risk.what, risk.place, risk.reason, risk.until, risk.by].map(text),
        ),
      ),
    );
  return `${out.join('\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}
