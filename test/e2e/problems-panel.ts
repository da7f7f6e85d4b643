// VS Code's Problems panel, read through its list. Only rows in view exist in the page, so reading is scrolling.

import type { Locator, Page } from 'playwright-core';

export interface Problem {
  /** The row's place in the list. */
  readonly index: number;
  /** `src/a.c: message source code [Ln 1, Col 2]` */
  readonly line: string;
}

export class ProblemsPanel {
  readonly whole: Locator;
  readonly #page: Page;
  readonly #list: Locator;
  readonly #rows: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.whole = page.locator('.markers-panel:visible');
    this.#list = this.whole.locator('.monaco-list').first();
    // Not those that stick to the top while their problems scroll by.
    this.#rows = this.#list.locator('.monaco-list-rows > .monaco-list-row');
  }

  async isVisible(): Promise<boolean> {
    return this.whole.isVisible();
  }

  /** All problems from the top on, or down to the first that `isLast`, which then is in view. */
  async read(isLast: (line: string) => boolean = () => false): Promise<Problem[]> {
    const rows = new Map<number, Row>();
    let view = await this.#scrollToTop();
    for (;;) {
      for (const row of view) rows.set(row.index, row);
      const problems = toProblems(rows.values());
      const last = problems.findIndex(({ line }) => isLast(line));
      if (last >= 0) return problems.slice(0, last + 1);
      const next = await this.#scroll(view, 1);
      if (next === undefined) break;
      view = next;
    }
    await this.#scrollToTop();
    return toProblems(rows.values());
  }

  /** Opens the first problem whose line contains the text, with the cursor on it. */
  async open(text: string): Promise<void> {
    for (;;) {
      const problem = (await this.read((line) => line.includes(text))).at(-1);
      if (!problem?.line.includes(text)) throw new Error(`the problem with '${text}' is gone again`);
      const row = this.#list.locator(`.monaco-list-rows > [data-index="${String(problem.index)}"]`);
      // Problems of others that arrive meanwhile move it to another row.
      if (!problem.line.endsWith(flat(await row.innerText()))) continue;
      // Not a double click: the first one may bring problems that move another row under the second.
      await row.click();
      await this.#page.keyboard.press('Enter');
      break;
    }
    // Else a menu that opens under the pointer would take its row for the chosen one.
    await this.#page.mouse.move(0, 0);
  }

  async #scrollToTop(): Promise<Row[]> {
    let view = await this.#rows.evaluateAll(readRows);
    for (;;) {
      const next = await this.#scroll(view, -1);
      if (next === undefined) return view;
      view = next;
    }
  }

  /** Turns the wheel by one notch and reads the rows now in view; undefined at the end of the list. */
  async #scroll(view: Row[], direction: -1 | 1): Promise<Row[] | undefined> {
    const end = direction < 0 ? view.at(0) : view.at(-1);
    const box = await this.#list.boundingBox();
    if (end === undefined || box === null || (direction < 0 ? end.index === 0 : end.isLast)) return undefined;
    await this.#page.mouse.move(box.x + 4, box.y + 4);
    // However far the wheel turns, VS Code takes it for one notch.
    await this.#page.mouse.wheel(0, direction * 100);
    for (let i = 0; i < 20; i++) {
      const next = await this.#rows.evaluateAll(readRows);
      if (next.at(0)?.index !== view.at(0)?.index) return next;
      await this.#page.waitForTimeout(25);
    }
    return undefined;
  }
}

interface Row {
  readonly index: number;
  readonly isLast: boolean;
  /** 1 is a file, 2 a problem in it, 3 a place related to that. */
  readonly level: number;
  readonly path: string;
  readonly text: string;
}

/**
 * The rows that are wholly in view, in their order. Runs in the browser: no function in it may have a name, for tsx
 * would wrap that in a helper which the browser lacks.
 */
function readRows(elements: Element[]): Row[] {
  return elements
    .map((element) => ({
      index: Number(element.getAttribute('data-index')),
      isLast:
        element.getBoundingClientRect().bottom >=
        (element.parentElement?.getBoundingClientRect().bottom ?? 0) - 1,
      level: Number(element.getAttribute('aria-level')),
      path: ['.label-description', '.label-name']
        .map((selector) => element.querySelector(selector)?.textContent ?? '')
        .filter((part) => part !== '')
        .join('/'),
      text: (element as HTMLElement).innerText,
      box: element.getBoundingClientRect(),
      frame: element.closest('.monaco-list')?.getBoundingClientRect() ?? element.getBoundingClientRect(),
    }))
    .filter(({ box, frame }) => box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1)
    .sort((a, b) => a.index - b.index);
}

function toProblems(rows: Iterable<Row>): Problem[] {
  let path = '';
  const problems: Problem[] = [];
  for (const row of [...rows].sort((a, b) => a.index - b.index)) {
    if (row.level === 1) path = row.path;
    if (row.level === 2) problems.push({ index: row.index, line: `${path}: ${flat(row.text)}` });
  }
  return problems;
}

/** On one line. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
