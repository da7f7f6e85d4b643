/** One provision of the checklist, with the places in code that speak for or against it. */
import type { ChecklistRow, Standing } from '../../../server/src/checklist/model.js';
import { button, element, plural } from './dom.js';
import type { Place } from './messages.js';

/** What a provision needs to know besides itself. */
export interface Context {
  readonly places: Readonly<Record<string, readonly Place[]>>;
  /** URI of the folder that paths start from. */
  readonly folder: string;
  readonly open: (place: Pick<Place, 'uri' | 'range'>) => void;
}

/** Never told by color alone. */
export const STANDINGS: Readonly<Record<Standing, { readonly mark: string; readonly text: string }>> = {
  contradicted: { mark: '⚠', text: 'contradicted' },
  violated: { mark: '✖', text: 'violated' },
  open: { mark: '○', text: 'open' },
  declared: { mark: '✎', text: 'declared' },
  supported: { mark: '✔', text: 'supported' },
  'not-applicable': { mark: '–', text: 'not applicable' },
};
const CAN_SHOW: Readonly<Record<ChecklistRow['canShow'], string>> = {
  show: 'code can show it',
  hint: 'code can hint at it',
  no: 'code cannot show it',
};

export function provision(row: ChecklistRow, context: Context): HTMLElement {
  const first = row.labels['v1.1.1']?.join(', ') ?? '';
  const newest = row.labels['v3.1.1']?.join(', ') ?? '';
  const notes = [
    row.status,
    CAN_SHOW[row.canShow],
    ...(row.applies.is === 'yes' ? [] : [row.applies.because]),
    ...(row.findings.length > 0 ? [plural(row.findings.length, 'finding', 'findings')] : []),
    ...(row.evidence.length > 0 ? [plural(row.evidence.length, 'control seen', 'controls seen')] : []),
  ];
  const findings = [...new Set(row.findings)].flatMap((fingerprint) => context.places[fingerprint] ?? []);
  return element(
    'li',
    { class: `row ${row.standing}` },
    element(
      'div',
      { class: 'head' },
      element(
        'span',
        { class: 'numbers', title: 'first edition / this edition' },
        [first, newest || row.id].filter(Boolean).join(' / '),
      ),
      element('span', { class: 'wording' }, row.wording),
      badge(row.standing),
    ),
    element('p', { class: 'notes' }, notes.join(' · ')),
    findings.length > 0 &&
      element(
        'ul',
        { class: 'places', 'aria-label': 'Findings' },
        ...findings.map((place) => placeLine('✖', place, context)),
      ),
    row.evidence.length > 0 &&
      element(
        'ul',
        { class: 'places', 'aria-label': 'Controls seen' },
        ...row.evidence.map((seen) => placeLine('✔', evidencePlace(seen, context), context)),
      ),
  );
}

export function badge(standing: Standing): HTMLElement {
  const { mark, text } = STANDINGS[standing];
  return element(
    'span',
    { class: `badge ${standing}` },
    element('span', { 'aria-hidden': 'true' }, `${mark} `),
    text,
  );
}

function placeLine(mark: string, place: Place, { open }: Context): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    button(place.label, { class: 'link' }, () => {
      open({ uri: place.uri, range: place.range });
    }),
    ` ${place.says}`,
  );
}

function evidencePlace(
  { file, range: { start, end }, shows }: ChecklistRow['evidence'][number],
  { folder }: Context,
): Place {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return {
    uri: `${folder}/${path}`,
    label: `${file}:${String(start.line)}`,
    says: shows,
    range: [start.line - 1, start.column - 1, end.line - 1, end.column - 1],
  };
}
