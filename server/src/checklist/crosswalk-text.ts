/** The checklist through other catalogues, for a terminal of 80 columns. */
import { createColors } from 'picocolors';
import { NOTHING, NO_PLACE, notesOf, trustOf } from './crosswalk.js';
import type { FullTextOptions } from './full-text.js';
import type { Checklist, ChecklistHeading, CrosswalkView } from './model.js';

type Wrap = (text: string, indent?: number) => string[];

const INDENT = 6;

export function crosswalkText(checklist: Checklist, view: CrosswalkView, options: FullTextOptions): string {
  const wrap: Wrap = (text, indent = 0) => options.wrap(text, indent);
  const { bold, dim } = createColors(options.color);
  const name = (heading: number): string[] => headingText(checklist, heading, wrap);
  const rows = (heading: number): string[] => rowsText(checklist, heading, wrap);
  const trust = (cell: Parameters<typeof trustOf>[0]): string[] =>
    wrap(`(${trustOf(cell)})`, INDENT).map(dim);
  const says = 'standard' in view.asked ? `${view.title} says` : 'They say';
  const lines = [
    ...wrap(`TS 103 645 / EN 303 645 ${checklist.edition} through: ${view.title}`).map(bold),
    ...wrap(view.says),
    '',
    ...notesOf(view).flatMap((note) => [...wrap(note), '']),
    ...(view.places
      ? view.places.flatMap(({ ref, cells }) => [
          ...wrap(ref ?? capital(NO_PLACE)).map(bold),
          ...cells.flatMap((cell) => [...name(cell.heading), ...trust(cell), ...rows(cell.heading)]),
          '',
        ])
      : view.headings.flatMap(({ heading, cells }) => [
          ...name(heading).map(bold),
          ...rows(heading),
          ...cells.flatMap((cell) => [
            ...wrap(`${titleIn(view, cell.catalogue)}: ${cell.refs.join(', ') || NO_PLACE}`, INDENT - 2),
            ...trust(cell),
          ]),
          '',
        ])),
    ...(view.silent.length > 0 ? wrap(`${says} ${NOTHING}:`).map(bold) : []),
    ...view.silent.flatMap((heading) => [...name(heading), ...rows(heading), '']),
    ...wrap('What each provision asks, and what speaks for and against it, stands in `skarp checklist`.'),
  ];
  return `${lines.join('\n')}\n`;
}

/** `1. No universal default passwords (5.1): violated` */
function headingText(checklist: Checklist, heading: number, wrap: Wrap): string[] {
  const found = checklist.headings.find((each) => each.heading === heading);
  return found ? wrap(headingName(found, checklist.edition), 2) : [];
}

function headingName({ heading, title, labels, standing }: ChecklistHeading, edition: string): string {
  const label = labels[edition] ?? '';
  return `${heading === 0 ? '' : `${String(heading)}. `}${title}${label === '' ? '' : ` (${label})`}: ${standing}`;
}

/** The provisions of a heading, by their standings. */
function rowsText({ rows, edition }: Checklist, heading: number, wrap: Wrap): string[] {
  const by = new Map<string, string[]>();
  for (const { labels, id, standing, declaration, heading: own } of rows) {
    if (own !== heading) continue;
    const word = standing === 'declared' && declaration ? `declared ${declaration.declared}` : standing;
    by.set(word, [...(by.get(word) ?? []), ...(labels[edition] ?? [id])]);
  }
  return [...by].flatMap(([word, labels]) => wrap(`${word}: ${[...new Set(labels)].join(', ')}`, INDENT));
}

function titleIn({ catalogues }: CrosswalkView, id: string): string {
  return catalogues.find((each) => each.id === id)?.title ?? id;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
