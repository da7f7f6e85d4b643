/** What an export says of a product, whatever its format: the shape of the standard's own table of conformance. */
import { labelOf } from '../rows.js';
import { type Report, type ReportFinding, identityOf } from '../../report/model.js';
import { openAgainst } from '../against.js';
import { NOTHING, cellText, notesOf } from '../crosswalk.js';
import type { IxitTable } from '../ixit/rows.js';
import type { Checklist, ChecklistRow, CrosswalkView, Declared } from '../model.js';

export interface Statement {
  readonly product: string;
  readonly edition: string;
  readonly date: string;
  readonly tool: string;
  readonly draft: boolean;
  readonly headings: readonly { readonly name: string; readonly lines: readonly Line[] }[];
  /** Findings that somebody accepted, with the reason. */
  readonly risks: readonly Risk[];
  /** Only where other catalogues were asked for: each line has what they say of its heading. */
  readonly elsewhere?: { readonly column: string; readonly says: string; readonly notes: readonly string[] };
  /** Only where they were gathered: rows that code proposes for the tables of implementation facts. */
  readonly ixit?: readonly IxitTable[];
}

export type Answer = 'fulfilled' | 'in part' | 'not fulfilled' | 'does not apply' | 'not answered';

export interface Line {
  readonly row: ChecklistRow;
  readonly label: string;
  readonly id: string;
  readonly wording: string;
  /** `M` or `R`, with `C` where it depends on what the product is. */
  readonly status: string;
  readonly condition: string;
  readonly answer: Answer;
  /** The answer in the standard's own letters: `Y`, `N`, `N/A`, or `?` where nobody said anything. */
  readonly support: 'Y' | 'N' | 'N/A' | '?';
  readonly standing: string;
  readonly declaration: Declared | undefined;
  /** What speaks against it in code. */
  readonly found: readonly ReportFinding[];
  readonly against: readonly string[];
  readonly seen: readonly string[];
  readonly risks: readonly Risk[];
  /** What other catalogues say of its heading, where they were asked for. */
  readonly elsewhere: readonly string[];
}

export interface Risk {
  readonly finding: ReportFinding;
  readonly provisions: readonly string[];
  readonly what: string;
  readonly place: string;
  readonly reason: string;
  readonly until: string;
  readonly by: string;
}

export interface StatementOptions {
  readonly product: string;
  readonly date: string;
  readonly draft: boolean;
}

export const STATUS_LEGEND =
  'M: mandatory. R: recommended. C: it depends on what the product is. Y: fulfilled, shown by code or declared by the maker. N: not fulfilled, or only in part. N/A: it does not apply. ?: nobody has said anything yet.';

export const NO_STATEMENT = 'this is no statement of conformance.';

export function titleOf({ draft, product }: Statement): string {
  return `${draft ? 'DRAFT: ' : ''}Conformance of ${product} with TS 103 645 / EN 303 645`;
}

export function statementOf(checklist: Checklist, report: Report, options: StatementOptions): Statement {
  const { edition } = checklist;
  const risks = risksOf(report, edition);
  const line = (row: ChecklistRow): Line => {
    const label = labelOf(row, edition);
    const answer = answerOf(row);
    const against = openAgainst(row.id, report, checklist.product);
    return {
      row,
      label,
      id: row.id,
      wording: row.wording,
      status: `${row.status === 'mandatory' ? 'M' : 'R'}${row.applies.is === 'yes' ? '' : ' C'}`,
      condition: row.applies.is === 'yes' ? '' : row.applies.because,
      answer,
      support: SUPPORT[answer],
      standing: row.standing === 'declared' ? `declared ${row.declaration?.declared ?? ''}` : row.standing,
      declaration: row.declaration,
      found: against,
      against: unique(against.map((each) => `${each.rule} ${placeOf(each)}`)),
      seen: unique(row.evidence.map((each) => `${each.shows} ${placeOf(each)}`)),
      risks: risks.filter(({ finding }) => finding.provisions.includes(row.id)),
      elsewhere: elsewhereOf(row, checklist.crosswalk),
    };
  };
  return {
    ...options,
    edition,
    tool: `skarp ${report.tool.version}`,
    headings: checklist.headings.flatMap(({ heading, title, labels }) => {
      const rows = checklist.rows.filter((each) => each.heading === heading);
      const name = [labels[edition], title].filter(Boolean).join(' ');
      return rows.length === 0 ? [] : [{ name, lines: rows.map(line) }];
    }),
    risks,
    ...(checklist.crosswalk && { elsewhere: columnOf(checklist.crosswalk) }),
    ...(checklist.ixit && { ixit: checklist.ixit.ixit }),
  };
}

function columnOf(view: CrosswalkView): NonNullable<Statement['elsewhere']> {
  return { column: view.title, says: view.says, notes: notesOf(view) };
}

function elsewhereOf({ heading }: ChecklistRow, view: CrosswalkView | undefined): string[] {
  if (!view) return [];
  const cells = view.headings.find((each) => each.heading === heading)?.cells ?? [];
  if (cells.length === 0) return [NOTHING];
  return cells.map((cell) => {
    const name = view.catalogues.find(({ id }) => id === cell.catalogue)?.title ?? cell.catalogue;
    return 'standard' in view.asked ? cellText(cell) : `${name}: ${cellText(cell)}`;
  });
}

/** What is missing before a statement may be handed out: a line for each. */
export function missingIn({ rows, edition }: Checklist): string[] {
  return rows.flatMap((row) => {
    const { applies, declaration, canShow, standing, id } = row;
    const known = labelOf(row, edition);
    // One label of an old edition may stand for several provisions, each of which is declared by its id.
    const label = known === id ? id : `${id} (${known})`;
    if (declaration) {
      const hollow = Object.entries({
        because: declaration.because,
        by: declaration.by,
        owner: declaration.owner ?? 'nobody',
      }).find(([, text]) => isPlaceholder(text));
      return hollow ? [`${label}: ${hollow[0]} still holds a placeholder`] : [];
    }
    if (applies.is === 'no' || (canShow === 'show' && standing !== 'open')) return [];
    return [`${label}: nobody has declared it, and code does not show it`];
  });
}

/** Words that stand where something is still to be written. */
function isPlaceholder(text: string): boolean {
  return /\b(?:TODO|TBD|TBA|FIXME|XXX+)\b|^\W*$|^<.*>$/.test(text.trim());
}

function answerOf({ standing, declaration }: ChecklistRow): Answer {
  switch (standing) {
    case 'not-applicable':
      return 'does not apply';
    case 'supported':
      return 'fulfilled';
    case 'declared':
      if (declaration?.declared === 'met') return 'fulfilled';
      return declaration?.declared === 'partly' ? 'in part' : 'not fulfilled';
    case 'contradicted':
    case 'violated':
      return 'not fulfilled';
    case 'open':
      return 'not answered';
  }
}

const SUPPORT: Readonly<Record<Answer, Line['support']>> = {
  fulfilled: 'Y',
  'in part': 'N',
  'not fulfilled': 'N',
  'does not apply': 'N/A',
  'not answered': '?',
};

function risksOf(report: Report, edition: string): Risk[] {
  return report.findings.flatMap((finding) => {
    const { suppressed, material, labels, rule, message } = finding;
    if (!suppressed || material !== 'product') return [];
    return [
      {
        finding,
        provisions: labels[edition] ?? [],
        what: `${rule}: ${message}`,
        place: placeOf(finding),
        reason: suppressed.reason,
        until: suppressed.until ?? '',
        by: suppressed.by ?? '',
      },
    ];
  });
}

export function linesOf({ headings }: Statement): Line[] {
  return headings.flatMap(({ lines }) => lines);
}

/** Findings that speak against a provision and those that were accepted, each once. */
export function findingsIn(statement: Statement): ReportFinding[] {
  const open = linesOf(statement).flatMap(({ found }) => found);
  const all = [...open, ...statement.risks.map(({ finding }) => finding)];
  return [...new Map(all.map((each) => [identityOf(each), each])).values()];
}

/** `main/net.c:12` */
export function placeOf({ file, range }: { file: string; range: { start: { line: number } } }): string {
  return `${file}:${String(range.start.line)}`;
}

/** In the order in which they first stand. */
export function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
