/** Standings in words and marks: never told by color alone. */
import { type TemplateResult, html } from 'lit';
import type { ChecklistRow, Standing } from '../../../server/src/checklist/model.js';

export const STANDINGS: Readonly<Record<Standing, { readonly mark: string; readonly text: string }>> = {
  contradicted: { mark: '⚠', text: 'contradicted' },
  violated: { mark: '✖', text: 'violated' },
  open: { mark: '○', text: 'open' },
  declared: { mark: '✎', text: 'declared' },
  supported: { mark: '✔', text: 'supported' },
  'not-applicable': { mark: '–', text: 'not applicable' },
};

export function badge(standing: Standing, says = STANDINGS[standing].text): TemplateResult {
  return html`<span class="badge ${standing}"
    ><span aria-hidden="true">${STANDINGS[standing].mark} </span>${says}</span
  >`;
}

export function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** The standing of a row; of a declared one also what is declared. */
export function rowBadge({ standing, declaration }: ChecklistRow): TemplateResult {
  return standing === 'declared' && declaration
    ? badge(standing, `declared ${spaced(declaration.declared)}`)
    : badge(standing);
}

export function spaced(word: string): string {
  return word.replace('-', ' ');
}

/** `2 violated, 1 open`: the worst first. */
export function tally(rows: readonly ChecklistRow[]): string {
  return (Object.keys(STANDINGS) as Standing[])
    .map(
      (standing) =>
        [rows.filter((row) => row.standing === standing).length, STANDINGS[standing].text] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${String(count)} ${text}`)
    .join(', ');
}
