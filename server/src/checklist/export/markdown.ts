/** A page as Markdown: a table a section, as repositories and wikis show it. */
import { markdownText as text } from './escaped.js';
import type { Cell, Page, Section } from './page.js';
import { NO_STATEMENT } from './statement.js';

export function pageMarkdown({ title, draft, edition, date, tool, about, sections }: Page): string {
  const out = [
    `# ${text(title)}`,
    ...(draft ? [`> **DRAFT**: ${NO_STATEMENT}`] : []),
    `Edition ${text(edition)}; ${text(date)}; ${text(tool)}.`,
    ...about.map(text),
    ...sections.flatMap((each) => [`## ${text(each.title)}`, table(each)]),
  ];
  return `${out.join('\n\n')}\n`;
}

function table({ head, rows, otherwise }: Section): string {
  if (rows.length === 0 && otherwise !== undefined) return text(otherwise);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map((cells) => row(cells.map(cell)))].join('\n');
}

function cell(content: Cell): string {
  if (typeof content === 'string') return text(content);
  if ('href' in content) return `[${text(content.text)}](<${content.href}>)`;
  return content.map(text).join('<br>');
}
