/** `skarp standards`: the other catalogues, whom they speak to, and how near to the code they are. */
import { createColors } from 'picocolors';
import { CONFIDENCE } from '../../../rules/standard/crosswalk/crosswalk.js';
import { crosswalks } from '../../../rules/standard/crosswalk/index.js';
import { CROSSWALK_SAYS, placementTable, trustIn } from '../checklist/crosswalk.js';
import { STATUS } from './failure.js';
import { print, useColor } from './output.js';
import { wrap } from './wrap.js';

export async function listStandards(options: { color: boolean; json?: boolean }): Promise<number> {
  await print(options.json === true ? `${JSON.stringify(asJson(), undefined, 2)}\n` : asText(options.color));
  return STATUS.clean;
}

function asJson(): object {
  return {
    says: CROSSWALK_SAYS,
    confidence: CONFIDENCE,
    table: placementTable(crosswalks).map(({ sector, levels }) => ({
      sector,
      levels: levels.map(({ level, catalogues }) => ({ level, catalogues: catalogues.map(({ id }) => id) })),
    })),
    catalogues: crosswalks.map(({ cells, ...rest }) => ({
      ...rest,
      headings: [...new Set(cells.map(({ heading }) => heading))],
    })),
  };
}

function asText(color: boolean): string {
  const colors = createColors(useColor(color));
  const lines = [
    colors.bold('Which catalogues speak to whom, and of what'),
    ...wrap('A star: the place is our own judgement; the others stand where the programme put them.'),
    '',
    ...placementTable(crosswalks).flatMap(({ sector, levels }) => [
      colors.bold(sector),
      ...levels.flatMap(({ level, catalogues }) => {
        const ids = catalogues.map(({ id, placement }) => `${id}${placement === undefined ? '' : '*'}`);
        const [first = '', ...rest] = wrap(ids.length > 0 ? ids.join(', ') : '–', 14);
        return [`  ${level.padEnd(12)}${first.trimStart()}`, ...rest];
      }),
      '',
    ]),
    colors.bold('The catalogues'),
    ...crosswalks.flatMap(({ id, title, identity, note, cells }) => [
      `  ${id}`,
      ...wrap(`${title}; ${headingsOf(cells.map(({ heading }) => heading))}.`, 6),
      ...wrap(`Known how: ${trustIn(identity)}.${note === undefined ? '' : ` ${note}`}`, 6).map(colors.dim),
    ]),
    '',
    ...wrap(CROSSWALK_SAYS),
    ...wrap(
      '`skarp checklist --standard ID` shows a product through one of them, `--sector` and `--level` through those of a row of the table.',
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function headingsOf(all: readonly number[]): string {
  const own = [...new Set(all)];
  if (own.length === 0) return 'no heading';
  if (own.length === 13) return 'all headings';
  return `${own.length === 1 ? 'heading' : 'headings'} ${own.join(', ')}`;
}
