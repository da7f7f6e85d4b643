/** The name of a provision in the edition that is shown; it leads to the provision among the others. */
import { type TemplateResult, html } from 'lit';
import type { ChecklistRow } from '../../../server/src/checklist/model.js';
import type { Page } from './page.js';

export function rowLink(page: Page, { id, labels }: Pick<ChecklistRow, 'id' | 'labels'>): TemplateResult {
  const edition = page.shown?.checklist?.edition ?? '';
  const name = labels[edition]?.join(', ') ?? id;
  return html`<button
    type="button"
    class="link numbers"
    aria-label="Show ${name} among the provisions"
    @click=${() => {
      page.reveal(id);
    }}
  >
    ${name}
  </button>`;
}
