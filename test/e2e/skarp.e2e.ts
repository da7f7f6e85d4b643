/** The packaged extension in a real VS Code, by keyboard, as a user meets it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type VsCode, installation, startVsCode } from './vscode.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const NET = `#include "mbedtls/ssl.h"

void connect_cloud(mbedtls_ssl_config *conf)
{
    mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
}
`;
const BROKER = `import mqtt from 'mqtt';

export const client = mqtt.connect('mqtt://broker.example', { rejectUnauthorized: false });
`;

let code: VsCode;

describe('Skarp in VS Code', function () {
  this.timeout(240_000);
  let folder: string;
  let workspace: string;

  before(async function () {
    if (installation() === 'unsupported') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'skarp-e2e-test-'));
    workspace = join(folder, 'device');
    for (const [path, text] of Object.entries({ 'main/net.c': NET, 'src/broker.ts': BROKER })) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    code = await startVsCode({
      vsix: process.env['SKARP_VSIX'] ?? packaged(join(folder, 'skarp.vsix')),
      workspace,
      screenshots: join(root, 'screenshots'),
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await code.screenshot('failed.png');
      console.log(code.log.slice(-4000));
    }
  });

  after(async () => {
    await (code as VsCode | undefined)?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('finds what is wrong in C and in TypeScript, opened or not', async () => {
    await code.openFile('main/net.c');
    await code.waitForSquiggle('error');
    await code.waitForProblem('MBEDTLS_SSL_VERIFY_NONE');
    await code.waitForProblem('broker.example');
    await code.openFile('src/broker.ts');
    await code.waitForSquiggle('error');
    const problems = (await code.problems()).filter((line) => line.includes('skarp'));
    assert.equal(problems.length, 3, problems.join('\n'));
    await code.screenshot('problems.png');
  });

  it('tells in the status bar how much there is', async () => {
    assert.ok((await code.statusItems()).includes('Skarp 3'));
  });

  it('repairs by keyboard, and what is saved is repaired', async () => {
    const titles = await code.quickFix('MBEDTLS_SSL_VERIFY_NONE', 'Require a verified certificate');
    assert.ok(titles.includes('Suppress tls-verify-off here with a reason…'), titles.join(', '));
    await code.waitForLine('MBEDTLS_SSL_VERIFY_REQUIRED');
    await code.waitForNoProblem('MBEDTLS_SSL_VERIFY_NONE');
    await code.save();
    assert.equal(
      readFileSync(join(workspace, 'main/net.c'), 'utf8'),
      NET.replace('VERIFY_NONE', 'VERIFY_REQUIRED'),
    );
  });

  it('finds it again when the repair is undone', async () => {
    await code.openFile('main/net.c');
    await code.page.keyboard.press('Control+Z');
    await code.waitForLine('MBEDTLS_SSL_VERIFY_NONE');
    await code.waitForSquiggle('error');
    await code.waitForProblem('MBEDTLS_SSL_VERIFY_NONE');
  });

  it('explains a finding on hover', async () => {
    await code.page.keyboard.press('Control+K');
    await code.page.keyboard.press('Control+I');
    const hover = code.page.locator('.monaco-hover:visible', { hasText: 'What an attacker does with it' });
    await hover.waitFor();
    await code.screenshot('hover.png');
    await code.page.keyboard.press('Escape');
  });

  it('suppresses with a reason that it asks for', async () => {
    await code.quickFix('false lets any server', 'Suppress tls-verify-off here with a reason…');
    const input = code.page.locator('.quick-input-widget:visible input').first();
    await input.waitFor();
    await code.page.keyboard.type('the lab broker has no certificate');
    await code.page.keyboard.press('Enter');
    await code.waitForLine('// skarp-ignore tls-verify-off -- the lab broker has no certificate');
    await code.waitForNoProblem('false lets any server');
  });

  it('shows the checklist, which follows the code', async () => {
    await code.command('Skarp: Open Checklist');
    const page = code.webview();
    const fifth = page.locator('section[data-heading="5"]');
    await fifth.waitFor();
    assert.equal(await page.locator('section').count(), 14);
    assert.match(await fifth.locator('h2').innerText(), /4\.5 \/ 5\.5.*Communicate securely.*violated/s);
    await fifth.locator('h2 button').press('Enter');
    assert.equal(await fifth.locator('h2 button').getAttribute('aria-expanded'), 'true');
    await fifth.locator('.row.violated .places').first().waitFor();
    await code.command('View: Hide Panel');
    await look('Light Modern', 'vs', 'checklist-light.png');
    await look('Dark High Contrast', 'hc-black', 'checklist-contrast.png');
    await look('Dark Modern', 'vs-dark', 'checklist-dark.png');
    await fifth.locator('.places button', { hasText: 'main/net.c:5' }).first().press('Enter');
    await code.waitForLine('mbedtls_ssl_conf_authmode');
  });

  it('shows the checklist again after a reload, unfolded as it was', async () => {
    await code.command('Skarp: Open Checklist');
    const fifth = code.webview().locator('section[data-heading="5"] h2 button');
    await fifth.waitFor();
    const reloaded = code.page.waitForEvent('domcontentloaded');
    await code.command('Developer: Reload Window');
    await reloaded;
    await fifth.waitFor();
    assert.equal(await fifth.getAttribute('aria-expanded'), 'true');
  });

  it('starts its server anew', async () => {
    await code.command('Skarp: Restart Language Server');
    await code.waitForProblem('MBEDTLS_SSL_VERIFY_NONE');
  });
});

/** A picture of the window in a theme, once the theme is there. */
async function look(theme: string, base: string, picture: string): Promise<void> {
  await code.setTheme(theme);
  await code.page.locator(`.monaco-workbench.${base}`).waitFor();
  await code.page.waitForTimeout(300);
  await code.screenshot(picture);
}

/** The package as it would be published. */
function packaged(target: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'tools/package.ts'), target],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`no package:\n${stdout}${stderr}`);
  return target;
}
