/** The page of the checklist panel: draws what it is sent, remembers what is unfolded. */
import type {
  Checklist,
  ChecklistHeading,
  ChecklistRow,
  Standing,
} from '../../../server/src/checklist/model.js';
import { button, element, plural } from './dom.js';
import type { PageMessage, PageState, ShowChecklist } from './messages.js';
import { type Context, STANDINGS, badge, provision } from './provision.js';

interface Host {
  postMessage(message: PageMessage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('checklist') ?? document.body;
let shown: ShowChecklist | undefined;
let state: PageState = host.getState() ?? { expanded: [], standing: '' };

window.addEventListener('message', ({ data }: MessageEvent<ShowChecklist>) => {
  shown = data;
  if (shown.folder !== undefined) remember({ folder: shown.folder });
  draw();
});
draw();
host.postMessage({ type: 'ready', ...(state.folder !== undefined && { folder: state.folder }) });

function remember(change: Partial<PageState>): void {
  state = { ...state, ...change };
  host.setState(state);
}

/** Draws everything anew; the focus and the place on the page stay where they were. */
function draw(): void {
  const focused = document.activeElement?.id;
  const scrolled = window.scrollY;
  root.replaceChildren(...content());
  if (focused !== undefined && focused !== '')
    document.getElementById(focused)?.focus({ preventScroll: true });
  window.scrollTo({ top: scrolled });
}

function content(): HTMLElement[] {
  const title = element('h1', {}, 'Checklist');
  if (!shown) return [title, element('p', { role: 'status' }, 'Reading the workspace…')];
  const { checklist } = shown;
  if (!checklist)
    return [
      title,
      element('p', { role: 'status' }, 'Nothing is known yet: open a folder with C or TypeScript code.'),
    ];
  const rows = checklist.rows.filter(({ standing }) => state.standing === '' || standing === state.standing);
  // The reporting of the implementation stands before the thirteen in the standard, and after them here.
  const headings = [...checklist.headings].sort((a, b) => (a.heading || 14) - (b.heading || 14));
  return [
    element('header', {}, title, subtitle(checklist), toolbar(checklist)),
    ...headings
      .map((heading) => ({ heading, own: rows.filter((row) => row.heading === heading.heading) }))
      .filter(({ own }) => state.standing === '' || own.length > 0)
      .map(({ heading, own }) => section(heading, own)),
    element(
      'footer',
      {},
      element(
        'p',
        {},
        'That nothing was found is no evidence: what code cannot show stays open until someone signs for it.',
      ),
    ),
  ];
}

function subtitle({ edition, rows }: Checklist): HTMLElement {
  return element(
    'p',
    { class: 'subtitle' },
    `ETSI TS 103 645 ${edition.toUpperCase()} · ${plural(rows.length, 'provision', 'provisions')}`,
  );
}

function toolbar({ rows, headings }: Checklist): HTMLElement {
  const filters = (['', ...Object.keys(STANDINGS)] as ('' | Standing)[])
    .map((standing) => ({
      standing,
      count: rows.filter((row) => standing === '' || row.standing === standing).length,
    }))
    .filter(({ standing, count }) => count > 0 || standing === state.standing)
    .map(({ standing, count }) => {
      const { mark, text } = standing === '' ? { mark: '', text: 'all' } : STANDINGS[standing];
      return button(
        `${mark} ${text} ${String(count)}`.trim(),
        {
          id: `filter-${standing}`,
          class: `filter ${standing}`,
          'aria-pressed': String(state.standing === standing),
        },
        () => {
          remember({ standing });
          draw();
        },
      );
    });
  const all = headings.map(({ heading }) => heading);
  const unfolded = all.every((heading) => state.expanded.includes(heading));
  return element(
    'div',
    { class: 'toolbar' },
    element('div', { class: 'filters', role: 'group', 'aria-label': 'Show provisions that are' }, ...filters),
    folderChoice(),
    button(unfolded ? 'Fold all' : 'Unfold all', { id: 'fold', class: 'quiet' }, () => {
      remember({ expanded: unfolded ? [] : all });
      draw();
    }),
  );
}

function folderChoice(): HTMLElement | undefined {
  if (!shown || shown.folders.length < 2) return undefined;
  const { folder } = shown;
  const choice = element(
    'select',
    { id: 'folder', 'aria-label': 'Folder' },
    ...shown.folders.map(({ uri, name }) =>
      element('option', { value: uri, ...(uri === folder && { selected: '' }) }, name),
    ),
  );
  choice.addEventListener('change', () => {
    host.postMessage({ type: 'folder', folder: choice.value });
  });
  return choice;
}

function context(): Context {
  return {
    places: shown?.places ?? {},
    folder: shown?.folder ?? '',
    open: (place) => {
      host.postMessage({ type: 'open', place });
    },
  };
}

function section(
  { heading, title, about, labels, standing, findings, evidence, rules }: ChecklistHeading,
  rows: ChecklistRow[],
): HTMLElement {
  const expanded = state.expanded.includes(heading);
  const facts = [
    ...(findings > 0 ? [plural(findings, 'finding', 'findings')] : []),
    ...(evidence > 0 ? [plural(evidence, 'control seen', 'controls seen')] : []),
    ...(rules === 0 && heading !== 0 ? ['no rules yet'] : []),
  ];
  const numbers = [labels['v1.1.1'], labels['v3.1.1']].filter((label) => label).join(' / ');
  const toggle = element(
    'button',
    {
      type: 'button',
      id: `heading-${String(heading)}`,
      'aria-expanded': String(expanded),
      'aria-controls': `rows-${String(heading)}`,
    },
    element('span', { class: 'twistie', 'aria-hidden': 'true' }),
    element('span', { class: 'numbers' }, numbers),
    element('span', { class: 'title' }, title),
    element('span', { class: 'facts' }, facts.join(' · ')),
    badge(standing),
  );
  toggle.addEventListener('click', () => {
    const others = state.expanded.filter((each) => each !== heading);
    remember({ expanded: expanded ? others : [...others, heading] });
    draw();
  });
  return element(
    'section',
    { class: standing, 'data-heading': String(heading) },
    element('h2', {}, toggle),
    element(
      'div',
      { id: `rows-${String(heading)}`, class: 'rows', ...(!expanded && { hidden: '' }) },
      element('p', { class: 'about' }, about),
      element('ul', {}, ...rows.map((row) => provision(row, context()))),
    ),
  );
}
