/** The form in which the maker says what code cannot show. It lives through a reload of the window. */
import { type TemplateResult, html, nothing } from 'lit';
import type { ChecklistRow, Declared } from '../../../server/src/checklist/model.js';
import type { DeclareForm } from './messages.js';
import type { Page } from './page.js';
import { select } from './select.js';

const WORDS: readonly (readonly [DeclareForm['declared'], string])[] = [
  ['met', 'met'],
  ['partly', 'partly met'],
  ['not-met', 'not met'],
  ['not-applicable', 'not applicable'],
];

/** What is declared already stands in it; evidence is only ever added. A review that is overdue asks for a new day. */
export function freshForm(declaration: Declared | undefined, by: string): DeclareForm {
  return {
    declared: declaration?.declared ?? 'met',
    because: declaration?.because ?? '',
    by: by === '' ? (declaration?.by ?? '') : by,
    owner: declaration?.owner ?? '',
    reviewBy: declaration?.expired === true ? '' : (declaration?.reviewBy ?? ''),
    evidence: [],
  };
}

export function declareForm(page: Page, { id }: ChecklistRow, form: DeclareForm): TemplateResult {
  const change = (news: Partial<DeclareForm>): void => {
    page.remember({ forms: { ...page.state.forms, [id]: { ...form, ...news } } });
  };
  const field = (key: 'by' | 'owner', label: string, hint: string): TemplateResult =>
    html`<div class="field">
      <label for="${key}-${id}">${label}</label>
      <vscode-textfield
        id="${key}-${id}"
        .label=${label}
        placeholder=${hint}
        .value=${form[key]}
        @input=${(event: Event) => {
          change({ [key]: (event.target as HTMLInputElement).value });
        }}
      ></vscode-textfield>
    </div>`;
  const close = (): void => {
    const forms = Object.fromEntries(Object.entries(page.state.forms).filter(([key]) => key !== id));
    page.remember({ forms });
    requestAnimationFrame(() => {
      document.getElementById(`declare-${id}`)?.focus();
    });
  };
  return html`<form
    class="declare"
    aria-label="Declare ${id}"
    @submit=${(event: Event) => {
      event.preventDefault();
      send(page, id, form);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    }}
  >
    <div class="field">
      <label for="declared-${id}">It is</label>
      ${select({
        id: `declared-${id}`,
        label: 'It is',
        options: WORDS,
        chosen: form.declared,
        choose: (word) => {
          change({ declared: word as DeclareForm['declared'] });
        },
      })}
    </div>
    <div class="field wide">
      <label for="because-${id}">Because</label>
      <vscode-textarea
        id="because-${id}"
        .label=${'Because'}
        placeholder="Why it is so, for a reader who does not know the product"
        rows="3"
        .value=${form.because}
        @input=${(event: Event) => {
          change({ because: (event.target as HTMLTextAreaElement).value });
        }}
      ></vscode-textarea>
    </div>
    ${field('by', 'Declared by', 'Name')}${field('owner', 'Owner', 'Who sees to it')}
    <div class="field">
      <label for="review-${id}">Review by</label>
      <vscode-textfield
        id="review-${id}"
        .label=${'Review by'}
        type="date"
        .value=${form.reviewBy}
        @input=${(event: Event) => {
          change({ reviewBy: (event.target as HTMLInputElement).value });
        }}
      ></vscode-textfield>
    </div>
    <div class="field wide">
      <span id="evidence-label-${id}">Evidence</span>
      <ul class="evidence" aria-labelledby="evidence-label-${id}">
        ${form.evidence.map(
          ({ uri, name }) =>
            html`<li>
              ${name}
              <button
                type="button"
                class="link"
                aria-label="Leave out ${name}"
                @click=${() => {
                  change({ evidence: form.evidence.filter((each) => each.uri !== uri) });
                }}
              >
                leave out
              </button>
            </li>`,
        )}
      </ul>
      <vscode-button
        secondary
        icon="add"
        id="pick-${id}"
        @click=${() => {
          page.tell({ type: 'pick', provision: id });
        }}
        >Add a file…</vscode-button
      >
    </div>
    ${(form.problem ?? '') === '' ? nothing : html`<p class="problem" role="alert">${form.problem}</p>`}
    <div class="buttons wide">
      <vscode-button type="submit" ?disabled=${form.busy === true}>Declare</vscode-button>
      <vscode-button secondary @click=${close}>Cancel</vscode-button>
    </div>
  </form>`;
}

function send(page: Page, provision: string, form: DeclareForm): void {
  const { declared, because, by, owner, reviewBy, evidence } = form;
  const lacking =
    because.trim() === '' ? 'Say why it is so.' : by.trim() === '' ? 'Say who declares it.' : '';
  const next: DeclareForm = { ...form, busy: lacking === '', problem: lacking };
  page.remember({ by, forms: { ...page.state.forms, [provision]: next } });
  if (lacking !== '') return;
  const files = evidence.map(({ uri }) => uri);
  page.tell({
    type: 'declare',
    said: { provision, declared, because, by, owner, reviewBy, evidence: files },
  });
}
