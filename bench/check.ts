/** Skarp over texts in memory, every rule on: what the measurements look at. */
import { today, version } from '../server/src/cli/about.js';
import type { ReportFinding } from '../server/src/report/model.js';
import { MemoryHost, grammars } from '../test/support/memory-host.js';
import { Session } from '../server/src/session.js';

/** Findings in the files, one product, suppressed ones and what suppressions miss left out; of these rules only, if named. */
export async function findingsIn(
  files: Record<string, string>,
  rules?: readonly string[],
): Promise<readonly ReportFinding[]> {
  const session = new Session(new MemoryHost(files), {
    today: today(),
    version: version(),
    grammars,
    ruleSet: 'audit',
    vendored: true,
    ...(rules && { rules }),
  });
  await session.load({ whole: [''] });
  await session.settle();
  const { findings } = session.report();
  session.dispose();
  return findings.filter((finding) => finding.suppressed === undefined);
}
