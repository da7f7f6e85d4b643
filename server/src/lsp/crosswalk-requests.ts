/** What the checklist's panel asks of other catalogues: which there are, and the product's rows through them. */
import { SECTORS, LEVELS } from '../../../rules/standard/crosswalk/crosswalk.js';
import { crosswalks } from '../../../rules/standard/crosswalk/index.js';
import { NO_PLACE, notesOf, throughCrosswalks, trustOf } from '../checklist/crosswalk.js';
import type { Checklist } from '../checklist/model.js';
import type { Product } from './product-requests.js';
import type { CrosswalkParams, CrosswalkPart, CrosswalkShown, StandardsResult } from './protocol.js';

export function standards(): StandardsResult {
  return {
    standards: crosswalks.map(({ id, title, audience, level, cells }) => ({
      id,
      title,
      sectors: audience,
      levels: level,
      headings: [...new Set(cells.map(({ heading }) => heading))],
    })),
    sectors: SECTORS,
    levels: LEVELS,
  };
}

export function crosswalkFor({ session, report }: Product, { asked }: CrosswalkParams): CrosswalkShown {
  const checklist = session.checklist('.', report);
  const view = throughCrosswalks(checklist, crosswalks, asked);
  const { title, says, catalogues, headings, places, silent } = view;
  const titleOf = (catalogue: string): string =>
    catalogues.find(({ id }) => id === catalogue)?.title ?? catalogue;
  return {
    title,
    says,
    notes: notesOf(view),
    parts: places
      ? places.map(({ ref, cells, rows }) => ({
          title: ref ?? NO_PLACE,
          cells: cells.map((cell) => ({
            of: nameOf(checklist, cell.heading),
            code: cell.confidence,
            trust: trustOf(cell),
          })),
          rows,
        }))
      : headings.map(({ heading, cells }) => ({
          ...headingPart(checklist, heading),
          cells: cells.map((cell) => ({
            of: `${titleOf(cell.catalogue)}: ${cell.refs.join(', ') || NO_PLACE}`,
            code: cell.confidence,
            trust: trustOf(cell),
          })),
        })),
    silent: silent.map((heading) => headingPart(checklist, heading)),
  };
}

function headingPart(checklist: Checklist, heading: number): CrosswalkPart {
  const rows = checklist.rows.filter((row) => row.heading === heading).map(({ id }) => id);
  return { title: nameOf(checklist, heading), cells: [], rows };
}

function nameOf({ headings }: Checklist, heading: number): string {
  const title = headings.find((each) => each.heading === heading)?.title ?? '';
  return heading === 0 ? title : `${String(heading)} ${title}`;
}
