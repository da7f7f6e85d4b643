/**
 * The sample devices: what is found in each, to the letter, and how much of what was planted is seen.
 *
 * `UPDATE_GOLDEN=1` writes `expected.txt` anew; read the difference before it is committed.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { catalogue } from '../rules/index.js';
import type { ReportFinding } from '../server/src/report/model.js';
import { DEVICES, deviceSession, linesOf, pathOf } from './support/devices.js';

interface Fault {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly cwe: number;
  readonly heading: number;
  readonly what: string;
}

/** Share of the planted faults that is seen, and findings that are none of them: measured, to be made better only. */
const MEASURED: Readonly<Record<string, { readonly recall: number; readonly falseAlarms: number }>> = {
  'contact-zephyr': { recall: 0.9, falseAlarms: 0 },
  'gateway-node': { recall: 0.59, falseAlarms: 0 },
  'thermostat-esp-idf': { recall: 0.5, falseAlarms: 1 },
};

async function findingsOf(device: string): Promise<readonly ReportFinding[]> {
  return (await deviceSession(device)).report().findings;
}

function faultsOf(device: string): readonly Fault[] {
  return (parse(readFileSync(pathOf(device, 'faults.yaml'), 'utf8')) as { faults: Fault[] }).faults;
}

/**
 * A finding is about a fault when it, or a place on the way to it, lies on the fault's line or the next, and when both
 * agree on the heading or on the weakness.
 */
function isAbout({ file, range, path, headings, cwe }: ReportFinding, fault: Fault): boolean {
  return (
    [{ file, range }, ...path].some(
      (place) =>
        place.file === fault.file &&
        (place.range.start.line === fault.line || place.range.start.line === fault.line + 1),
    ) &&
    (headings.some((heading) => heading === fault.heading) || cwe.includes(fault.cwe))
  );
}

for (const device of DEVICES)
  describe(`the sample device ${device}`, () => {
    it('is found to have what expected.txt says, line for line', async () => {
      const golden = pathOf(device, 'expected.txt');
      const found = (await findingsOf(device)).map(
        ({ file, range: { start }, rule, severity }) =>
          `${file}:${String(start.line)}:${String(start.column)} ${rule} ${severity}\n`,
      );
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, found.join(''));
      assert.ok(existsSync(golden), 'UPDATE_GOLDEN=1 writes it');
      assert.equal(found.join(''), readFileSync(golden, 'utf8'));
    });

    it('has every planted fault where faults.yaml says', () => {
      for (const { file, line, text } of faultsOf(device))
        assert.ok(linesOf(device, file)[line - 1]?.includes(text), `${file}:${String(line)} holds ${text}`);
    });

    it('shows as much of what was planted as it did, and raises no more false alarms', async () => {
      const findings = await findingsOf(device);
      const faults = faultsOf(device);
      const seen = faults.filter((fault) => findings.some((finding) => isAbout(finding, fault)));
      const alarms = findings.filter((finding) => !faults.some((fault) => isAbout(finding, fault)));
      console.log(table(device, faults, seen, alarms));
      const { recall, falseAlarms } = MEASURED[device] ?? { recall: 1, falseAlarms: 0 };
      assert.ok(
        seen.length / faults.length >= recall,
        `${String(seen.length)} of ${String(faults.length)} are seen`,
      );
      assert.ok(alarms.length <= falseAlarms, `${String(alarms.length)} false alarms`);
    });
  });

function table(
  device: string,
  faults: readonly Fault[],
  seen: readonly Fault[],
  alarms: readonly ReportFinding[],
): string {
  const rows = catalogue.standard.headings.flatMap(({ heading, title }) => {
    const planted = faults.filter((fault) => fault.heading === heading).length;
    const found = seen.filter((fault) => fault.heading === heading).length;
    return planted === 0
      ? []
      : [`      ${`${String(found)} / ${String(planted)}`.padStart(7)}  ${String(heading)} ${title}`];
  });
  return [
    `      ${device}: ${String(seen.length)} of ${String(faults.length)} planted faults are seen`,
    ...rows,
    ...(process.env['SHOW_MISSED'] === '1'
      ? faults
          .filter((fault) => !seen.includes(fault))
          .map(({ file, line, what }) => `      missed: ${file}:${String(line)} ${what}`)
      : []),
    ...alarms.map(
      ({ file, range, rule }) => `      no planted fault: ${file}:${String(range.start.line)} ${rule}`,
    ),
  ].join('\n');
}
