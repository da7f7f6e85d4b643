/** What was not analysed, told by what would mend it: one line a macro, not one a file. */
import type { Report } from './model.js';

type Stretch = Report['notAnalysed'][number];

/** A stretch inside a file; what has no extent speaks of a whole file. */
export function isStretch({ range }: Stretch): boolean {
  return range.start.line !== range.end.line || range.start.column !== range.end.column;
}

/** One line for each macro or reason, the most costly first. */
export function lostTo(report: Report): string[] {
  const groups = new Map<
    string,
    { stretches: number; readonly files: Set<string>; readonly because: string }
  >();
  for (const each of report.notAnalysed.filter(isStretch)) {
    const because =
      each.macro === undefined
        ? `: ${each.reason}`
        : ` because of ${each.macro}: name it under "macros" in skarp.json if it is a macro`;
    const group = groups.get(because) ?? { stretches: 0, files: new Set<string>(), because };
    group.stretches++;
    group.files.add(each.file);
    groups.set(because, group);
  }
  return [...groups.values()]
    .sort((a, b) => b.stretches - a.stretches || (a.because < b.because ? -1 : 1))
    .map(
      ({ stretches, files, because }) =>
        `${plural(stretches, 'stretch', 'stretches')} in ${plural(files.size, 'file')} not analysed${because}`,
    );
}

export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${String(number)} ${number === 1 ? noun : nouns}`;
}
