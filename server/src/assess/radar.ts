/** Thirteen headings as a radar plot: SVG that prints, scales and can be read aloud. */
import { curveLinearClosed, lineRadial } from 'd3-shape';
import { ROLES } from '../checklist/words.js';
import type { HeadingAnswers } from './answers.js';
import type { HeadingMaturity } from './maturity.js';

const SIZE = 520;
const RADIUS = 190;
const HIGHEST = 3;

/** One shape for the code, and one for each role that has answered; what it did not answer counts as 0. */
export function radar(headings: readonly HeadingMaturity[], answers: readonly HeadingAnswers[] = []): string {
  const angle = (at: number): number => (2 * Math.PI * at) / headings.length;
  const along = (value: number): number => (value / HIGHEST) * RADIUS;
  const path = lineRadial<number>()
    .angle((_, at) => angle(at))
    .radius((value) => along(value))
    .curve(curveLinearClosed)
    .digits(1);
  const rings = [1, 2, 3].map((level) => `<path class="ring" d="${path(headings.map(() => level)) ?? ''}"/>`);
  const spokes = headings.map((_, at) => {
    const { x, y } = point(angle(at), RADIUS);
    return `<line class="ring" x2="${x}" y2="${y}"/>`;
  });
  const labels = headings.map(({ heading }, at) => {
    const { x, y } = point(angle(at), RADIUS + 20);
    return `<text x="${x}" y="${y}">${String(heading)}</text>`;
  });
  const scale = [1, 2, 3].map(
    (level) => `<text class="scale" x="10" y="${(-along(level) + 8).toFixed(1)}">${String(level)}</text>`,
  );
  const said = headings
    .map(({ heading, value }) => `heading ${String(heading)} ${value.toFixed(1)}`)
    .join(', ');
  const levelOf = (role: (typeof ROLES)[number], heading: number): number =>
    answers.find((each) => each.heading === heading)?.roles[role]?.level ?? 0;
  const roles = ROLES.filter((role) => answers.some((each) => each.roles[role])).map(
    (role) =>
      `<path class="role ${role}" d="${path(headings.map(({ heading }) => levelOf(role, heading))) ?? ''}"><title>${role}</title></path>`,
  );
  const half = String(SIZE / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-${half} -${half} ${String(SIZE)} ${String(SIZE)}" role="img" aria-label="Maturity by heading, 0 to 3: ${said}">`,
    ...rings,
    ...spokes,
    `<path class="value" d="${path(headings.map(({ value }) => value)) ?? ''}"/>`,
    ...roles,
    ...labels,
    ...scale,
    '</svg>',
  ].join('\n');
}

function point(angle: number, radius: number): { readonly x: string; readonly y: string } {
  return { x: (Math.sin(angle) * radius).toFixed(1), y: (-Math.cos(angle) * radius).toFixed(1) };
}
