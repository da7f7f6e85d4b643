/** Above the provisions: which of them to show, and what to do with all. */
import { type TemplateResult, html, nothing } from 'lit';
import type { Checklist, Standing } from '../../../server/src/checklist/model.js';
import { NOBODY, NO_FILTER, isFiltered, ownersOf, passes } from './filter.js';
import type { Filter } from './messages.js';
import type { Page } from './page.js';
import { type Option, select } from './select.js';
import { STANDINGS } from './standing.js';

export function toolbar(page: Page, checklist: Checklist): TemplateResult {
  const { state } = page;
  const { rows, headings } = checklist;
  const owners = ownersOf(rows);
  const all = headings.map(({ heading }) => heading);
  const isUnfolded = all.every((heading) => state.expanded.includes(heading));
  return html`
    <div class="filters" role="group" aria-label="Show provisions that are">
      ${(['', ...Object.keys(STANDINGS)] as ('' | Standing)[]).map((standing) =>
        standingFilter(page, checklist, standing),
      )}
    </div>
    <div class="toolbar" role="group" aria-label="More filters">
      <vscode-textfield
        id="search"
        .label=${'Search provisions'}
        placeholder="Search"
        type="search"
        .value=${state.filter.search}
        @input=${(event: Event) => {
          filter(page, { search: (event.target as HTMLInputElement).value });
        }}
      ></vscode-textfield>
      ${choice(page, 'heading', 'Heading', [
        ['', 'All headings'],
        ...headings.map(({ heading, title }): Option => [
          String(heading),
          heading === 0 ? title : `${String(heading)} ${title}`,
        ]),
      ])}
      ${choice(page, 'status', 'Status', [
        ['', 'Mandatory and recommended'],
        ['mandatory', 'Mandatory'],
        ['recommended', 'Recommended'],
      ])}
      ${
        owners.length === 0
          ? nothing
          : choice(page, 'owner', 'Owner', [
              ['', 'All owners'],
              ...owners.map((owner): Option => [owner, owner]),
              [NOBODY, 'Nobody'],
            ])
      }
      ${
        page.standards
          ? choice(page, 'standard', 'Standard', [
              ['', 'All standards'],
              ...page.standards.standards.map(({ id, title }): Option => [id, title]),
            ])
          : nothing
      }
      <span class="actions">
        ${
          isFiltered(state.filter)
            ? html`<vscode-button
                id="clear"
                secondary
                @click=${() => {
                  page.remember({ filter: NO_FILTER });
                }}
                >Show all</vscode-button
              >`
            : nothing
        }
        <vscode-button
          id="fold"
          secondary
          @click=${() => {
            page.remember({ expanded: isUnfolded ? [] : all });
          }}
          >${isUnfolded ? 'Fold all' : 'Unfold all'}</vscode-button
        >
        <vscode-button
          id="export"
          icon="export"
          @click=${() => {
            page.tell({ type: 'export' });
          }}
          >Export…</vscode-button
        >
      </span>
    </div>
  `;
}

function filter(page: Page, change: Partial<Filter>): void {
  page.remember({ filter: { ...page.state.filter, ...change } });
}

/** Counts what would be left if it were pressed. */
function standingFilter(
  page: Page,
  { rows }: Checklist,
  standing: Standing | '',
): TemplateResult | typeof nothing {
  const chosen = page.state.filter.standing;
  const count = rows.filter((row) =>
    passes(row, { ...page.state.filter, standing }, page.standards?.standards),
  ).length;
  if (standing !== '' && standing !== chosen && !rows.some((row) => row.standing === standing))
    return nothing;
  const { mark, text } = standing === '' ? { mark: '', text: 'all' } : STANDINGS[standing];
  return html`<button
    type="button"
    id="filter-${standing}"
    class="filter ${standing}"
    aria-pressed=${String(chosen === standing)}
    @click=${() => {
      filter(page, { standing });
    }}
  >
    ${mark === '' ? nothing : html`<span aria-hidden="true">${mark}</span> `}${text} ${count}
  </button>`;
}

function choice(
  page: Page,
  key: 'heading' | 'status' | 'owner' | 'standard',
  label: string,
  options: readonly Option[],
): TemplateResult {
  return select({
    id: key,
    label,
    options,
    chosen: page.state.filter[key],
    choose: (value) => {
      filter(page, { [key]: value });
    },
  });
}
