// What axe-core finds in a page: faults that keep people with a screen reader or a keyboard out.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Evaluated as text: a function would be compiled, and then needs what the page lacks.
const RUN = `${axe};
axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => impact + ': ' + id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | ')))`;

/** Serious and critical faults of a document, a line each. */
export async function faultsOf(document: Frame | Page): Promise<string[]> {
  return document.evaluate<string[]>(RUN);
}
