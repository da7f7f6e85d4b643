/** The page of the checklist panel: draws what it is sent, remembers what is unfolded, filtered and half written. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { type TemplateResult, html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Checklist, ChecklistHeading, ChecklistRow } from '../../../server/src/checklist/model.js';
import { assessmentView } from './assessment.js';
import { askedOf, crosswalkView } from './crosswalk.js';
import { NO_FILTER, isFiltered, passes } from './filter.js';
import type { HostMessage, PageMessage, PageState, PickedFile, View } from './messages.js';
import { type Page, restored } from './page.js';
import { productView } from './product.js';
import { provision } from './provision.js';
import { select } from './select.js';
import { badge, plural } from './standing.js';
import { tabs } from './tabs.js';
import { toolbar } from './toolbar.js';

interface Host {
  postMessage(message: PageMessage): void;
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('checklist') ?? document.body;
let page: Page = {
  shown: undefined,
  scanning: false,
  assessment: undefined,
  product: undefined,
  standards: undefined,
  crosswalk: undefined,
  state: restored(host.getState()),
  remember(change) {
    update({ state: { ...page.state, ...change } });
    host.setState(page.state);
  },
  tell(message) {
    host.postMessage(message);
  },
  show,
  reveal,
};
/** The place on the page that was left by a reload of the window. */
let scrollTo: number | undefined = page.state.scrolled;

window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  receive(data);
});
let scrolling: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolling);
  scrolling = setTimeout(() => {
    host.setState({ ...page.state, scrolled: window.scrollY });
  }, 200);
});
update({});
const { folder, view } = page.state;
page.tell({ type: 'ready', ...(folder !== undefined && { folder }) });
page.tell({ type: 'view', view });
const asked = askedOf(page.state.choice);
if (asked) page.tell({ type: 'crosswalk', asked });

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'checklist':
      update({ shown: message });
      if (message.folder !== undefined) page.remember({ folder: message.folder });
      if (message.checklist && scrollTo !== undefined) {
        window.scrollTo({ top: scrollTo });
        scrollTo = undefined;
      }
      break;
    case 'scanning':
      update({ scanning: message.scanning });
      break;
    case 'assessment':
      update({ assessment: message.result });
      break;
    case 'product':
      update({ product: message.result });
      break;
    case 'standards':
      update({ standards: message.result });
      break;
    case 'crosswalk':
      update({ crosswalk: message });
      break;
    case 'declared':
      declared(message.provision, message.problem);
      break;
    case 'rated':
      rated(message.problem);
      break;
    case 'picked':
      picked(message.provision, message.files);
      break;
    case 'reveal':
      reveal(message.provision);
  }
}

/** What is half written keeps its words until it is in the file. */
function declared(id: string, problem: string | undefined): void {
  const { [id]: form, ...others } = page.state.forms;
  if (!form) return;
  const again = { ...form, busy: false, ...(problem !== undefined && { problem }) };
  page.remember({ forms: problem === undefined ? others : { ...others, [id]: again } });
  if (problem === undefined) document.getElementById(`row-${id}`)?.focus();
}

function rated(problem: string | undefined): void {
  const { answering } = page.state;
  page.remember({
    answering: answering && problem !== undefined ? { ...answering, busy: false, problem } : undefined,
  });
  if (problem === undefined) document.getElementById('answer')?.focus();
}

function picked(id: string, files: readonly PickedFile[]): void {
  const form = page.state.forms[id];
  if (!form) return;
  const news = files.filter(({ uri }) => !form.evidence.some((each) => each.uri === uri));
  const evidence = [...form.evidence, ...news];
  page.remember({ forms: { ...page.state.forms, [id]: { ...form, evidence } } });
}

/** Unfolds the heading of a provision, and takes away a filter that would hide it. */
function reveal(id: string): void {
  const row = page.shown?.checklist?.rows.find((each) => each.id === id);
  if (!row) return;
  const { expanded, filter } = page.state;
  page.remember({
    view: 'provisions',
    expanded: [...new Set([...expanded, row.heading])],
    filter: passes(row, filter, page.standards?.standards) ? filter : NO_FILTER,
  });
  const shown = document.getElementById(`row-${id}`);
  shown?.scrollIntoView({ block: 'center' });
  shown?.focus({ preventScroll: true });
}

function update(change: Partial<Page>): void {
  page = { ...page, ...change };
  render(content(), root);
}

function content(): TemplateResult {
  const { shown, scanning, state } = page;
  const checklist = shown?.checklist;
  return html`
    <div class="progress">
      ${
        scanning
          ? html`<vscode-progress-bar aria-label="Reading the workspace" indeterminate></vscode-progress-bar>`
          : nothing
      }
    </div>
    <header>
      <h1>Checklist</h1>
      ${checklist ? subtitle(checklist) : nothing}${folderChoice()}
    </header>
    ${
      checklist
        ? html`${
              checklist.problem === undefined
                ? nothing
                : html`<p class="problem" role="alert">${checklist.problem}</p>`
            }
            ${tabs(state.view, show)}
            <div id="view" role="tabpanel" aria-labelledby="tab-${state.view}">${viewed(checklist)}</div>`
        : html`<p role="status">
            ${
              shown && !scanning
                ? 'Nothing is known yet: open a folder with C or TypeScript code.'
                : 'Reading the workspace…'
            }
          </p>`
    }
  `;
}

function show(view: View): void {
  page.remember({ view });
  page.tell({ type: 'view', view });
}

function viewed(checklist: Checklist): TemplateResult {
  switch (page.state.view) {
    case 'provisions':
      return provisions(checklist);
    case 'crosswalk':
      return crosswalkView(page);
    case 'assessment':
      return assessmentView(page);
    case 'product':
      return productView(page);
  }
}

function subtitle({ edition, rows }: Checklist): TemplateResult {
  return html`<p class="subtitle">
    ETSI TS 103 645 ${edition.toUpperCase()} · ${plural(rows.length, 'provision', 'provisions')}
  </p>`;
}

function folderChoice(): TemplateResult | typeof nothing {
  if (!page.shown || page.shown.folders.length < 2) return nothing;
  const { folder: chosen, folders } = page.shown;
  return select({
    id: 'folder',
    label: 'Folder',
    options: folders.map(({ uri, name }) => [uri, name] as const),
    chosen: chosen ?? '',
    choose: (uri) => {
      page.tell({ type: 'folder', folder: uri });
    },
  });
}

function provisions(checklist: Checklist): TemplateResult {
  const { filter, forms } = page.state;
  // What somebody is writing about stays in sight.
  const rows = checklist.rows.filter(
    (row) => passes(row, filter, page.standards?.standards) || forms[row.id] !== undefined,
  );
  const filtered = isFiltered(filter);
  // The reporting of the implementation stands before the thirteen in the standard, and after them here.
  const headings = [...checklist.headings]
    .sort((a, b) => (a.heading || 14) - (b.heading || 14))
    .map((heading) => ({ heading, own: rows.filter((row) => row.heading === heading.heading) }))
    .filter(({ own }) => !filtered || own.length > 0);
  return html`
    ${toolbar(page, checklist)}
    <p class="count" role="status">
      ${filtered ? `${plural(rows.length, 'provision', 'provisions')} shown` : ''}
    </p>
    ${repeat(
      headings,
      ({ heading }) => heading.heading,
      ({ heading, own }) => section(heading, own),
    )}
    <footer>
      <p>
        That nothing was found is no evidence: what code cannot show stays open until someone signs for it.
      </p>
    </footer>
  `;
}

function section(
  { heading, title, about, labels, standing, findings, evidence, rules }: ChecklistHeading,
  rows: ChecklistRow[],
): TemplateResult {
  const isExpanded = page.state.expanded.includes(heading);
  const facts = [
    ...(findings > 0 ? [plural(findings, 'finding', 'findings')] : []),
    ...(evidence > 0 ? [plural(evidence, 'control seen', 'controls seen')] : []),
    ...(rules === 0 && heading !== 0 ? ['no rules yet'] : []),
  ];
  const numbers = [labels['v1.1.1'], labels['v3.1.1']].filter((label) => label).join(' / ');
  return html`<section class=${standing} data-heading=${heading}>
    <h2>
      <button
        type="button"
        id="heading-${heading}"
        aria-expanded=${String(isExpanded)}
        aria-controls="rows-${heading}"
        @click=${() => {
          const others = page.state.expanded.filter((each) => each !== heading);
          page.remember({ expanded: isExpanded ? others : [...others, heading] });
        }}
      >
        <span class="twistie" aria-hidden="true"></span>
        <span class="numbers">${numbers}</span>
        <span class="title">${title}</span>
        <span class="facts">${facts.join(' · ')}</span>
        ${badge(standing)}
      </button>
    </h2>
    <div id="rows-${heading}" class="rows" ?hidden=${!isExpanded}>
      <p class="about">${about}</p>
      <ul>
        ${
          isExpanded
            ? repeat(
                rows,
                ({ id }) => id,
                (row) => provision(page, row),
              )
            : nothing
        }
      </ul>
    </div>
  </section>`;
}
