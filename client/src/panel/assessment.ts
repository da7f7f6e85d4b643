/** How mature the product is, and what to do next. */
import { type TemplateResult, html } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { lookAgain } from './look-again.js';
import type { Page } from './page.js';

const LEVELS = ['nothing known', 'declared', 'supported by code', 'enforced'];

export function assessmentView(page: Page): TemplateResult {
  const { assessment: result } = page;
  if (!result) return html`<p role="status">Nothing is known yet.</p>`;
  const { headings, typology, advice, first, edition, inCi } = result.assessment;
  const percent = (part: number): string => `${String(Math.round(part * 100))} %`;
  return html`
    <p class="about">
      ${
        inCi
          ? 'The pipeline runs skarp check.'
          : 'No CI file that git tracks runs skarp check, so nothing is enforced.'
      }
      ${lookAgain(page, 'Look again')}
    </p>
    <div class="maturity">
      <!-- Drawn by the server, of numbers alone. -->
      ${unsafeSVG(result.radar)}
      <table>
        <caption>
          Maturity by heading
        </caption>
        <thead>
          <tr>
            <th scope="col">Heading</th>
            <th scope="col">Maturity</th>
            <th scope="col">Level</th>
          </tr>
        </thead>
        <tbody>
          ${headings.map(
            ({ heading, title, level, value }) =>
              html`<tr>
                <th scope="row">${heading} ${title}</th>
                <td>${value.toFixed(1)}</td>
                <td>${LEVELS[level] ?? ''}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h2>This product is a ${typology.type}</h2>
    <p>Code ${percent(typology.code)}, process ${percent(typology.process)}. ${typology.meaning}</p>
    <dl>
      ${Object.entries(advice).map(
        ([role, text]) =>
          html`<dt>For ${role}</dt>
            <dd>${text}</dd>`,
      )}
    </dl>
    <h2>Take these first</h2>
    <ul class="first">
      ${first.map(
        ({ id, labels, standing, status, wording }) =>
          html`<li>${(labels[edition] ?? [id]).join(', ')} (${standing}, ${status}): ${wording}</li>`,
      )}
    </ul>
  `;
}
