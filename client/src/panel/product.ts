/** What the product is: that decides which provisions apply to it. Code proposes, a person answers. */
import { type TemplateResult, html, nothing } from 'lit';
import type { ProfileFeature } from '../../../server/src/lsp/protocol.js';
import { lookAgain } from './look-again.js';
import { type Page, uriOf } from './page.js';

export function productView(page: Page): TemplateResult {
  const { product } = page;
  if (!product) return html`<p role="status">Nothing is known yet.</p>`;
  return html`
    <p class="about">
      What the product is decides which provisions apply to it. The answers are kept under product in
      skarp.json. ${lookAgain(page, 'Look at the code again')}
    </p>
    <ul class="features">
      ${product.map((feature) => question(page, feature))}
    </ul>
  `;
}

function question(
  page: Page,
  { key, question: text, answer, isOut, proposal }: ProfileFeature,
): TemplateResult {
  const choice = (value: boolean, says: string): TemplateResult =>
    html`<button
      type="button"
      class="filter"
      aria-pressed=${String(answer === value)}
      aria-label="${says}: ${text}"
      @click=${() => {
        page.tell({ type: 'answer', feature: key, value });
      }}
    >
      ${says}
    </button>`;
  return html`<li data-feature=${key}>
    <span class="question"
      >${text}
      ${
        isOut && answer === undefined
          ? html`<span class="notes">It needs something that the product has not.</span>`
          : nothing
      }
      ${
        proposal
          ? html`<span class="notes"
              >The code says yes: ${proposal.says}, by ${proposal.saw} in
              <button
                type="button"
                class="link"
                @click=${() => {
                  page.tell({ type: 'open', place: placeOf(page, proposal) });
                }}
              >
                ${proposal.file}:${proposal.line}</button
              >.</span
            >`
          : nothing
      }</span
    >
    <span class="answers" role="group">${choice(true, 'Yes')}${choice(false, 'No')}</span>
  </li>`;
}

function placeOf(
  page: Page,
  { file, line }: NonNullable<ProfileFeature['proposal']>,
): { uri: string; range: readonly [number, number, number, number] } {
  return { uri: uriOf(page.shown?.folder ?? '', file), range: [line - 1, 0, line - 1, 0] };
}
