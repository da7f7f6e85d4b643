/** A statement that people read: what it holds, whatever it is written in. */
import { type Line, type Statement, titleOf } from './statement.js';

export interface Page {
  readonly title: string;
  readonly draft: boolean;
  readonly edition: string;
  readonly date: string;
  readonly tool: string;
  /** What a reader must know first, a paragraph each. */
  readonly about: readonly string[];
  readonly sections: readonly Section[];
}

export type Cell = string | readonly string[] | Link;

/** A link that leads to a place in the product, relative to the product's root. */
export interface Link {
  readonly text: string;
  /** Percent-encoded, so that it can act in no format. */
  readonly href: string;
}

export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  /** The first cell names the row; several lines in one cell are a list. */
  readonly rows: readonly (readonly Cell[])[];
  /** Said in place of a table that would be empty. */
  readonly otherwise?: string;
}

export function pageOf(statement: Statement, parts: Pick<Page, 'about' | 'sections'>): Page {
  const { draft, edition, date, tool, elsewhere } = statement;
  const about = elsewhere ? [...parts.about, elsewhere.says, ...elsewhere.notes] : parts.about;
  return { title: titleOf(statement), draft, edition, date, tool, about, sections: parts.sections };
}

export const NOTHING_ACCEPTED = 'No finding was accepted with a reason.';

/** A table of provisions, with a column for what other catalogues say where they were asked for. */
export function provisionSection(
  { elsewhere }: Statement,
  { name, lines }: Statement['headings'][number],
  head: readonly string[],
  row: (line: Line) => Section['rows'][number],
): Section {
  return {
    title: name,
    head: [...head, ...(elsewhere ? [elsewhere.column] : [])],
    rows: lines.map((line) => [...row(line), ...(elsewhere ? [line.elsewhere] : [])]),
  };
}
