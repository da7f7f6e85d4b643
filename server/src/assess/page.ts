/** The assessment as one HTML file that needs nothing else. */
import { labelOf } from '../checklist/rows.js';
import { htmlDocument } from '../checklist/export/document.js';
import { escaped } from '../checklist/export/escaped.js';
import { ROLES } from '../checklist/words.js';
import type { Assessment } from './assessment.js';
import type { Recommendation } from './recommended.js';
import { radar } from './radar.js';
import { timelineHtml } from './timeline.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
svg { display: block; width: min(100%, 32rem); margin: 1rem auto; font: 14px system-ui, sans-serif; }
svg .ring { fill: none; stroke: currentColor; stroke-opacity: .25; }
svg .value { fill: #0a7cff; fill-opacity: .25; stroke: #0a7cff; stroke-width: 2; }
svg .role { fill: none; stroke-width: 2; }
.engineering { stroke: #d2691e; stroke-dasharray: 8 3; }
.product { stroke: #2e8b57; stroke-dasharray: 3 3; }
.management { stroke: #b03fb0; stroke-dasharray: 10 3 2 3; }
svg.timeline { width: min(100%, 40rem); font-size: 12px; }
svg .at-start { text-anchor: start; }
svg .at-end { text-anchor: end; }
.line { fill: none; stroke-width: 2; }
.declared { stroke: #0a7cff; }
.met { stroke: #2e8b57; stroke-dasharray: 8 3; }
.expired { stroke: #c0392b; stroke-dasharray: 3 3; }
svg.key { display: inline; width: 3rem; height: .6rem; margin: 0 .3rem 0 0; }
svg text { fill: currentColor; text-anchor: middle; dominant-baseline: middle; }
svg .scale { font-size: 11px; fill-opacity: .7; }
dt { font-weight: bold; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .3rem .6rem; text-align: start; vertical-align: top; }
caption { text-align: start; }
@media print { body { max-width: none; font-size: .85rem; } tr { break-inside: avoid; } }
`;

const LEVELS = ['nothing known', 'declared', 'supported by code', 'enforced'];

export function assessmentHtml(assessment: Assessment, product: string): string {
  const { headings, typology, advice, first, edition, inCi, answers, progress, recommendations } = assessment;
  const title = `Maturity of ${product} by TS 103 645 / EN 303 645`;
  const percent = (part: number): string => `${String(Math.round(part * 100))} %`;
  const rows = headings.map(
    ({ heading, title: name, level, value }) =>
      `<tr><th scope="row">${String(heading)}</th><td>${escaped(name)}</td><td>${value.toFixed(1)}</td><td>${LEVELS[level] ?? ''}</td></tr>`,
  );
  return htmlDocument(
    title,
    STYLE,
    `<p>Edition ${escaped(edition)}. ${inCi ? 'The pipeline runs skarp check.' : 'No CI file runs skarp check, so nothing is enforced.'}</p>
${radar(headings, answers)}
<table>
<caption>Maturity by heading: 0 nothing known, 1 declared, 2 supported by code, 3 enforced</caption>
<thead><tr><th scope="col">Heading</th><th scope="col">About</th><th scope="col">Maturity</th><th scope="col">Level reached</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${answersHtml(answers)}${progress ? timelineHtml(progress) : ''}<h2>This product is a ${escaped(typology.type)}</h2>
<p>Code ${percent(typology.code)}, process ${percent(typology.process)}. ${escaped(typology.meaning)}</p>
<dl>
${Object.entries(advice)
  .map(([role, text]) => `<dt>For ${escaped(role)}</dt><dd>${escaped(text)}</dd>`)
  .join('\n')}
</dl>
<h2>Take these first</h2>
<ul>
${first
  .map(
    (row) =>
      `<li>${escaped(labelOf(row, edition))} (${row.standing}, ${row.status}): ${escaped(row.wording)}</li>`,
  )
  .join('\n')}
</ul>
${recommendationsHtml(recommendations, edition)}`,
  );
}

/** A table, and which line of the plot is whose; nothing where nobody has answered. */
function answersHtml(answers: Assessment['answers']): string {
  if (answers.length === 0) return '';
  const roles = ROLES.filter((role) => answers.some((each) => each.roles[role]));
  const cell = (value: number | undefined): string => `<td>${value === undefined ? '–' : String(value)}</td>`;
  const rows = answers.map(
    ({ heading, title, code, roles: said, spread }) =>
      `<tr><th scope="row">${String(heading)}</th><td>${escaped(title)}</td>${[code, ...roles.map((role) => said[role]?.level), spread].map(cell).join('')}</tr>`,
  );
  const key = roles.map(
    (role) =>
      `<li><svg class="key" viewBox="0 0 48 10" aria-hidden="true"><path class="role ${role}" d="M0,5L48,5"/></svg>${role}</li>`,
  );
  return `<h2>What people answer</h2>
<p>The widest spread first: talk about those, and answer again. In the plot, what a role did not answer counts as 0.</p>
<ul>${key.join('')}</ul>
<table>
<caption>Level of each heading, 0 to 3, by who says so</caption>
<thead><tr><th scope="col">Heading</th><th scope="col">About</th>${['code', ...roles, 'spread'].map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
`;
}

/** What matters and what may be left, with the reasons; nothing where all is settled. */
function recommendationsHtml(
  { matter, mayBeLeft, left, undecided }: Assessment['recommendations'],
  edition: string,
): string {
  const item = (each: Recommendation, why: string): string =>
    `<li>${escaped(labelOf(each, edition))}: ${escaped(each.wording)} <em>${escaped(why)}</em></li>`;
  const part = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `<h2>${title}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
  const whyOf = ({ why }: Recommendation): string =>
    why.length === 0 ? 'Nothing speaks for it yet.' : `Because ${why.join('; ')}.`;
  return [
    part(
      'Recommendations that matter here',
      matter.map((each) => item(each, whyOf(each))),
    ),
    part(
      'Recommendations that may be left, with a reason',
      mayBeLeft.map((each) => item(each, whyOf(each))),
    ),
    part(
      'Recommendations that are left',
      left.map((each) => item(each, each.reason)),
    ),
    undecided.length === 0
      ? ''
      : `<p>Of ${String(undecided.length)} more recommendations nobody has said whether they apply: say under "product" in skarp.json what the product has.</p>\n`,
  ].join('');
}
