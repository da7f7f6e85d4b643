/** Asks anew for what costs too much to be asked for at every change: what git knows, what the code proposes. */
import { type TemplateResult, html } from 'lit';
import type { Page } from './page.js';

export function lookAgain(page: Page, words: string): TemplateResult {
  return html`<button
    type="button"
    class="link"
    id="look-again"
    @click=${() => {
      page.tell({ type: 'look' });
    }}
  >
    ${words}
  </button>`;
}
