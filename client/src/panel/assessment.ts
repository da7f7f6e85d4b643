/** How mature the product is, and what to do next. */
import { type TemplateResult, html, nothing } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { lookAgain } from './look-again.js';
import type { Page } from './page.js';
import { type Answers, LEVELS, ROLES, people } from './people.js';
import { recommended } from './recommended.js';
import { rowLink } from './row-link.js';

export function assessmentView(page: Page): TemplateResult {
  const { assessment: result } = page;
  if (!result) return html`<p role="status">Nothing is known yet.</p>`;
  const { assessment, progress } = result;
  const { headings, typology, advice, first, inCi, answers, recommendations } = assessment;
  // A heading of which nothing applies has no maturity, and may be answered for all the same.
  const titles = (page.shown?.checklist?.headings ?? []).filter(({ heading }) => heading > 0);
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
      <div class="radar">${unsafeSVG(result.radar)}${key(answers)}</div>
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
    <dl class="advice">
      ${Object.entries(advice).map(
        ([role, text]) =>
          html`<div>
            <dt>For ${role}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    <h2>Take these first</h2>
    <ul class="first">
      ${first.map(
        (step) => html`<li>${rowLink(page, step)} (${step.standing}, ${step.status}): ${step.wording}</li>`,
      )}
    </ul>
    ${people(page, { answers, titles })} ${recommended(page, recommendations)}
    ${
      progress === undefined
        ? html`<h2>Progress</h2>
            <p>
              Git knows no commit of skarp.checklist.yaml here, so there is no progress to show. Commit it,
              and look again.
            </p>`
        : // Made by the server, of numbers, days and names of commits.
          html`<div class="over-time">${unsafeHTML(progress)}</div>`
    }
  `;
}

/** Which line of the plot is whose; nothing where nobody has answered. */
function key(answers: Answers): TemplateResult | typeof nothing {
  const roles = ROLES.filter((role) => answers.some((each) => each.roles[role]));
  if (roles.length === 0) return nothing;
  return html`<ul class="legend" aria-label="Lines of the plot">
    ${roles.map(
      (role) =>
        html`<li>
          <svg class="key" viewBox="0 0 48 10" aria-hidden="true">
            <path class="role ${role}" d="M0,5L48,5" /></svg
          >${role}
        </li>`,
    )}
  </ul>`;
}
