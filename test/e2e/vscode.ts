// A real VS Code (code-server) with the packaged extension in it, driven through a headless browser by keyboard and
// mouse as a user would. README.md tells how to watch it; install.mjs installs what it needs.

import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { faultsOf, overflowOf } from './accessibility.js';
import { ProblemsPanel, flat } from './problems-panel.js';
import { debug, readInstallation, Session } from './session.js';

export interface VsCodeOptions {
  /** The packaged extension. */
  readonly vsix: string;
  /** The folder to open. It is opened itself, not a copy: what a test saves lands there. */
  readonly workspace: string;
  /** User settings on top of the quiet ones below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where relative screenshot paths lead, the current folder by default; gets a `start-failed.png` if given. */
  readonly screenshots?: string;
  /** The inner size of the browser's window; 1280 x 800 by default. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

const patience = 60_000;

/** Without these a first start shows a chat side bar, trust and sign-in prompts, and saves files by itself. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'editor.renderWhitespace': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // The settings' file in a tab, not in a window over the editors.
  'workbench.editor.useModal': 'off',
  // One notch of the mouse wheel moves the Problems panel by five rows, half of what it shows.
  'workbench.list.mouseWheelScrollSensitivity': 2,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** `ready`; `unsupported` where this platform cannot run it: skip; `missing` where install.mjs has not been run. */
export function installation(): 'ready' | 'unsupported' | 'missing' {
  return readInstallation()?.status ?? 'missing';
}

/** Returns when the workbench is up. If a step fails, what was started is stopped and removed before it rejects. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const installed = readInstallation();
  if (installed?.status !== 'ready') {
    throw new Error(`VS Code for the end-to-end test is ${installation()}: run node test/e2e/install.mjs`);
  }
  if (!existsSync(options.vsix)) throw new Error(`no such extension package: ${options.vsix}`);
  const folder = realpathSync(options.workspace);
  const session = new Session();
  try {
    session.settings = { ...quietSettings, ...options.settings };
    const [url, browser] = await Promise.all([
      session.startServer(resolve(options.vsix)),
      session.startBrowser(installed.libraryPath),
    ]);
    const viewport = options.viewport ?? { width: 1280, height: 800 };
    const page = await browser.newPage({ viewport, locale: 'en-US', timezoneId: 'UTC' });
    page.setDefaultTimeout(patience);
    if (debug)
      page.on('console', (message) => {
        console.error(`  [browser] ${message.type()} ${message.text()}`);
      });
    const code = new VsCode(page, session, resolve(options.screenshots ?? '.'));
    try {
      await page.goto(`${url}?folder=${encodeURIComponent(folder)}`);
      await page.locator('.monaco-workbench .explorer-folders-view .monaco-list').waitFor();
    } catch (error) {
      if (options.screenshots) await code.screenshot('start-failed.png').catch(() => undefined);
      throw error;
    }
    return code;
  } catch (error) {
    await session.stop();
    throw error;
  }
}

/** One running VS Code. An action waits for its effect, a minute at most, and then says what it saw instead. */
export class VsCode {
  /** The browser's page, for what has no action here. */
  readonly page: Page;
  readonly #session: Session;
  readonly #screenshots: string;
  readonly #editor: Locator;
  readonly #panel: ProblemsPanel;
  readonly #input: Locator;
  readonly #inputRows: Locator;
  readonly #menuRows: Locator;

  /** Use startVsCode. */
  constructor(page: Page, session: Session, screenshots: string) {
    this.page = page;
    this.#session = session;
    this.#screenshots = screenshots;
    this.#editor = page.locator(
      '.editor-group-container.active .editor-instance .monaco-editor[role="code"]',
    );
    this.#panel = new ProblemsPanel(page);
    this.#input = page.locator('.quick-input-widget .quick-input-box input:visible');
    this.#inputRows = page.locator('.quick-input-list .monaco-list-rows > .monaco-list-row');
    // VS Code keeps a second, hidden one of these.
    this.#menuRows = page.locator('.action-widget:visible .monaco-list-rows > .monaco-list-row');
  }

  /** What the server, the extension host and the language server have printed. */
  get log(): string {
    return this.#session.log;
  }

  /** Stops the server and the browser and removes their folder. Safe to call twice. */
  async stop(): Promise<void> {
    await this.#session.stop();
  }

  /** Opens a file by its path in the workspace and puts the cursor in it. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    const named = this.#inputRows.filter({
      has: this.page.locator('.label-name', { hasText: exactly(name) }),
    });
    const folder = dirname(path);
    await this.#quickInput('Control+P', path, folder === '.' ? named : named.filter({ hasText: folder }));
    await this.page
      .locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`)
      .waitFor();
    await this.#editorFocus();
  }

  /** Runs a command by its full title, `Category: Title`, from the command palette. */
  async command(title: string): Promise<void> {
    await this.#quickInput('F1', `>${title}`, this.#inputRow(title));
  }

  /** Chooses an entry of the list that a command has opened. */
  async pick(label: string): Promise<void> {
    await this.#inputRows.first().waitFor();
    await this.#input.fill(label);
    await this.#choose(this.#inputRow(label));
  }

  /** The lines in view in the active editor. */
  async editorText(): Promise<string> {
    const lines = await this.#editor.locator('.view-lines .view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: parseFloat((element as HTMLElement).style.top),
          text: element.textContent,
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replace(/\u00a0/g, ' ').replace(/\u200b/g, '')),
    );
    return lines.join('\n');
  }

  /** Waits for a line that contains the text, among those in view in the active editor. */
  async waitForLine(text: string): Promise<void> {
    const found = (all: string) => all.includes(text);
    await this.#until(() => this.editorText(), found, `a line with '${text}'`);
  }

  /** Saves the active editor's file. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page
      .locator('.editor-group-container.active .tab.active.dirty')
      .waitFor({ state: 'detached' });
  }

  /** How many squiggles of each severity are in view in the active editor. */
  async squiggles(): Promise<Record<Severity, number>> {
    const count = (severity: Severity) => this.#editor.locator(`.squiggly-${severity}`).count();
    return {
      error: await count('error'),
      warning: await count('warning'),
      info: await count('info'),
      hint: await count('hint'),
    };
  }

  async waitForSquiggle(severity: Severity): Promise<void> {
    await this.#until(
      () => this.squiggles(),
      (now) => now[severity] > 0,
      `a squiggle of severity ${severity}`,
    );
  }

  /** All rows of the Problems panel, in its order: `src/a.c: message source code [Ln 1, Col 2]`. */
  async problems(): Promise<string[]> {
    await this.#showProblems();
    return (await this.#panel.read()).map(({ line }) => line);
  }

  /** Waits for a problem whose row contains the text, and returns the row. */
  async waitForProblem(text: string): Promise<string> {
    const found = (lines: string[]) => lines.some((line) => line.includes(text));
    const lines = await this.#until(() => this.problems(), found, `a problem with '${text}'`);
    return lines.find((line) => line.includes(text)) ?? '';
  }

  /** Waits until no problem's row contains the text: true at once if nothing has been reported yet. */
  async waitForNoProblem(text: string): Promise<void> {
    const gone = (lines: string[]) => !lines.some((line) => line.includes(text));
    await this.#until(() => this.problems(), gone, `no problem with '${text}'`);
  }

  /** Opens a problem's quick fixes and applies the one of that title, or none; returns all titles. */
  async quickFix(problemText: string, title?: string): Promise<string[]> {
    await this.waitForProblem(problemText);
    await this.#panel.open(problemText);
    await this.#editorFocus();
    // The first presses may come before the extension has answered for this place.
    await this.#pressUntil('Control+.', this.#menuRows.first());
    const titles = (await this.#menuRows.locator('.title').allInnerTexts()).map(flat);
    if (title === undefined || !titles.includes(title)) {
      await this.page.keyboard.press('Escape');
      await this.#menuRows.first().waitFor({ state: 'hidden' });
      if (title !== undefined)
        throw new Error(`no quick fix '${title}' for '${problemText}', but ${quoted(titles)}`);
      return titles;
    }
    await this.#choose(
      this.#menuRows.filter({ has: this.page.locator('.title', { hasText: exactly(title) }) }).first(),
    );
    return titles;
  }

  /** The document inside a visible webview; `nth` counts them in the order they were opened. */
  webview(nth = 0): FrameLocator {
    const outer = this.page.locator('iframe.webview.ready:visible').nth(nth);
    return outer.contentFrame().frameLocator('iframe#active-frame');
  }

  /** Serious accessibility faults of what a visible webview shows. */
  async webviewFaults(): Promise<string[]> {
    return faultsOf(await this.#webviewFrame());
  }

  /** How wide a visible webview is, and what it shows beyond its left or right edge, a line each. */
  async webviewOverflow(): Promise<{ readonly width: number; readonly beyond: readonly string[] }> {
    return overflowOf(await this.#webviewFrame());
  }

  /** Makes the whole window wider or narrower. */
  async resize(width: number): Promise<void> {
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.waitForTimeout(500);
  }

  async #webviewFrame(): Promise<Frame> {
    const element = await this.webview().locator('body').elementHandle();
    const frame = await element.ownerFrame();
    if (!frame) throw new Error('no webview is shown');
    return frame;
  }

  /** Serious accessibility faults of a page of its own. */
  async pageFaults(html: string): Promise<string[]> {
    const page = await this.page.context().browser()?.newPage();
    if (!page) throw new Error('the browser is gone');
    try {
      await page.setContent(html);
      return await faultsOf(page);
    } finally {
      await page.close();
    }
  }

  /** The status bar's items from left to right: their text, or their accessible name if they are but an icon. */
  async statusItems(): Promise<string[]> {
    const items = await this.page.locator('.statusbar-item:visible').evaluateAll((elements) =>
      elements.map((element) => ({
        left: element.getBoundingClientRect().left,
        text: (element as HTMLElement).innerText.replace(/[\ue000-\uf8ff]/g, ''),
        name: element.getAttribute('aria-label') ?? '',
      })),
    );
    return items.sort((a, b) => a.left - b.left).map(({ text, name }) => flat(text) || flat(name));
  }

  /** What the pop-up notifications of this moment say. */
  async notifications(): Promise<string[]> {
    const messages = this.page.locator('.notifications-toasts .notification-list-item-message:visible');
    return (await messages.allInnerTexts()).map(flat);
  }

  /** Changes user settings. VS Code does not see the file change here, so it is told by opening and saving it. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#session.settings = { ...this.#session.settings, ...settings };
    await this.command('Preferences: Open User Settings (JSON)');
    await this.page
      .locator('.editor-group-container.active .tab.active[data-resource-name="settings.json"]')
      .waitFor();
    await this.#editorFocus();
    await this.save();
    await this.command('View: Close Editor');
  }

  /** Switches to a colour theme by its label, such as `Dark Modern` or `Light Modern`. */
  async setTheme(label: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.pick(label);
  }

  /** Saves a picture of the window; a relative path is taken from the folder given at the start. */
  async screenshot(path: string): Promise<void> {
    const file = resolve(this.#screenshots, path);
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  #inputRow(label: string): Locator {
    return this.#inputRows.filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }

  /** Opens the quick input, types, and chooses a row. Again if the row is late: the list does not refresh itself. */
  async #quickInput(key: string, text: string, row: Locator): Promise<void> {
    const deadline = Date.now() + patience;
    for (;;) {
      await this.#pressUntil(key, this.#input);
      // From within a webview a press arrives late, and a second one closes what the first has opened.
      const isFilled = await this.#input.fill(text, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (isFilled && (await appears(row.first(), 3_000))) return this.#choose(row.first());
      const rows = (await this.#inputRows.allInnerTexts()).map(flat);
      if (Date.now() > deadline) throw new Error(`no '${text}' to choose, but ${quoted(rows)}`);
      await this.page.keyboard.press('Escape');
      await this.#input.waitFor({ state: 'hidden' });
    }
  }

  /** Walks down a list with the keyboard until the row has the focus, and presses Enter. */
  async #choose(row: Locator): Promise<void> {
    await row.first().waitFor();
    const focused = row.and(this.page.locator('.focused'));
    const deadline = Date.now() + patience;
    while (!(await appears(focused.first(), 100))) {
      if (Date.now() > deadline) throw new Error(`the keyboard does not reach ${row.toString()}`);
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await row.first().waitFor({ state: 'hidden' });
  }

  async #showProblems(): Promise<void> {
    if (!(await this.#panel.isVisible())) await this.#pressUntil('Control+Shift+M', this.#panel.whole);
  }

  async #editorFocus(): Promise<void> {
    await this.#editor.and(this.page.locator('.focused')).waitFor();
  }

  async #pressUntil(key: string, seen: Locator): Promise<void> {
    const deadline = Date.now() + patience;
    do {
      await this.page.keyboard.press(key);
      if (await appears(seen, 2_000)) return;
    } while (Date.now() < deadline);
    throw new Error(`pressed ${key} for a minute, but ${seen.toString()} did not show`);
  }

  async #until<T>(read: () => Promise<T>, isDone: (value: T) => boolean, wanted: string): Promise<T> {
    const deadline = Date.now() + patience;
    for (;;) {
      const value = await read();
      if (isDone(value)) return value;
      if (Date.now() > deadline)
        throw new Error(`waited a minute for ${wanted}, but there is ${quoted(value)}`);
      await this.page.waitForTimeout(100);
    }
  }
}

async function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `\n${value}` : JSON.stringify(value);
}
