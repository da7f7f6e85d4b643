/** The checklist through other catalogues: by the places of one, or side by side for a sector and a level. */
import type { Heading } from '../../../rules/kit/index.js';
import {
  CONFIDENCE,
  type Crosswalk,
  type CrosswalkCell,
  LEVELS,
  type Level,
  SECTORS,
  type Sector,
} from '../../../rules/standard/crosswalk/crosswalk.js';
import type { Confidence } from '../../../rules/standard/standard.js';
import type { Checklist, CrosswalkPlace, CrosswalkView } from './model.js';

/** What is asked for: one catalogue, or those of a sector, of a level, or of both. */
export type Asked = CrosswalkView['asked'];

/** What a cell claims, and what not; every view says it. */
export const CROSSWALK_SAYS =
  'What stands here of other catalogues speaks of the subject of a whole heading, not of conformance: it says where they deal with the same subject, and whoever meets the one has not thereby met the other.';

/** What stands where a cell names no place. */
export const NO_PLACE = 'the subject, without a finer place that we know of';
/** What stands where there is no cell. */
export const NOTHING = 'nothing that we could vouch for';

/** The view of a checklist; empty of catalogues where none is placed there. */
export function throughCrosswalks(
  checklist: Checklist,
  crosswalks: readonly Crosswalk[],
  asked: Asked,
): CrosswalkView {
  const chosen = crosswalksFor(crosswalks, asked);
  const present = checklist.headings
    .map(({ heading }) => heading)
    .filter((heading) => checklist.rows.some((row) => row.heading === heading));
  const headings = present.flatMap((heading) => {
    const cells = heading === 0 ? [] : cellsOf(chosen, heading);
    return heading === 0 || cells.length === 0 ? [] : [{ heading, cells }];
  });
  const codes = [
    ...headings.flatMap(({ cells }) => cells.map(({ confidence }) => confidence)),
    ...chosen.flatMap(({ identity, placement }) => [identity, placement]),
  ];
  return {
    asked,
    title: titleOf(chosen, asked),
    says: CROSSWALK_SAYS,
    catalogues: chosen.map(withoutCells),
    confidence: Object.fromEntries(Object.entries(CONFIDENCE).filter(([code]) => codes.includes(code))),
    headings,
    ...('standard' in asked && { places: placesOf(headings, checklist) }),
    silent: present.filter((heading) => !headings.some((each) => each.heading === heading)),
  };
}

export function crosswalksFor(crosswalks: readonly Crosswalk[], asked: Asked): Crosswalk[] {
  if ('standard' in asked) return crosswalks.filter(({ id }) => id === asked.standard);
  const { sector, level } = asked;
  return crosswalks.filter(
    (each) =>
      (sector === undefined || each.audience.includes(sector)) &&
      (level === undefined || each.level.includes(level)),
  );
}

/** What catalogues say of a heading. */
export function cellsOf(
  crosswalks: readonly Crosswalk[],
  heading: Heading,
): (CrosswalkCell & { catalogue: string })[] {
  return crosswalks.flatMap(({ id, cells }) =>
    cells.filter((cell) => cell.heading === heading).map((cell) => ({ catalogue: id, ...cell })),
  );
}

/** How far a cell may be trusted, who made it, and what is to be known of it. */
export function trustOf({ confidence, source, note }: Omit<CrosswalkCell, 'refs'>): string {
  const means = trustIn(confidence);
  return `${means}${source.startsWith(means) ? '' : `: ${source}`}${note === undefined ? '' : `; ${note}`}`;
}

export function trustIn(confidence: Confidence): string {
  return CONFIDENCE[confidence] ?? confidence;
}

/** A cell in one line. */
export function cellText(cell: CrosswalkCell): string {
  return `${cell.refs.length > 0 ? cell.refs.join(', ') : NO_PLACE} (${trustOf(cell)})`;
}

/** What is to be known of the catalogues as a whole, a line each. */
export function notesOf({ asked, catalogues }: CrosswalkView): string[] {
  const names = catalogues.map(({ title, identity, placement }) => {
    const placed = placement === undefined ? '' : `; its place here: ${trustIn(placement)}`;
    return `${title} (${trustIn(identity)}${'standard' in asked ? '' : placed})`;
  });
  const lead =
    'standard' in asked ? 'The catalogue, and how we know it' : 'The catalogues, and how we know them';
  return [
    `${lead}: ${names.join('; ')}.`,
    ...catalogues.flatMap(({ title, note }) => (note === undefined ? [] : [`${title}: ${note}`])),
  ];
}

/** Sector by level: the catalogues that stand there. */
export function placementTable(
  crosswalks: readonly Crosswalk[],
): { sector: Sector; levels: { level: Level; catalogues: Omit<Crosswalk, 'cells'>[] }[] }[] {
  return SECTORS.map((sector) => ({
    sector,
    levels: LEVELS.map((level) => ({
      level,
      catalogues: crosswalksFor(crosswalks, { sector, level }).map(withoutCells),
    })),
  }));
}

/** What is to be known of a catalogue as a whole. */
function withoutCells(crosswalk: Crosswalk): Omit<Crosswalk, 'cells'> {
  const { id, title, audience, level, placement, identity, note } = crosswalk;
  return {
    id,
    title,
    audience,
    level,
    ...(placement !== undefined && { placement }),
    identity,
    ...(note !== undefined && { note }),
  };
}

function titleOf(chosen: readonly Crosswalk[], asked: Asked): string {
  if ('standard' in asked) return chosen[0]?.title ?? asked.standard;
  const { sector, level } = asked;
  return [
    'Other catalogues',
    ...(sector === undefined ? [] : [`sector ${sector}`]),
    ...(level === undefined ? [] : [`level ${level}`]),
  ].join(', ');
}

/** Headings by place, in the order in which people count; a heading may stand under several. */
function placesOf(headings: CrosswalkView['headings'], { rows }: Checklist): CrosswalkPlace[] {
  const places = new Map<string | null, Omit<CrosswalkCell, 'refs'>[]>();
  for (const { cells } of headings)
    for (const { heading, refs, confidence, source, note } of cells)
      for (const ref of refs.length > 0 ? refs : [null]) {
        const found = places.get(ref) ?? [];
        found.push({ heading, confidence, source, ...(note !== undefined && { note }) });
        places.set(ref, found);
      }
  return [...places]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([ref, cells]) => ({
      ref,
      cells,
      rows: rows.filter((row) => cells.some(({ heading }) => heading === row.heading)).map(({ id }) => id),
    }));
}

/** `CR 1.2` before `CR 1.10`; the place that nobody knows comes last. */
function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b, 'en', { numeric: true });
}
