/** What all parts of an OSCAL document are made of. */
import { type ReportFinding, identityOf } from '../../report/model.js';
import type { ChecklistRow } from '../model.js';
import { markdownText, oneLine } from './escaped.js';
import { NAMESPACE_URI, uuidOf } from './identity.js';
import type { Statement } from './statement.js';

export type Json = Readonly<Record<string, unknown>>;

type Seen = ChecklistRow['evidence'][number];

/** The name of each thing in the document, by what it is: the same one in the next statement. */
export interface Ids {
  readonly product: string;
  readonly tool: string;
  readonly platform: string;
  readonly plan: string;
  readonly result: string;
  readonly party: (name: string) => string;
  readonly file: (evidence: { readonly file: string; readonly sha256: string }) => string;
  readonly answer: (row: ChecklistRow) => string;
  readonly declaration: (row: ChecklistRow) => string;
  readonly exclusion: (row: ChecklistRow) => string;
  readonly seen: (seen: Seen) => string;
  readonly finding: (finding: ReportFinding) => string;
  readonly risk: (finding: ReportFinding) => string;
}

export function idsOf({ product, edition, date, tool }: Statement): Ids {
  const id = (...parts: readonly string[]): string => uuidOf(product, ...parts);
  return {
    product: id('product'),
    tool: uuidOf('tool', tool),
    platform: id('platform'),
    plan: id('plan', edition),
    result: id('result', edition, date),
    party: (name) => id('party', name),
    file: ({ file, sha256 }) => id('file', file, sha256),
    answer: (row) => id('answer', edition, row.id),
    declaration: (row) => id('declaration', row.id),
    exclusion: (row) => id('exclusion', edition, row.id),
    seen: ({ rule, file, range, shows }) =>
      id('seen', rule, file, String(range.start.line), String(range.start.column), shows),
    finding: (finding) => id('finding', identityOf(finding)),
    risk: (finding) => id('risk', identityOf(finding)),
  };
}

/** Properties of our own; one without a value is left out. */
export function propsOf(values: Readonly<Record<string, string | undefined>>): Json {
  return some(
    'props',
    Object.entries(values).flatMap(([name, raw]) => {
      const value = oneLine(raw ?? '');
      return value === '' ? [] : [{ name, ns: NAMESPACE_URI, value }];
    }),
  );
}

/** A list under its name; OSCAL has no empty lists. */
export function some(name: string, list: readonly unknown[]): Json {
  return list.length === 0 ? {} : { [name]: list };
}

/** Text of others where OSCAL reads Markdown: titles, descriptions, remarks. */
export function prose(text: string): string {
  return markdownText(oneLine(text));
}
