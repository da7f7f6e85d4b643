/** The assessment as one HTML file that needs nothing else. */
import { escaped } from '../checklist/export/escaped.js';
import type { Assessment } from './assessment.js';
import { radar } from './radar.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
svg { display: block; width: min(100%, 32rem); margin: 1rem auto; font: 14px system-ui, sans-serif; }
svg .ring { fill: none; stroke: currentColor; stroke-opacity: .25; }
svg .value { fill: #0a7cff; fill-opacity: .25; stroke: #0a7cff; stroke-width: 2; }
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
  const { headings, typology, advice, first, edition, inCi } = assessment;
  const title = `Maturity of ${product} by TS 103 645 / EN 303 645`;
  const percent = (part: number): string => `${String(Math.round(part * 100))} %`;
  const rows = headings.map(
    ({ heading, title: name, level, value }) =>
      `<tr><th scope="row">${String(heading)}</th><td>${escaped(name)}</td><td>${value.toFixed(1)}</td><td>${LEVELS[level] ?? ''}</td></tr>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>Edition ${escaped(edition)}. ${inCi ? 'The pipeline runs skarp check.' : 'No CI file runs skarp check, so nothing is enforced.'}</p>
${radar(headings)}
<table>
<caption>Maturity by heading: 0 nothing known, 1 declared, 2 supported by code, 3 enforced</caption>
<thead><tr><th scope="col">Heading</th><th scope="col">About</th><th scope="col">Maturity</th><th scope="col">Level reached</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<h2>This product is a ${escaped(typology.type)}</h2>
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
      `<li>${escaped((row.labels[edition] ?? [row.id]).join(', '))} (${row.standing}, ${row.status}): ${escaped(row.wording)}</li>`,
  )
  .join('\n')}
</ul>
</main>
</body>
</html>
`;
}
