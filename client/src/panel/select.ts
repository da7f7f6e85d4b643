/** A choice among many, in VS Code's look. */
import { type TemplateResult, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

export type Option = readonly [value: string, text: string];

interface Select {
  readonly id: string;
  /** What screen readers say. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: string;
  readonly choose: (value: string) => void;
}

export function select({ id, label, options, chosen, choose }: Select): TemplateResult {
  return html`<vscode-single-select
    id=${id}
    .label=${label}
    .value=${chosen}
    @change=${(event: Event) => {
      choose((event.target as HTMLSelectElement).value);
    }}
  >
    ${repeat(
      options,
      ([value]) => value,
      ([value, text]) =>
        html`<vscode-option value=${value} ?selected=${value === chosen}>${text}</vscode-option>`,
    )}
  </vscode-single-select>`;
}
