/** A portfolio as one HTML file that needs nothing else. */
import { htmlDocument } from '../checklist/export/document.js';
import { escaped } from '../checklist/export/escaped.js';
import { headingsOf } from './portfolio-text.js';
import type { Portfolio } from './portfolio.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: start; vertical-align: top; }
caption { text-align: start; }
.level-0 { background: #c0392b33; }
.level-1 { background: #d6891033; }
.level-2 { background: #2e8b5733; }
.level-3 { background: #2e8b5777; }
@media print { body { max-width: none; font-size: .8rem; } tr { break-inside: avoid; } .wide { overflow: visible; } }
`;

export function portfolioHtml(portfolio: Portfolio): string {
  const { shared, products } = portfolio;
  const numbers = headingsOf(portfolio);
  const title = `Maturity of ${String(products.length)} ${products.length === 1 ? 'product' : 'products'} by TS 103 645 / EN 303 645`;
  const weaknesses = shared.map(
    ({ heading, title: about, products: weak, of, mean, provisions }) =>
      `<li><strong>${String(heading)}. ${escaped(about)}</strong>: ${String(weak.length)} of ${String(of)} at level 0, mean ${mean.toFixed(1)} (${weak.map(escaped).join(', ')})${provisions.length === 0 ? '' : `. Held back by ${provisions.map(({ id, products: many }) => `${escaped(id)} (${String(many)})`).join(', ')}`}</li>`,
  );
  const rows = products.map(({ name, edition, typology, headings }) => {
    const cells = numbers.map((number) => {
      const found = headings.find(({ heading }) => heading === number);
      return found ? `<td class="level-${String(found.level)}">${found.value.toFixed(1)}</td>` : '<td>–</td>';
    });
    return `<tr><th scope="row">${escaped(name)}</th><td>${typology.type}</td><td>${escaped(edition)}</td>${cells.join('')}</tr>`;
  });
  return htmlDocument(
    title,
    STYLE,
    `<h2>What several products lack</h2>
${weaknesses.length === 0 ? '<p>No heading is at level 0 in more than one product.</p>' : `<ul>\n${weaknesses.join('\n')}\n</ul>`}
<h2>Products and headings</h2>
<div class="wide" tabindex="0" role="region" aria-label="Products and headings">
<table>
<caption>Maturity by heading: 0 nothing known, 1 declared, 2 supported by code, 3 enforced</caption>
<thead><tr><th scope="col">Product</th><th scope="col">Type</th><th scope="col">Edition</th>${numbers.map((number) => `<th scope="col">${String(number)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
`,
  );
}
