/** The assessment for a terminal of 80 columns. */
import type { ChecklistRow } from '../checklist/model.js';
import { labelOf } from '../checklist/rows.js';
import { createColors } from 'picocolors';
import { ROLES } from '../checklist/words.js';
import type { Assessment } from './assessment.js';
import { recommendationsText } from './recommended-text.js';
import { COUNTS, type Progress } from './progress.js';

export interface AssessTextOptions {
  readonly color: boolean;
  readonly wrap: (text: string, indent: number) => string[];
}

const WIDTH = 10;
const LEVELS = ['nothing known', 'declared', 'supported', 'enforced'];

export function assessmentText(assessment: Assessment, { color, wrap }: AssessTextOptions): string {
  const { headings, typology, advice, first, edition, inCi, answers, progress, recommendations } = assessment;
  const colors = createColors(color);
  const bar = (value: number): string => {
    const full = Math.round((value / 3) * WIDTH);
    return `${colors.cyan('█'.repeat(full))}${colors.dim('░'.repeat(WIDTH - full))}`;
  };
  const lines = headings.map(
    ({ heading, title, level, value }) =>
      `  ${String(heading).padStart(2)}  ${title.padEnd(45)} ${bar(value)} ${value.toFixed(1)} ${LEVELS[level] ?? ''}`,
  );
  const percent = (part: number): string => `${String(Math.round(part * 100))} %`;
  const label = (row: Pick<ChecklistRow, 'labels' | 'id'>): string => labelOf(row, edition);
  return [
    colors.bold('Maturity by heading'),
    ...lines,
    ...wrap(
      `0 nothing known, 1 declared, 2 supported by code, 3 enforced${inCi ? '' : '; no CI file runs skarp check, so nothing is enforced'}`,
      2,
    ).map(colors.dim),
    '',
    `${colors.bold(`This product is a ${typology.type}`)}  code ${percent(typology.code)}, process ${percent(typology.process)}`,
    ...wrap(typology.meaning, 2),
    '',
    ...Object.entries(advice).flatMap(([role, text]) => [`  For ${role}`, ...wrap(text, 4)]),
    ...(first.length === 0
      ? []
      : [
          '',
          colors.bold('Take these first'),
          ...first.flatMap((row) => [
            `  ${label(row).padEnd(10)}${row.standing}, ${row.status}`,
            ...wrap(row.wording, 12),
          ]),
        ]),
    ...recommendationsText(recommendations, label, colors.bold, wrap),
    ...answersText(answers, colors.bold, wrap),
    ...(progress ? progressText(progress, colors.bold) : []),
    '',
  ].join('\n');
}

/** A line a heading that somebody has answered for. */
function answersText(
  answers: Assessment['answers'],
  bold: (text: string) => string,
  wrap: AssessTextOptions['wrap'],
): string[] {
  if (answers.length === 0) return [];
  const cells = (all: readonly (number | string | undefined)[]): string =>
    all.map((each) => String(each ?? '–').padStart(12)).join('');
  return [
    '',
    bold('What people answer, the widest spread first'),
    `${' '.repeat(14)}${cells(['code', ...ROLES, 'spread'])}`,
    ...answers.map(
      ({ heading, code, roles, spread }) =>
        `  heading ${String(heading).padEnd(4)}${cells([code, ...ROLES.map((role) => roles[role]?.level), spread])}`,
    ),
    ...wrap('Talk about the first ones, and answer again: --answer replaces what a role said before.', 2),
  ];
}

/** Commits in the table; the rest is counted. */
const MOST_COMMITS = 12;

function progressText({ points, unread, hasMore }: Progress, bold: (text: string) => string): string[] {
  const shown = points.slice(-MOST_COMMITS);
  const left = points.length - shown.length;
  const notes = [
    ...(left > 0 || hasMore
      ? [`${String(left)}${hasMore ? ' and more' : ''} earlier ones are left out`]
      : []),
    ...(unread > 0 ? [`${String(unread)} could not be read`] : []),
  ];
  const widths = COUNTS.map(([, name]) => Math.max(8, name.length + 1));
  const cells = (all: readonly (string | number)[]): string =>
    all.map((each, at) => String(each).padStart(widths[at] ?? 0)).join('');
  return [
    '',
    bold('Progress: declarations after each commit that changed them'),
    `  ${' '.repeat(20)}${cells(COUNTS.map(([, name]) => name))}`,
    ...shown.map(
      (point) =>
        `  ${point.at.slice(0, 10)}  ${point.commit.slice(0, 8)}${cells(COUNTS.map(([key]) => point[key]))}`,
    ),
    ...(notes.length > 0 ? [`  ${notes.join('; ')}`] : []),
  ];
}
