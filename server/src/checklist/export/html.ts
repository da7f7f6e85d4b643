/** The statement as one HTML file that needs nothing else: to read, to print, to listen to. */
import { escaped } from './escaped.js';
import { NO_STATEMENT, STATUS_LEGEND, type Statement, detailOf, titleOf } from './statement.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
th, td { border: 1px solid; padding: .4rem .6rem; text-align: start; vertical-align: top; }
caption { text-align: start; }
tbody th { white-space: nowrap; }
td:nth-child(2) { width: 35%; }
ul { margin: 0; padding-inline-start: 1.2rem; }
li { overflow-wrap: anywhere; }
.draft { border: 3px solid; padding: .5rem 1rem; font-weight: bold; }
.draft-mark { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; font-size: 12rem; opacity: .08; transform: rotate(-30deg); }
@media print { body { max-width: none; font-size: .8rem; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

export function statementHtml(statement: Statement): string {
  const { edition, date, tool, draft, headings, risks } = statement;
  const title = titleOf(statement);
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
${draft ? `<p class="draft">DRAFT: ${NO_STATEMENT}</p>\n<div class="draft-mark" aria-hidden="true">DRAFT</div>\n` : ''}<p>Edition ${escaped(edition)}; <time datetime="${escaped(date)}">${escaped(date)}</time>; ${escaped(tool)}.</p>
<p>${escaped(STATUS_LEGEND)}</p>
${headings
  .map(({ name, lines }) =>
    table(
      name,
      ['Provision', 'What it asks', 'Status', 'Support', 'Detail'],
      lines.map((line) => [
        escaped(line.label),
        escaped(line.wording),
        escaped(line.status),
        escaped(line.support),
        list(detailOf(line).map(escaped)),
      ]),
    ),
  )
  .join('')}${
    risks.length === 0
      ? '<h2>Residual risk</h2>\n<p>No finding was accepted with a reason.</p>\n'
      : table(
          'Residual risk',
          ['Provisions', 'What was found', 'Where', 'Why it is accepted', 'Until', 'By'],
          risks.map((risk) =>
            [risk.provisions.join(', '), risk.what, risk.place, risk.reason, risk.until, risk.by].map(
              escaped,
            ),
          ),
        )
  }</main>
</body>
</html>
`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((each) => `<li>${each}</li>`).join('')}</ul>`;
}

/** The first cell of a row names it. */
function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = ([first = '', ...rest]: readonly string[]): string =>
    `<tr><th scope="row">${first}</th>${rest.map((each) => `<td>${each}</td>`).join('')}</tr>`;
  return `<table>
<caption><h2>${escaped(title)}</h2></caption>
<thead><tr>${head.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
`;
}
