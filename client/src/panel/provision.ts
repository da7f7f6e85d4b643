/** One provision: where it stands, the places in code that speak for or against it, and what its maker says. */
import { type TemplateResult, html, nothing } from 'lit';
import type { ChecklistRow, Declared } from '../../../server/src/checklist/model.js';
import { declareForm, freshForm } from './declare-form.js';
import type { Place } from './messages.js';
import { type Page, uriOf } from './page.js';
import { plural, rowBadge, spaced } from './standing.js';

const CAN_SHOW: Readonly<Record<ChecklistRow['canShow'], string>> = {
  show: 'code can show it',
  hint: 'code can hint at it',
  no: 'code cannot show it',
};

export function provision(page: Page, row: ChecklistRow): TemplateResult {
  const first = row.labels['v1.1.1']?.join(', ') ?? '';
  const newest = row.labels['v3.1.1']?.join(', ') ?? '';
  const notes = [
    row.status,
    CAN_SHOW[row.canShow],
    ...(row.applies.is === 'yes' ? [] : [row.applies.because]),
    ...(row.findings.length > 0 ? [plural(row.findings.length, 'finding', 'findings')] : []),
    ...(row.evidence.length > 0 ? [plural(row.evidence.length, 'control seen', 'controls seen')] : []),
  ];
  const { places = {}, folder = '' } = page.shown ?? {};
  const findings = [...new Set(row.findings)].flatMap((fingerprint) => places[fingerprint] ?? []);
  const { declaration, standing } = row;
  const form = page.state.forms[row.id];
  return html`<li class="row ${standing}" id="row-${row.id}" data-provision=${row.id} tabindex="-1">
    <div class="head">
      <span class="numbers" title="first edition / this edition"
        >${[first, newest || row.id].filter(Boolean).join(' / ')}</span
      >
      <span class="wording">${row.wording}</span>
      ${rowBadge(row)}
    </div>
    <p class="notes">${notes.join(' · ')}</p>
    ${list(page, 'Findings', '✖', findings)}
    ${list(
      page,
      'Controls seen',
      '✔',
      row.evidence.map((seen) => evidencePlace(seen, folder)),
    )}
    ${declaration && !form ? said(page, declaration, folder) : nothing}
    <div class="declaring">
      ${
        form
          ? declareForm(page, row, form)
          : html`<button
              type="button"
              class="link"
              id="declare-${row.id}"
              aria-label=${`${declaration ? 'Change the declaration of' : 'Declare'} ${row.id}`}
              @click=${() => {
                page.remember({
                  forms: { ...page.state.forms, [row.id]: freshForm(declaration, page.state.by) },
                });
                focusIn(row.id);
              }}
            >
              ${declaration ? 'Change…' : 'Declare…'}
            </button>`
      }
    </div>
  </li>`;
}

/** The first field of a form that was just opened. */
function focusIn(id: string): void {
  requestAnimationFrame(() => {
    document.getElementById(`declared-${id}`)?.focus();
  });
}

function said(page: Page, declaration: Declared, folder: string): TemplateResult {
  const { declared, because, by, on, owner, reviewBy, expired, evidence } = declaration;
  return html`<div class="said">
    <p><strong>${spaced(declared)}</strong>: ${because}</p>
    <p class="signature">
      ${by},
      ${on}${owner === undefined ? '' : ` · owner ${owner}`}${
        reviewBy === undefined
          ? ''
          : html` ·
              <span class=${expired ? 'overdue' : ''}
                >${expired ? 'review was due on' : 'review by'} ${reviewBy}</span
              >`
      }
    </p>
    ${
      evidence.length === 0
        ? nothing
        : html`<ul class="evidence" aria-label="Evidence">
            ${evidence.map(({ file }) => html`<li>${link(page, file, { uri: uriOf(folder, file) })}</li>`)}
          </ul>`
    }
  </div>`;
}

function list(
  page: Page,
  label: string,
  mark: string,
  places: readonly Place[],
): TemplateResult | typeof nothing {
  if (places.length === 0) return nothing;
  return html`<ul class="places" aria-label=${label}>
    ${places.map(
      (place) =>
        html`<li>
          <span class="mark" aria-hidden="true">${mark}</span>${link(page, place.label, place)} ${place.says}
        </li>`,
    )}
  </ul>`;
}

function link(page: Page, text: string, { uri, range }: Pick<Place, 'uri'> & Partial<Place>): TemplateResult {
  return html`<button
    type="button"
    class="link"
    @click=${() => {
      page.tell({ type: 'open', place: { uri, ...(range && { range }) } });
    }}
  >
    ${text}
  </button>`;
}

function evidencePlace(
  { file, range: { start, end }, shows }: ChecklistRow['evidence'][number],
  folder: string,
): Place {
  return {
    uri: uriOf(folder, file),
    label: `${file}:${String(start.line)}`,
    says: shows,
    range: [start.line - 1, start.column - 1, end.line - 1, end.column - 1],
  };
}
