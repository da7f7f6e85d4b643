/** What stands in a file of others, line by line: rows of tables, items of lists and paragraphs of Markdown; rows of CSV. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Nodes, TableRow } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toString } from 'mdast-util-to-string';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { FileId } from '../../../../rules/kit/index.js';
import type { Refusal } from '../declarations.js';
import { oneLine } from '../export/escaped.js';

/** Characters. */
export const LARGEST_IMPORT = 512 * 1024;

export interface Line {
  /** Counted from 1. */
  readonly line: number;
  readonly kind: 'row' | 'item' | 'paragraph';
  readonly cells: readonly string[];
  /** Titles of the columns, in lower case; empty where it is no row. */
  readonly header: readonly string[];
}

/** Reads a file by how its name ends, or says what is wrong with it. */
export function linesOf(file: FileId, text: string): readonly Line[] | Refusal {
  if (text.length > LARGEST_IMPORT)
    return { problem: `${file} is larger than ${String(LARGEST_IMPORT / 1024)} kB; divide it` };
  if (/\.(md|markdown)$/i.test(file)) return ofMarkdown(file, text);
  if (/\.(csv|tsv)$/i.test(file)) return ofCsv(file, text);
  return { problem: `${file} is neither Markdown nor CSV; save it as .md or .csv` };
}

/** Quotes and lists within each other at the beginning of a line: a parser takes long over many. */
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){64}/m;

function ofMarkdown(file: FileId, text: string): readonly Line[] | Refusal {
  const tooDeep = { problem: `${file} is nested too deeply to be read; make it flatter` };
  if (TOO_DEEP.test(text)) return tooDeep;
  try {
    const lines: Line[] = [];
    visit(fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }), lines);
    return lines;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

function visit(node: Nodes, lines: Line[]): void {
  const line = node.position?.start.line ?? 1;
  if (node.type === 'table') {
    const [head, ...rows] = node.children;
    const header = head ? cellsOf(head).map((cell) => cell.toLowerCase()) : [];
    for (const row of rows)
      lines.push({ line: row.position?.start.line ?? line, kind: 'row', cells: cellsOf(row), header });
    return;
  }
  if (node.type === 'paragraph') {
    lines.push({ line, kind: 'paragraph', cells: [oneLine(toString(node))], header: [] });
    return;
  }
  if (node.type === 'listItem') {
    const [own, ...below] = node.children;
    if (own?.type === 'paragraph')
      lines.push({ line, kind: 'item', cells: [oneLine(toString(own))], header: [] });
    else if (own) visit(own, lines);
    for (const child of below) visit(child, lines);
    return;
  }
  if ('children' in node) for (const child of node.children) visit(child, lines);
}

function cellsOf(row: TableRow): string[] {
  return row.children.map((cell) => oneLine(toString(cell)));
}

function ofCsv(file: FileId, text: string): readonly Line[] | Refusal {
  const [first = ''] = text.split(/\r?\n/, 1);
  // Spreadsheets of many countries write semicolons.
  const delimiter = [';', '\t', ','].reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [head, ...rows] = records;
    const header = (head?.record ?? []).map((cell) => oneLine(cell).toLowerCase());
    return rows.map(({ record, info }) => ({
      line: info.lines,
      kind: 'row' as const,
      cells: record.map(oneLine),
      header,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error['lines'] === 'number' ? `:${String(error['lines'])}` : '';
    return { problem: `${file}${at}: it is not CSV (${oneLine(error.message)}); correct it and run again` };
  }
}
