/** Progress as HTML: lines over time as SVG, and the same as a table. */
import { line } from 'd3-shape';
import { escaped } from '../checklist/export/escaped.js';
import { COUNTS, type Point, type Progress } from './progress.js';

const WIDTH = 640;
const HEIGHT = 240;
const MARGIN = 36;
/** Counts that get a line; the others stand in the table. */
const LINES = ['declared', 'met', 'expired'] as const;

/** Nothing where there is no history. */
export function timelineHtml({ points, unread, hasMore }: Progress): string {
  if (points.length === 0) return '';
  const rows = points.map(
    (point) =>
      `<tr><th scope="row">${escaped(point.at.slice(0, 10))}</th><td><code>${escaped(point.commit.slice(0, 8))}</code></td>${COUNTS.map(([key]) => `<td>${String(point[key])}</td>`).join('')}</tr>`,
  );
  const notes = [
    ...(hasMore ? ['Older commits were not looked at.'] : []),
    ...(unread > 0 ? [`${String(unread)} more could not be read.`] : []),
  ];
  return `<h2>Progress</h2>
${points.length > 1 ? plot(points) : ''}
<table>
<caption>Declarations after each commit that changed them. ${notes.join(' ')}</caption>
<thead><tr><th scope="col">Day</th><th scope="col">Commit</th>${COUNTS.map(([, name]) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
`;
}

function plot(points: readonly Point[]): string {
  const times = points.map(({ at }) => Date.parse(at));
  const first = Math.min(...times);
  const span = Math.max(...times) - first;
  const most = Math.max(1, ...points.map(({ declared }) => declared));
  const x = (at: number): number =>
    // Commits of one second stand beside each other.
    MARGIN +
    (span === 0 ? at / (points.length - 1) : ((times[at] ?? first) - first) / span) * (WIDTH - 2 * MARGIN);
  const y = (count: number): number => HEIGHT - MARGIN - (count / most) * (HEIGHT - 2 * MARGIN);
  const path = line<number>()
    .x((_, at) => x(at))
    .y((count) => y(count))
    .digits(1);
  const nameOf = (key: (typeof LINES)[number]): string => COUNTS.find(([each]) => each === key)?.[1] ?? key;
  const lines = LINES.map(
    (key) => `<path class="line ${key}" d="${path(points.map((point) => point[key])) ?? ''}"/>`,
  );
  const last = points.at(-1);
  const said = LINES.map((key) => `${nameOf(key)} ${String(points[0]?.[key])} to ${String(last?.[key])}`);
  const label = `From ${points[0]?.at.slice(0, 10) ?? ''} to ${last?.at.slice(0, 10) ?? ''}: ${said.join(', ')}`;
  const text = (at: number, down: number, anchor: string, words: string): string =>
    `<text class="at-${anchor}" x="${String(at)}" y="${down.toFixed(1)}">${escaped(words)}</text>`;
  const key = LINES.map(
    (each) =>
      `<li><svg class="key" viewBox="0 0 48 10" aria-hidden="true"><path class="line ${each}" d="M0,5L48,5"/></svg>${nameOf(each)}</li>`,
  );
  return `<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${escaped(label)}">
<path class="ring" d="M${String(MARGIN)},${String(MARGIN)}V${String(HEIGHT - MARGIN)}H${String(WIDTH - MARGIN)}"/>
${lines.join('\n')}
${text(MARGIN - 8, y(most), 'end', String(most))}${text(MARGIN - 8, y(0), 'end', '0')}${text(MARGIN, HEIGHT - 14, 'start', points[0]?.at.slice(0, 10) ?? '')}${text(WIDTH - MARGIN, HEIGHT - 14, 'end', last?.at.slice(0, 10) ?? '')}
</svg>
<ul>${key.join('')}</ul>`;
}
