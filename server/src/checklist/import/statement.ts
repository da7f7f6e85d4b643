/** A statement of conformance that somebody keeps by hand, as declarations: tables of provisions, answers and details. */
import type { ProvisionId } from '../../../../rules/kit/index.js';
import type { EditionId, Standard } from '../../../../rules/standard/standard.js';
import { provisionsNamed } from '../provision-names.js';
import type { Word } from '../words.js';
import type { Line } from './lines.js';

export interface Stated {
  readonly line: number;
  readonly provision: ProvisionId;
  readonly declared: Word;
  readonly because: string;
}

/** A row that names a provision and cannot be taken as it is. */
export interface Untaken {
  readonly line: number;
  readonly problem: string;
}

export interface Statement {
  readonly stated: readonly Stated[];
  readonly untaken: readonly Untaken[];
}

const NAME = /^(?:provision\s+)?(\d{1,2}[.-]\d{1,2}(?:-\d{1,2})?[a-z]?)$/i;
const ANSWERS: readonly (readonly [Word, RegExp])[] = [
  ['met', /^(?:y|yes|met|supported|implemented|pass(?:ed)?|true|✓|✔|✅)$/i],
  ['partly', /^(?:partly|partial(?:ly)?|p)$/i],
  ['not-applicable', /^(?:n\/a|na|not[ -]applicable)$/i],
  ['not-met', /^(?:n|no|not[ -]met|not supported|not implemented|fail(?:ed)?|false|✗|✘|❌)$/i],
];
const ANSWER_COLUMN = /\b(?:support|supported|answer|compliance|compliant|implemented|result|declared|met)\b/;
const DETAIL_COLUMN =
  /\b(?:details?|justification|comments?|rationale|reason|because|explanation|remarks?|notes?)\b/;

/** What a file states, `from` which a reason is said where it gives none itself. Names are labels of the edition, else ids or labels of any. */
export function statementIn(
  lines: readonly Line[],
  standard: Standard,
  from: string,
  edition?: EditionId,
): Statement {
  const stated: Stated[] = [];
  const untaken: Untaken[] = [];
  for (const { line, kind, cells, header } of lines) {
    const at = kind === 'row' ? cells.findIndex((cell) => NAME.test(cell)) : -1;
    if (at < 0) continue;
    const name = NAME.exec(cells[at] ?? '')?.[1] ?? '';
    const ids = idsOf(name, standard, edition);
    const [provision, ...others] = ids;
    const refuse = (problem: string): void => {
      untaken.push({ line, problem: `${name} ${problem}` });
    };
    const answer = answerIn(cells, header, at);
    if (provision === undefined) refuse('is no provision of this standard');
    else if (others.length > 0) refuse(`has become ${ids.join(' and ')}; declare each`);
    else if (!answer) refuse('has no answer that is understood; write Y, N, N/A or partly');
    else if (stated.some((each) => each.provision === provision))
      refuse('stands there twice; the first is taken');
    else {
      const detail = detailIn(cells, header, [at, answer.at]);
      if (detail === '' && answer.word !== 'met')
        refuse('is not met and the file gives no reason; declare it with one');
      else
        stated.push({
          line,
          provision,
          declared: answer.word,
          because: detail === '' ? `So it stands in ${from}, without a reason.` : detail,
        });
    }
  }
  return { stated, untaken };
}

/** Provisions on data protection are written `6-1` in one edition and `6.1` in another. */
export function idsOf(name: string, standard: Standard, edition?: EditionId): ProvisionId[] {
  const written = name.toUpperCase();
  for (const each of [written, written.replace(/^6-/, '6.'), written.replace(/^6\./, '6-')]) {
    const found =
      edition === undefined
        ? provisionsNamed(standard, each)
        : standard.provisions.filter(({ labels }) => labels[edition].includes(each));
    if (found.length > 0) return found.map(({ id }) => id);
  }
  return [];
}

interface Answer {
  readonly at: number;
  readonly word: Word;
}

function answerIn(cells: readonly string[], header: readonly string[], name: number): Answer | undefined {
  const columns = cells.map((_, at) => at).filter((at) => at !== name);
  const titled = columns.filter((at) => ANSWER_COLUMN.test(header[at] ?? ''));
  for (const at of titled.length > 0 ? titled : columns) {
    const word = ANSWERS.find(([, pattern]) => pattern.test(cells[at] ?? ''))?.[0];
    if (word) return { at, word };
  }
  return undefined;
}

/** The column that says so, else the longest of the others that is more than a word. */
function detailIn(cells: readonly string[], header: readonly string[], taken: readonly number[]): string {
  const columns = cells.map((_, at) => at).filter((at) => !taken.includes(at));
  const titled = columns.find((at) => DETAIL_COLUMN.test(header[at] ?? ''));
  if (titled !== undefined) return cells[titled] ?? '';
  const longest = columns
    .map((at) => cells[at] ?? '')
    .reduce((best, each) => (each.length > best.length ? each : best), '');
  return longest.split(' ').length > 2 ? longest : '';
}
