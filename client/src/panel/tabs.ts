/** The views of the panel, as the tabs that screen readers know: arrow keys move between them. */
import { type TemplateResult, html } from 'lit';
import { VIEWS, type View } from './messages.js';

const NAMES: Readonly<Record<View, string>> = {
  provisions: 'Provisions',
  crosswalk: 'Other standards',
  assessment: 'Assessment',
  product: 'What the product is',
};

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

export function tabs(chosen: View, choose: (view: View) => void): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label="Views"
    @keydown=${(event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const next = step === undefined ? undefined : VIEWS.at((VIEWS.indexOf(chosen) + step) % VIEWS.length);
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
      document.getElementById(`tab-${next}`)?.focus();
    }}
  >
    ${VIEWS.map(
      (view) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${view}"
          aria-controls="view"
          aria-selected=${String(view === chosen)}
          tabindex=${view === chosen ? 0 : -1}
          @click=${() => {
            choose(view);
          }}
        >
          ${NAMES[view]}
        </button>`,
    )}
  </div>`;
}
