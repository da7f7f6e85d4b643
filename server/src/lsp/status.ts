/** The state of all folders in one line. */
import type { Folder } from './folder.js';
import type { Status } from './protocol.js';

export function statusOf(folders: readonly Folder[], scanning: boolean): Status {
  const findings = { error: 0, warning: 0, info: 0 };
  let files = 0;
  let notAnalysed = 0;
  let rules = 0;
  let readings = 0;
  const ruleSets = new Set<string>();
  for (const { snapshot, readings: own } of folders) {
    readings += own;
    const { report, session } = snapshot ?? {};
    if (!report || !session) continue;
    for (const severity of ['error', 'warning', 'info'] as const)
      findings[severity] += report.summary.findings[severity];
    files += report.summary.files;
    notAnalysed += report.notAnalysed.length;
    rules = Math.max(rules, report.tool.rules);
    ruleSets.add(session.ruleSetName);
  }
  return { rules, ruleSet: [...ruleSets].join(', '), files, findings, notAnalysed, scanning, readings };
}
