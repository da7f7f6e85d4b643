// What keeps people out of a page: faults that axe-core finds, and what lies beyond its edges.

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

/** How wide a document is, and what lies beyond its left or right edge, a line each. */
export async function overflowOf(
  document: Frame | Page,
): Promise<{ readonly width: number; readonly beyond: readonly string[] }> {
  return document.evaluate(() => {
    const { clientWidth: width, scrollWidth } = globalThis.document.documentElement;
    const beyond = [...globalThis.document.querySelectorAll('body *')]
      .filter((each) => {
        const { left, right, width: own } = each.getBoundingClientRect();
        return own > 0 && (left < 0 || right > width + 1);
      })
      .map((each) => each.outerHTML.slice(0, 120));
    return { width, beyond: scrollWidth > width && beyond.length === 0 ? ['the page'] : beyond };
  });
}
