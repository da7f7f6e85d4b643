/** The statement for a spreadsheet: one row a provision (RFC 4180). */
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
  const { product, edition, draft, headings, elsewhere } = statement;
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
  return csv([[...COLUMNS, ...more], ...rows]);
}

export function csv(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is made text by an apostrophe. */
function cell(text: string | undefined): string {
  const plain = (text ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
