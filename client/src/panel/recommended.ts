/** Which recommendations matter for this product, and which may be left. */
import { type TemplateResult, html, nothing } from 'lit';
import type { AssessmentResult } from '../../../server/src/lsp/protocol.js';
import type { Page } from './page.js';
import { rowLink } from './row-link.js';

type Recommendations = NonNullable<AssessmentResult>['assessment']['recommendations'];
type Recommendation = Recommendations['matter'][number];

export function recommended(
  page: Page,
  { matter, mayBeLeft, left, undecided }: Recommendations,
): TemplateResult {
  const because = ({ why }: Recommendation): string =>
    why.length === 0 ? 'Nothing speaks for it yet.' : `Because ${why.join('; ')}.`;
  return html`<h2>Recommended provisions</h2>
    <p class="about">
      What is mandatory is no choice; what is recommended is one. Doing all of it may be as wrong as doing
      none.
    </p>
    ${list(page, 'Those that matter here', matter, because, true)}
    ${list(page, 'Those that may be left: declare them not met, with the reason', mayBeLeft, because)}
    ${list(page, 'Those that are left', left, ({ reason }) => reason)}
    ${
      undecided.length === 0
        ? nothing
        : html`<p>
            Of ${undecided.length} more nobody has said whether they apply:
            <button
              type="button"
              class="link"
              @click=${() => {
                page.show('product');
              }}
            >
              say what the product is</button
            >.
          </p>`
    }`;
}

function list<Each extends Recommendation>(
  page: Page,
  title: string,
  all: readonly Each[],
  because: (each: Each) => string,
  isOpen = false,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<details ?open=${isOpen}>
    <summary>${title} (${all.length})</summary>
    <ul class="first">
      ${all.map(
        (each) =>
          html`<li>${rowLink(page, each)} ${each.wording} <span class="reason">${because(each)}</span></li>`,
      )}
    </ul>
  </details>`;
}
