/** The provisions through other catalogues: by the places of one, or side by side for a sector and a level. */
import { type TemplateResult, html, nothing } from 'lit';
import type { ChecklistRow } from '../../../server/src/checklist/model.js';
import type { CrosswalkPart, StandardsResult } from '../../../server/src/lsp/protocol.js';
import type { CrosswalkChoice } from './messages.js';
import type { Page } from './page.js';
import { rowLink } from './row-link.js';
import { select } from './select.js';
import { plural, rowBadge, tally } from './standing.js';

type Asked = Extract<Parameters<Page['tell']>[0], { type: 'crosswalk' }>['asked'];

/** What a choice asks the server for; undefined while nothing is chosen. */
export function askedOf({ standard, sector, level }: CrosswalkChoice): Asked | undefined {
  if (standard !== '') return { standard };
  if (sector === '' && level === '') return undefined;
  return { ...(sector !== '' && { sector }), ...(level !== '' && { level }) };
}

/** The catalogues that speak to a sector, at a level. */
export function standardsFor(
  { standards }: StandardsResult,
  { sector, level }: Pick<CrosswalkChoice, 'sector' | 'level'>,
): StandardsResult['standards'] {
  return standards.filter(
    ({ sectors, levels }) =>
      (sector === '' || sectors.includes(sector)) && (level === '' || levels.includes(level)),
  );
}

export function crosswalkView(page: Page): TemplateResult {
  const { standards } = page;
  if (!standards) return html`<p role="status">Nothing is known yet.</p>`;
  return html`${choices(page, standards)}${chosen(page, standards)}`;
}

function choices(page: Page, standards: StandardsResult): TemplateResult {
  const { choice } = page.state;
  const fitting = standardsFor(standards, choice);
  return html`<div class="toolbar" role="group" aria-label="Which catalogues">
    ${select({
      id: 'through-sector',
      label: 'Sector',
      chosen: choice.sector,
      options: [['', 'All sectors'], ...standards.sectors.map((each) => [each, each] as const)],
      choose: (sector) => {
        choose(page, { sector: sector as CrosswalkChoice['sector'], standard: '' });
      },
    })}
    ${select({
      id: 'through-level',
      label: 'Level',
      chosen: choice.level,
      options: [['', 'All levels'], ...standards.levels.map((each) => [each, each] as const)],
      choose: (level) => {
        choose(page, { level: level as CrosswalkChoice['level'], standard: '' });
      },
    })}
    ${select({
      id: 'through-standard',
      label: 'Standard',
      chosen: choice.standard,
      options: [
        ['', isNarrowed(choice) ? `All ${String(fitting.length)} side by side` : 'Choose a standard'],
        ...fitting.map(({ id, title }) => [id, title] as const),
      ],
      choose: (standard) => {
        choose(page, { standard });
      },
    })}
  </div>`;
}

function isNarrowed({ sector, level }: CrosswalkChoice): boolean {
  return sector !== '' || level !== '';
}

function choose(page: Page, change: Partial<CrosswalkChoice>): void {
  const choice = { ...page.state.choice, ...change, unfolded: [] };
  page.remember({ choice });
  const asked = askedOf(choice);
  if (asked) page.tell({ type: 'crosswalk', asked });
}

function chosen(page: Page, standards: StandardsResult): TemplateResult {
  const { crosswalk, state } = page;
  const asked = askedOf(state.choice);
  if (!asked) return table(page, standards);
  if (standardsFor(standards, state.choice).length === 0)
    return html`<p role="status">No catalogue stands there. Choose another sector or level.</p>`;
  // An answer to a former choice may come after the choice of another one.
  if (!crosswalk || JSON.stringify(crosswalk.asked) !== JSON.stringify(asked))
    return html`<p role="status">Looking it up…</p>`;
  const { result } = crosswalk;
  if (!result) return html`<p role="status">Nothing is known yet.</p>`;
  const { title, says, notes, parts, silent } = result;
  return html`
    <h2>${title}</h2>
    <p class="about">${says}</p>
    <details>
      <summary>How we know ${'standard' in asked ? 'this catalogue' : 'these catalogues'}</summary>
      ${notes.map((note) => html`<p class="about">${note}</p>`)}
    </details>
    ${parts.map((part) => partSection(page, part))}
    ${
      silent.length === 0
        ? nothing
        : html`<h2>Nothing that we could vouch for is known of</h2>
            ${silent.map((part) => partSection(page, part))}`
    }
  `;
}

/** The programme's own table: whom the catalogues speak to, by how near to the code they are. */
function table(page: Page, standards: StandardsResult): TemplateResult {
  const { sectors, levels } = standards;
  return html`<p class="about">
      Customers ask by standards of their own. Choose one above, or a sector and a level here, and see the
      same provisions through it.
    </p>
    <ul class="sectors">
      ${sectors.map((sector) => {
        const counts = levels.map(
          (level) => [level, standardsFor(standards, { sector, level }).length] as const,
        );
        return html`<li>
          <span class="sector">${sector}</span>
          <span class="chips" role="group" aria-label="Sector ${sector}"
            >${counts.map(([level, count]) =>
              count === 0
                ? nothing
                : html`<button
                    type="button"
                    class="filter"
                    data-sector=${sector}
                    data-level=${level}
                    aria-label="${sector}, ${level}: ${plural(count, 'catalogue', 'catalogues')}"
                    @click=${() => {
                      choose(page, { sector, level, standard: '' });
                      document.getElementById('through-standard')?.focus();
                    }}
                  >
                    ${level} ${count}
                  </button>`,
            )}</span
          >
        </li>`;
      })}
    </ul>`;
}

function partSection(page: Page, part: CrosswalkPart): TemplateResult {
  const { title, cells } = part;
  const { choice } = page.state;
  const isUnfolded = choice.unfolded.includes(title);
  const all = page.shown?.checklist?.rows ?? [];
  const rows = part.rows.flatMap((id) => all.find((row) => row.id === id) ?? []);
  const key = `part-${title.replace(/[^A-Za-z0-9]+/g, '-')}`;
  return html`<section data-part=${title}>
    <h3>
      <button
        type="button"
        aria-expanded=${String(isUnfolded)}
        aria-controls=${key}
        @click=${() => {
          const others = choice.unfolded.filter((each) => each !== title);
          page.remember({ choice: { ...choice, unfolded: isUnfolded ? others : [...others, title] } });
        }}
      >
        <span class="twistie" aria-hidden="true"></span>
        <span class="title">${title}</span>
        <span class="tally">${tally(rows)}</span>
      </button>
    </h3>
    <ul class="cells" aria-label="Where it is dealt with, and how far that may be trusted">
      ${cells.map(
        ({ of, code, trust }) =>
          html`<li>
            ${of} <span class="trust"><span class="code">${code}</span> ${trust}</span>
          </li>`,
      )}
    </ul>
    <ul id=${key} class="seen" ?hidden=${!isUnfolded} aria-label="Provisions">
      ${isUnfolded ? rows.map((row) => seen(page, row)) : nothing}
    </ul>
  </section>`;
}

function seen(page: Page, row: ChecklistRow): TemplateResult {
  return html`<li class="row ${row.standing}">
    <div class="head">
      ${rowLink(page, row)}
      <span class="wording">${row.wording}</span>
      ${rowBadge(row)}
    </div>
  </li>`;
}
