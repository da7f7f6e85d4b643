/** A customer's own list against the checklist: what is met, what is lacking, what goes beyond, what was forgotten. */
import { isFulfilled } from '../rows.js';
import type { ProvisionId } from '../../../../rules/kit/index.js';
import type { Checklist, ChecklistRow } from '../model.js';
import type { Line } from './lines.js';
import type { Mapped, Mapping } from './mapping.js';

export interface Asked extends Mapped {
  /** The id that the list gives it, else its line. */
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly answer: 'met' | 'lacking' | 'not-applicable' | 'beyond';
  /** Provisions that are not met. */
  readonly open: readonly ProvisionId[];
}

export interface Requirements {
  readonly schema: 'skarp-requirements/1';
  readonly edition: string;
  readonly asked: readonly Asked[];
  /** Mandatory provisions that apply and that nothing in the list leads to. */
  readonly forgotten: readonly Pick<ChecklistRow, 'id' | 'labels' | 'wording' | 'standing'>[];
}

const MODAL = /\b(?:shall|must|should|required|need(?:s|ed)? to)\b/i;
const LEAST_WORDS = 3;

export function requirementsIn(lines: readonly Line[], mapping: Mapping, list: Checklist): Requirements {
  const rows = new Map(list.rows.map((row) => [row.id, row]));
  const asked = lines.filter(isRequirement).map(({ line, cells, header, kind }): Asked => {
    const text = cells.filter((cell) => cell !== '').join(' · ');
    const mapped = mapping.map(text, header.join(' '));
    const provisions = mapped.provisions.filter((id) => rows.has(id));
    const own = provisions.flatMap((id) => rows.get(id) ?? []);
    const open = own
      .filter((row) => !isFulfilled(row) && row.standing !== 'not-applicable')
      .map(({ id }) => id);
    return {
      name: (kind === 'row' ? nameIn(cells) : undefined) ?? `line ${String(line)}`,
      line,
      text,
      ...mapped,
      provisions,
      answer: answerOf(own, open),
      open,
    };
  });
  const reached = new Set(asked.flatMap(({ provisions }) => provisions));
  return {
    schema: 'skarp-requirements/1',
    edition: list.edition,
    asked,
    forgotten: list.rows
      .filter(
        ({ id, status, standing }) =>
          status === 'mandatory' && standing !== 'not-applicable' && !reached.has(id),
      )
      .map(({ id, labels, wording, standing }) => ({ id, labels, wording, standing })),
  };
}

function answerOf(rows: readonly ChecklistRow[], open: readonly ProvisionId[]): Asked['answer'] {
  if (rows.length === 0) return 'beyond';
  if (open.length > 0) return 'lacking';
  return rows.every(({ standing }) => standing === 'not-applicable') ? 'not-applicable' : 'met';
}

/** Rows and items of more than a word or two, and paragraphs that ask for something. */
function isRequirement({ kind, cells }: Line): boolean {
  const text = cells.join(' ').trim();
  if (kind === 'paragraph') return MODAL.test(text);
  return text.split(/\s+/).length >= LEAST_WORDS;
}

/** The first cell, where it is short and has a number, as ids have. */
function nameIn([first = '']: readonly string[]): string | undefined {
  return first.length > 0 && first.length <= 20 && /\d/.test(first) ? first : undefined;
}
