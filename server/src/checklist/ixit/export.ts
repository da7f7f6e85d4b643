/** The rows by themselves, in each format: one table a file in CSV, one table a section where people read. */
import { csv } from '../export/csv.js';
import { oneLine } from '../export/escaped.js';
import { pageHtml } from '../export/html.js';
import { pageMarkdown } from '../export/markdown.js';
import type { Page } from '../export/page.js';
import { IXIT_SAYS, type Ixit } from './rows.js';
import { NO_ROW, ixitPlace, ixitSections, ixitTitle } from './sections.js';

/** Formats of the rows by themselves. */
export const IXIT_FORMATS = ['text', 'json', 'html', 'markdown', 'csv'] as const;
export type IxitFormat = (typeof IXIT_FORMATS)[number];

export type IxitAbout = Pick<Page, 'edition' | 'date' | 'tool'> & { readonly product: string };

export function ixitExported(
  rows: Ixit,
  format: IxitFormat,
  about: IxitAbout,
  wrap: (text: string, indent: number) => string[],
): string {
  switch (format) {
    case 'text':
      return textOf(rows, wrap);
    case 'json':
      return `${JSON.stringify(rows, undefined, 2)}\n`;
    case 'html':
      return pageHtml(pageOf(rows, about));
    case 'markdown':
      return pageMarkdown(pageOf(rows, about));
    case 'csv':
      return csv([
        ['table', 'title', 'what', 'name', 'call', 'file', 'line', 'more places'],
        ...rows.ixit.flatMap(({ table, title, rows: own }) =>
          own.map(({ says, name, api, file, range, more }) => [
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

function pageOf({ ixit }: Ixit, { product, ...rest }: IxitAbout): Page {
  return {
    ...rest,
    title: `What the code of ${product} shows for the IXIT tables`,
    draft: true,
    about: [IXIT_SAYS],
    sections: ixitSections(ixit),
  };
}

function textOf({ ixit }: Ixit, wrap: (text: string, indent: number) => string[]): string {
  const out = ixit.flatMap(({ table, title, rows, left }) => [
    ixitTitle({ table, title }),
    '',
    ...(rows.length === 0 ? wrap(NO_ROW, 2) : []),
    ...rows.flatMap((row) => [
      ...wrap(oneLine(row.name === '' ? row.says : `${row.name}: ${row.says}`), 2),
      ...wrap(oneLine(`${row.api} in ${ixitPlace(row)}`), 4),
    ]),
    ...(left === 0 ? [] : wrap(`and ${String(left)} more`, 2)),
    '',
  ]);
  return [...out, ...wrap(IXIT_SAYS, 0), ''].join('\n');
}
