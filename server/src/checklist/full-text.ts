/** The checklist row by row, for a terminal of 80 columns. */
import { labelOf } from './rows.js';
import { createColors } from 'picocolors';
import { standingPaint } from './paint.js';
import type { Report } from '../report/model.js';
import { openAgainst } from './against.js';
import type { Checklist, ChecklistRow, Declared, Standing } from './model.js';

export interface FullTextOptions {
  readonly color: boolean;
  readonly edition: string;
  /** Prose in lines that fit, each indented. */
  readonly wrap: (text: string, indent: number) => string[];
}

/** Places named of one row; the rest is counted. */
const MOST_PLACES = 5;
const INDENT = 12;

export function checklistText(checklist: Checklist, report: Report, options: FullTextOptions): string {
  const { edition, wrap } = options;
  const colors = createColors(options.color);
  const paint = standingPaint(colors);
  const listed = (lines: readonly string[]): string[] => [
    ...lines.slice(0, MOST_PLACES),
    ...(lines.length > MOST_PLACES ? [`and ${String(lines.length - MOST_PLACES)} more`] : []),
  ];
  const row = (each: ChecklistRow): string[] => {
    const label = labelOf(each, edition);
    const against = openAgainst(each.id, report, checklist.product).map(
      ({ rule, file, range }) => `${rule}  ${file}:${String(range.start.line)}`,
    );
    const seen = each.evidence.map(
      ({ shows, file, range }) => `${shows}  ${file}:${String(range.start.line)}`,
    );
    const pad = ' '.repeat(INDENT);
    const said = each.declaration;
    const word = each.standing === 'declared' && said ? `declared ${said.declared}` : each.standing;
    return [
      `  ${label.padEnd(INDENT - 2)}${paint[each.standing](word)}${colors.dim(`  ${each.status}`)}`,
      ...wrap(each.wording, INDENT),
      ...(each.applies.is === 'unknown' || each.standing === 'not-applicable'
        ? wrap(`(${each.applies.because})`, INDENT).map(colors.dim)
        : []),
      ...listed([...new Set(against)]).map((line) => `${pad}${colors.red('✗')} ${line}`),
      ...listed([...new Set(seen)]).map((line) => `${pad}${colors.green('✓')} ${line}`),
      ...(said ? declarationText(said, wrap, colors.yellow) : []),
    ];
  };
  const out = checklist.headings.flatMap(({ heading, title, standing, labels }) => {
    const rows = checklist.rows.filter((each) => each.heading === heading);
    if (rows.length === 0) return [];
    const name = heading === 0 ? title : `${String(heading)}. ${title}`;
    return [
      `${colors.bold(name)}${colors.dim(`  ${labels[edition] ?? ''}`)}  ${paint[standing](standing)}`.trimEnd(),
      '',
      ...rows.flatMap((each) => [...row(each), '']),
    ];
  });
  return `${out.join('\n')}\n${summary(checklist, wrap)}\n`;
}

/** `met: because …`, who says so, and until when. */
function declarationText(
  { declared, because, by, on, owner, reviewBy, expired, evidence }: Declared,
  wrap: FullTextOptions['wrap'],
  warn: (text: string) => string,
): string[] {
  const review =
    reviewBy === undefined ? [] : [`review ${expired === true ? 'was due on' : 'by'} ${reviewBy}`];
  const who = [`${by}, ${on}`, ...(owner === undefined ? [] : [`owner ${owner}`]), ...review].join('; ');
  return [
    ...wrap(printable(`${declared}: ${because}`), INDENT),
    ...wrap(printable(who), INDENT).map((line) => (expired === true ? warn(line) : line)),
    ...evidence.flatMap(({ file }) => wrap(printable(`see ${file}`), INDENT)),
  ];
}

/** Text that somebody wrote into a file must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '?');
}

/** `3 violated, 9 supported, 60 open` */
function summary({ rows, edition, unanswered }: Checklist, wrap: FullTextOptions['wrap']): string {
  const counts = new Map<Standing, number>();
  for (const { standing } of rows) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  const said = [...counts].map(([standing, count]) => `${String(count)} ${standing}`).join(', ');
  const late = rows.filter(({ declaration }) => declaration?.expired === true).length;
  const due = late === 0 ? '' : `; ${String(late)} ${late === 1 ? 'review is' : 'reviews are'} overdue`;
  const line = `${String(rows.length)} provisions of edition ${edition}: ${said}${due}`;
  if (unanswered.length === 0) return line;
  return [
    line,
    'More is decided by what the product is: say true or false in skarp.json,',
    'under "product", for each of',
    ...wrap(unanswered.join(', '), 2),
  ].join('\n');
}
