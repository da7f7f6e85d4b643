/** The rows in each format: one table a file in CSV, one table a section where people read. */
import { csv } from '../export/csv.js';
import { oneLine } from '../export/escaped.js';
import { pageHtml } from '../export/html.js';
import { pageMarkdown } from '../export/markdown.js';
import type { Page } from '../export/page.js';
import { IXIT_SAYS, type IxitRow, type IxitTable } from './rows.js';

export const IXIT_FORMATS = ['text', 'json', 'html', 'markdown', 'csv'] as const;
export type IxitFormat = (typeof IXIT_FORMATS)[number];

export type IxitAbout = Pick<Page, 'edition' | 'date' | 'tool'> & { readonly product: string };

export function ixitExported(
  tables: readonly IxitTable[],
  format: IxitFormat,
  about: IxitAbout,
  wrap: (text: string, indent: number) => string[],
): string {
  switch (format) {
    case 'text':
      return textOf(tables, wrap);
    case 'json':
      return `${JSON.stringify({ schema: 'skarp-ixit/1', says: IXIT_SAYS, ixit: tables }, undefined, 2)}\n`;
    case 'html':
      return pageHtml(pageOf(tables, about));
    case 'markdown':
      return pageMarkdown(pageOf(tables, about));
    case 'csv':
      return csv([
        ['table', 'title', 'what', 'name', 'call', 'file', 'line', 'more places'],
        ...tables.flatMap(({ table, title, rows }) =>
          rows.map(({ says, name, api, file, range, more }) => [
            String(table),
            title,
            says,
            name,
            api,
            file,
            String(range.start.line),
            String(more),
          ]),
        ),
      ]);
  }
}

function pageOf(tables: readonly IxitTable[], { product, ...rest }: IxitAbout): Page {
  return {
    ...rest,
    title: `What the code of ${product} shows for the IXIT tables`,
    draft: true,
    about: [IXIT_SAYS],
    sections: tables.map(({ table, title, rows, left }) => ({
      title: `${titleOf(table, title)}${left === 0 ? '' : ` (and ${String(left)} rows more)`}`,
      head: ['Name', 'What it is', 'Seen by', 'Where'],
      rows: rows.map((row) => [row.name, row.says, row.api, placeOf(row)]),
      otherwise: NOTHING,
    })),
  };
}

const NOTHING = 'The code shows none that is known.';

function textOf(tables: readonly IxitTable[], wrap: (text: string, indent: number) => string[]): string {
  const out = tables.flatMap(({ table, title, rows, left }) => [
    titleOf(table, title),
    '',
    ...(rows.length === 0 ? wrap(NOTHING, 2) : []),
    ...rows.flatMap((row) => [
      ...wrap(oneLine(row.name === '' ? row.says : `${row.name}: ${row.says}`), 2),
      ...wrap(oneLine(`${row.api} in ${placeOf(row)}`), 4),
    ]),
    ...(left === 0 ? [] : wrap(`and ${String(left)} more`, 2)),
    '',
  ]);
  return [...out, ...wrap(IXIT_SAYS, 0), ''].join('\n');
}

function titleOf(table: number, title: string): string {
  return `IXIT ${String(table)}. ${title}`;
}

/** `main/net.c:12 and 2 more places` */
function placeOf({ file, range, more }: IxitRow): string {
  const others = more === 0 ? '' : ` and ${String(more)} more ${more === 1 ? 'place' : 'places'}`;
  return `${file}:${String(range.start.line)}${others}`;
}
