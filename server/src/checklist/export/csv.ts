/** The statement for a spreadsheet: one row a provision (RFC 4180). */
import { ixitPlace } from '../ixit/sections.js';
import type { IxitTable } from '../ixit/rows.js';
import type { Statement } from './statement.js';

const COLUMNS = [
  'provision',
  'id',
  'heading',
  'status',
  'condition',
  'support',
  'standing',
  'wording',
  'declared',
  'because',
  'by',
  'on',
  'owner',
  'review by',
  'evidence',
  'found in code',
  'seen in code',
  'accepted risks',
  'product',
  'edition',
  'state',
] as const;

export function statementCsv(statement: Statement): string {
  const { product, edition, draft, headings, elsewhere, ixit = [] } = statement;
  const more = elsewhere ? [`${elsewhere.column}. ${elsewhere.says}`] : [];
  const rows = headings.flatMap(({ name, lines }) =>
    lines.map((line) => {
      const { declaration: said } = line;
      return [
        line.label,
        line.id,
        name,
        line.status,
        line.condition,
        line.support,
        line.standing,
        line.wording,
        said?.declared,
        said?.because,
        said?.by,
        said?.on,
        said?.owner,
        said?.reviewBy,
        said?.evidence.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join('\n'),
        line.against.join('\n'),
        line.seen.join('\n'),
        line.risks.map(({ what, place, reason }) => `${what} ${place}: ${reason}`).join('\n'),
        product,
        edition,
        draft ? 'DRAFT' : 'final',
        ...(elsewhere ? [line.elsewhere.join('\n')] : []),
      ];
    }),
  );
  return csv([[...COLUMNS, ...more], ...rows, ...ixit.flatMap((table) => ixitRows(table, statement))]);
}

/** In the same columns as the provisions, so that the file stays one table. */
function ixitRows(
  { table, title, rows }: IxitTable,
  { product, edition, draft, elsewhere }: Statement,
): string[][] {
  return rows.map((row) => {
    const cells: Partial<Record<(typeof COLUMNS)[number], string>> = {
      provision: `IXIT ${String(table)}`,
      heading: title,
      standing: 'proposed from code',
      wording: row.name === '' ? row.says : `${row.name}: ${row.says}`,
      'seen in code': `${row.api} ${ixitPlace(row)}`,
      product,
      edition,
      state: draft ? 'DRAFT' : 'final',
    };
    return [...COLUMNS.map((column) => cells[column] ?? ''), ...(elsewhere ? [''] : [])];
  });
}

export function csv(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is made text by an apostrophe. */
function cell(text: string | undefined): string {
  const plain = (text ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
