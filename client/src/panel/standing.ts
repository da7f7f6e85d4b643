/** Standings in words and marks: never told by color alone. */
import { type TemplateResult, html } from 'lit';
import type { Standing } from '../../../server/src/checklist/model.js';

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
