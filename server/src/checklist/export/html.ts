/** A page as one HTML file that needs nothing else: to read, to print, to listen to. */
import { htmlDocument } from './document.js';
import { escaped } from './escaped.js';
import type { Cell, Page, Section } from './page.js';
import { NO_STATEMENT } from './statement.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
th, td { border: 1px solid; padding: .4rem .6rem; text-align: start; vertical-align: top; }
caption { text-align: start; }
tbody th { min-width: 6em; }
td:nth-child(2):nth-last-child(-n+5) { width: 35%; }
ul { margin: 0; padding-inline-start: 1.2rem; }
li, a, td:nth-child(2) { overflow-wrap: anywhere; }
.draft { border: 3px solid; padding: .5rem 1rem; font-weight: bold; }
.draft-mark { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; font-size: 12rem; opacity: .08; transform: rotate(-30deg); }
.draft-mark::before { content: attr(data-mark); }
@media print { body { max-width: none; font-size: .8rem; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

export function pageHtml({ title, draft, edition, date, tool, about, sections }: Page): string {
  return htmlDocument(
    title,
    STYLE,
    `${draft ? `<p class="draft">DRAFT: ${NO_STATEMENT}</p>\n<div class="draft-mark" data-mark="DRAFT" aria-hidden="true"></div>\n` : ''}<p>Edition ${escaped(edition)}; <time datetime="${escaped(date)}">${escaped(date)}</time>; ${escaped(tool)}.</p>
${about.map((each) => `<p>${escaped(each)}</p>\n`).join('')}${sections.map(section).join('')}`,
  );
}

/** The first cell of a row names it. */
function section({ title, head, rows, otherwise }: Section): string {
  if (rows.length === 0 && otherwise !== undefined)
    return `<h2>${escaped(title)}</h2>\n<p>${escaped(otherwise)}</p>\n`;
  const row = ([first = '', ...rest]: Section['rows'][number]): string =>
    `<tr><th scope="row">${cell(first)}</th>${rest.map((each) => `<td>${cell(each)}</td>`).join('')}</tr>`;
  return `<table>
<caption><h2>${escaped(title)}</h2></caption>
<thead><tr>${head.map((each) => `<th scope="col">${escaped(each)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
`;
}

function cell(content: Cell): string {
  if (typeof content === 'string') return escaped(content);
  if ('href' in content) return `<a href="${escaped(content.href)}">${escaped(content.text)}</a>`;
  const [first = '', ...more] = content;
  if (more.length === 0) return escaped(first);
  return `<ul>${content.map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>`;
}
