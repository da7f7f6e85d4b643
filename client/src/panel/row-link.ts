/** The name of a provision, which leads to it among the others. */
import { type TemplateResult, html } from 'lit';
import type { Page } from './page.js';

export function rowLink(page: Page, id: string): TemplateResult {
  return html`<button
    type="button"
    class="link numbers"
    aria-label="Show ${id} among the provisions"
    @click=${() => {
      page.reveal(id);
    }}
  >
    ${id}
  </button>`;
}
