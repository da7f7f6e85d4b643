/** The checklist in brief, for a terminal: one line a heading. */
import { createColors } from 'picocolors';
import { standingPaint } from './paint.js';
import type { Checklist } from './model.js';

export function checklistBrief(checklist: Checklist, color: boolean): string {
  const colors = createColors(color);
  const paint = standingPaint(colors);
  const lines = checklist.headings
    .filter(({ heading }) => heading > 0)
    .map(({ heading, labels, title, standing, findings, evidence, rules }) => {
      const label = `${labels['v1.1.1'] ?? '–'} / ${labels['v3.1.1'] ?? '–'}`;
      const seen = [
        ...(findings > 0 ? [`${String(findings)} ${findings === 1 ? 'finding' : 'findings'}`] : []),
        ...(evidence > 0 ? [`${String(evidence)} ${evidence === 1 ? 'control' : 'controls'} seen`] : []),
        ...(rules === 0 ? ['no rules yet'] : []),
      ];
      return `  ${String(heading).padStart(2)}  ${colors.dim(label.padEnd(11))}  ${title.padEnd(46)}  ${paint[standing](standing.padEnd(14))}  ${colors.dim(seen.join(', '))}`.trimEnd();
    });
  return `${lines.join('\n')}\n`;
}
