/** What roles believe of each heading, where they disagree most first; and the form in which one of them answers. */
import { type TemplateResult, html, nothing } from 'lit';
import type { AssessmentResult } from '../../../server/src/lsp/protocol.js';
import type { Answering } from './messages.js';
import type { Page } from './page.js';
import { select } from './select.js';

export type Answers = NonNullable<AssessmentResult>['assessment']['answers'];
type Role = Answering['role'];

export const LEVELS = ['nothing known', 'declared', 'supported by code', 'enforced'];
export const ROLES: readonly Role[] = ['engineering', 'product', 'management'];
/** From here on a spread is worth a talk. */
const WIDE = 2;

export function people(
  page: Page,
  { answers, titles }: { answers: Answers; titles: Titles },
): TemplateResult {
  const { answering } = page.state;
  return html`<h2>What people believe</h2>
    <p class="about">
      Engineering, product and management each say how far they believe a heading to be. The widest spread
      stands first: talk about that one, and answer again.
    </p>
    ${
      answering
        ? form(page, answering, answers, titles)
        : html`${answers.length === 0 ? html`<p>Nobody has answered yet.</p>` : table(answers)}
            <vscode-button
              id="answer"
              secondary
              @click=${() => {
                open(page);
              }}
              >${answers.length === 0 ? 'Answer…' : 'Answer or answer again…'}</vscode-button
            >`
    }`;
}

/** Headings that can be answered for. */
type Titles = readonly { readonly heading: number; readonly title: string }[];

function table(answers: Answers): TemplateResult {
  return html`<table class="people">
    <caption>
      Level of each heading, 0 to 3, by who says so
    </caption>
    <thead>
      <tr>
        <th scope="col">Heading</th>
        ${['code', ...ROLES, 'spread'].map((each) => html`<th scope="col">${each}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${answers.map(
        ({ heading, title, code, roles, spread }) =>
          html`<tr data-answers=${heading}>
            <th scope="row">${heading} ${title}</th>
            <td>${code ?? '–'}</td>
            ${ROLES.map((role) => {
              const said = roles[role];
              return said
                ? html`<td title="${LEVELS[said.level] ?? ''}: ${said.by}, ${said.on}">${said.level}</td>`
                : html`<td>–</td>`;
            })}
            <td>
              ${
                spread === undefined ? '–' : spread >= WIDE ? html`<strong>${spread} ⚠ talk</strong>` : spread
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function open(page: Page): void {
  const { by, role } = page.state;
  page.remember({ answering: { role, by, levels: {} } });
  requestAnimationFrame(() => {
    document.getElementById('answer-role')?.focus();
  });
}

/** Everybody answers alone: the answers of others are not in sight here. */
function form(page: Page, answering: Answering, answers: Answers, titles: Titles): TemplateResult {
  const { role, by, levels, problem = '', busy = false } = answering;
  const change = (news: Partial<Answering>): void => {
    page.remember({ answering: { ...answering, problem: '', ...news } });
  };
  const close = (): void => {
    page.remember({ answering: undefined });
    requestAnimationFrame(() => {
      document.getElementById('answer')?.focus();
    });
  };
  const former = (heading: number): number | undefined =>
    answers.find((each) => each.heading === heading)?.roles[role]?.level;
  return html`<form
    class="rating"
    aria-label="Answer for a role"
    @submit=${(event: Event) => {
      event.preventDefault();
      send(page, answering);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    }}
  >
    <div class="declare">
      <div class="field">
        <label for="answer-role">I answer for</label>
        ${select({
          id: 'answer-role',
          label: 'I answer for',
          options: ROLES.map((each) => [each, each]),
          chosen: role,
          // What was answered for one role is not the answer of another.
          choose: (chosen) => {
            change({ role: chosen as Role, levels: {} });
          },
        })}
      </div>
      <div class="field">
        <label for="answer-by">Name</label>
        <vscode-textfield
          id="answer-by"
          .label=${'Name'}
          placeholder="Who answers"
          .value=${by}
          @input=${(event: Event) => {
            change({ by: (event.target as HTMLInputElement).value });
          }}
        ></vscode-textfield>
      </div>
    </div>
    <p class="about">${LEVELS.map((words, level) => `${String(level)} ${words}`).join(' · ')}</p>
    <ul class="features">
      ${titles.map(({ heading, title }) => {
        const chosen = levels[heading] ?? former(heading);
        return html`<li data-rate=${heading}>
          <span class="question" id="rate-${heading}">${heading} ${title}</span>
          <span class="answers" role="group" aria-labelledby="rate-${heading}"
            >${LEVELS.map(
              (words, level) =>
                html`<button
                  type="button"
                  class="filter"
                  aria-pressed=${String(chosen === level)}
                  aria-label="${level} ${words}"
                  title=${words}
                  @click=${() => {
                    change({ levels: { ...levels, [heading]: level } });
                  }}
                >
                  ${level}
                </button>`,
            )}</span
          >
        </li>`;
      })}
    </ul>
    ${problem === '' ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
    <div class="buttons">
      <vscode-button type="submit" ?disabled=${busy}>Save the answers</vscode-button>
      <vscode-button secondary @click=${close}>Cancel</vscode-button>
    </div>
  </form>`;
}

function send(page: Page, answering: Answering): void {
  const { role, by, levels } = answering;
  const problem =
    by.trim() === ''
      ? 'Say who answers.'
      : Object.keys(levels).length === 0
        ? 'Choose a level for one heading at least.'
        : '';
  page.remember({ by, role, answering: { ...answering, problem, busy: problem === '' } });
  if (problem === '') page.tell({ type: 'rate', said: { role, by, levels } });
}
