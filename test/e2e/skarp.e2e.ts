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

const POLICY = '# How to tell us of a weakness\n';

let code: VsCode;

describe('Skarp in VS Code', function () {
  this.timeout(240_000);
  let folder: string;
  let workspace: string;

  before(async function () {
    if (installation() === 'unsupported') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'skarp-e2e-test-'));
    workspace = join(folder, 'device');
    for (const [path, text] of Object.entries({
      'main/net.c': NET,
      'src/broker.ts': BROKER,
      'SECURITY.md': POLICY,
    })) {
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
    await inThemes('checklist');
    await page.getByRole('tab', { name: 'Assessment' }).click();
    await page.locator('.maturity svg').waitFor();
    await noSeriousFault();
    await code.screenshot('checklist-assessment.png');
    await page.getByRole('tab', { name: 'What the product is' }).click();
    await page.locator('[data-feature="updates"]').waitFor();
    await noSeriousFault();
    await code.screenshot('checklist-product.png');
    await page.getByRole('tab', { name: 'Provisions' }).click();
  });

  it('leads from a violated provision to the code, and the row follows the repair', async () => {
    const page = code.webview();
    await page.locator('#filter-violated').click();
    assert.equal(await page.locator('section').count(), 1);
    const row = page.locator('[data-provision="5.5-1"]');
    await row.locator('.places button', { hasText: 'main/net.c:5' }).press('Enter');
    await code.waitForLine('mbedtls_ssl_conf_authmode');
    await code.quickFix('MBEDTLS_SSL_VERIFY_NONE', 'Require a verified certificate');
    await code.waitForLine('MBEDTLS_SSL_VERIFY_REQUIRED');
    await code.command('Skarp: Open Checklist');
    await row.locator('.places button', { hasText: 'main/net.c:5' }).waitFor({ state: 'detached' });
    await row.locator('.places button', { hasText: 'src/broker.ts' }).first().waitFor();
    await page.locator('#clear').click();
    assert.equal(await page.locator('section').count(), 14);
  });

  it('declares a provision in its place, in the file as well', async () => {
    const page = code.webview();
    await page.locator('#search input').fill('5.2-1');
    await page.locator('section[data-heading="2"] h2 button').press('Enter');
    await page.locator('#declare-5\\.2-1').press('Enter');
    await page.locator('#because-5\\.2-1 textarea').fill('The policy is public: SECURITY.md');
    await page.locator('#by-5\\.2-1 input').fill('Ada');
    await page.locator('#owner-5\\.2-1 input').fill('Grace');
    await page.locator('#pick-5\\.2-1').press('Enter');
    await chooseFile(join(workspace, 'SECURITY.md'));
    await page.locator('form .evidence li', { hasText: 'SECURITY.md' }).waitFor();
    await noSeriousFault();
    await code.screenshot('checklist-declare.png');
    await page.getByRole('button', { name: 'Declare', exact: true }).press('Enter');
    await page.locator('[data-provision="5.2-1"] .said').waitFor();
    const written = readFileSync(join(workspace, 'skarp.checklist.yaml'), 'utf8');
    assert.match(written, /"5\.2-1":\n {4}declared: met\n {4}because: .*SECURITY\.md.*\n {4}by: Ada/);
    assert.match(
      written,
      /owner: Grace\n {4}evidence:\n {6}- file: SECURITY\.md\n {8}sha256: [0-9a-f]{64}\n/,
    );
  });

  it('shows the same provisions through another standard, and through those of a sector', async () => {
    const page = code.webview();
    await page.getByRole('tab', { name: 'Other standards' }).click();
    await page.locator('[data-sector="medical"]').first().waitFor();
    await noSeriousFault();
    await code.screenshot('crosswalk-table.png');
    await page.locator('[data-sector="medical"][data-level="system"]').press('Enter');
    const fifth = page.locator('section[data-part^="5 "]');
    await fifth.locator('.cells li').first().waitFor();
    await code.screenshot('crosswalk-sector.png');
    await choose('#through-sector', 'All sectors');
    await choose('#through-level', 'All levels');
    await choose('#through-standard', 'EU Cyber Resilience Act, (EU) 2024/2847, Annex I');
    const place = page.locator('section[data-part="Part II (5)"]');
    await place.locator('h3 button').press('Enter');
    assert.match(
      await place.innerText(),
      /2 Manage reports of vulnerabilities\s+P\*\s+chained from public mappings: OWASP ISVS/,
    );
    assert.match(await place.locator('.seen').innerText(), /5\.2-1[^]*declared met/);
    await inThemes('crosswalk');
    // They would take the room of a narrow window.
    await code.command('View: Close Primary Side Bar');
    await code.command('View: Hide Panel');
    await narrowAndWide('crosswalk');
  });

  it('takes the answers of two roles, shows where they differ, and how the declarations grew', async () => {
    const page = code.webview();
    await page.getByRole('tab', { name: 'Assessment' }).click();
    await page.getByText('Git knows no commit').waitFor();
    await page.locator('#answer').press('Enter');
    await page.locator('[data-rate="2"] button').nth(3).press('Enter');
    await page.locator('[data-rate="5"] button').nth(1).press('Enter');
    await noSeriousFault();
    await code.screenshot('assessment-answering.png');
    await page.getByRole('button', { name: 'Save the answers' }).press('Enter');
    await page.locator('tr[data-answers="2"]').waitFor();
    await page.locator('#answer').press('Enter');
    await choose('#answer-role', 'management');
    assert.equal(await page.locator('.rating [aria-pressed="true"]').count(), 0, 'the answers of others');
    await page.locator('[data-rate="2"] button').nth(1).press('Enter');
    await page.locator('#answer-by input').fill('Mona');
    await page.getByRole('button', { name: 'Save the answers' }).press('Enter');
    const first = page.locator('.people tbody tr').first();
    await first.locator('td', { hasText: 'talk' }).waitFor();
    assert.match(await first.innerText(), /^2 Manage reports.*\s0\s3\s–\s1\s2 ⚠ talk$/);
    const written = readFileSync(join(workspace, 'skarp.checklist.yaml'), 'utf8');
    assert.match(written, /management:\n {4}"2":\n {6}level: 1\n {6}by: Mona\n/);
    assert.match(written, /because: .*SECURITY\.md/);
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      ['commit', '--quiet', '--message', 'Answers'],
    ]) {
      const git = ['-C', workspace, '-c', 'user.name=Ada', '-c', 'user.email=ada@maker.example', ...args];
      assert.equal(spawnSync('git', git).status, 0, args.join(' '));
    }
    await page.locator('#look-again').press('Enter');
    await page.locator('.over-time tbody tr').waitFor();
    await inThemes('assessment');
    await narrowAndWide('assessment');
    await page.getByRole('tab', { name: 'What the product is' }).click();
    await narrowAndWide('product');
    const updates = page.locator('[data-feature="updates"]');
    await updates.getByRole('button', { name: 'Yes' }).press('Enter');
    await updates.locator('[aria-pressed="true"]', { hasText: 'Yes' }).waitFor();
    assert.match(readFileSync(join(workspace, 'skarp.json'), 'utf8'), /"updates": true/);
    await page.getByRole('tab', { name: 'Provisions' }).click();
    await narrowAndWide('provisions');
    await page.getByRole('tab', { name: 'Other standards' }).click();
  });

  it('shows the checklist again after a reload, unfolded as it was', async () => {
    const reloaded = code.page.waitForEvent('domcontentloaded');
    await code.command('Developer: Reload Window');
    await reloaded;
    const page = code.webview();
    await page.locator('section[data-part="Part II (5)"] .seen', { hasText: '5.2-1' }).waitFor();
    await page.getByRole('tab', { name: 'Provisions' }).click();
    const second = page.locator('section[data-heading="2"] h2 button');
    await second.waitFor();
    assert.equal(await second.getAttribute('aria-expanded'), 'true');
    assert.equal(await code.webview().locator('#search input').inputValue(), '5.2-1');
  });

  it('keeps what was declared over the reload, and exports it', async () => {
    const page = code.webview();
    await page.locator('[data-provision="5.2-1"] .said', { hasText: 'Grace' }).waitFor();
    await page.locator('#export').press('Enter');
    await code.page.locator('.quick-input-widget:visible', { hasText: 'HTML' }).waitFor();
    await code.page.keyboard.press('Enter');
    await code.page.getByRole('button', { name: 'Export a Draft' }).click();
    await chooseFile(join(workspace, 'statement.html'));
    await code.page.locator('.notification-toast', { hasText: 'statement.html' }).waitFor();
    const html = readFileSync(join(workspace, 'statement.html'), 'utf8');
    assert.match(html, /The policy is public: SECURITY\.md/);
    assert.deepEqual(await code.pageFaults(html), []);
  });

  it('shows the same at a glance in the side bar, by heading and by file', async () => {
    await code.page.locator('.activitybar a[aria-label^="Skarp"]').first().click();
    const tree = code.page.locator('.sidebar .monaco-list-row');
    await tree.filter({ hasText: /5 Communicate securely/ }).waitFor();
    assert.equal(await tree.filter({ hasText: /Manage reports of vulnerabilities/ }).count(), 1);
    await code.screenshot('tree.png');
    await code.page.locator('.sidebar a[aria-label="Group by File"]:visible').first().click();
    await tree.filter({ hasText: 'broker.ts' }).first().waitFor();
    await tree.filter({ hasText: 'is not encrypted' }).waitFor();
    await code.screenshot('tree-files.png');
  });

  it('leads from a finding in code to its provision', async () => {
    const row = code.webview().locator('[data-provision="5.5-7"]');
    await code.quickFix('is not encrypted', 'Show 5.5-7 in the checklist');
    await row.waitFor();
    assert.ok(await row.evaluate((element) => element === document.activeElement));
  });

  it('starts its server anew', async () => {
    await code.command('Skarp: Restart Language Server');
    await code.waitForProblem('broker.example is not encrypted');
  });
});

/** Pictures of the panel in a light theme, in one of high contrast and in a dark one, and what axe calls serious there. */
async function inThemes(view: string): Promise<void> {
  for (const [theme, base, name] of [
    ['Light Modern', 'vs', 'light'],
    ['Dark High Contrast', 'hc-black', 'contrast'],
    ['Dark Modern', 'vs-dark', 'dark'],
  ] as const) {
    await code.setTheme(theme);
    await code.page.locator(`.monaco-workbench.${base}`).waitFor();
    await code.page.waitForTimeout(300);
    await code.screenshot(`${view}-${name}.png`);
    await noSeriousFault();
  }
}

/** Pictures of the panel as narrow as a side by side editor and as wide as a window, with nothing cut off. */
async function narrowAndWide(view: string): Promise<void> {
  for (const [name, width] of [
    ['narrow', 420],
    ['wide', 1456],
  ] as const) {
    await code.resize(width);
    await code.webview().locator('#view').waitFor();
    const { width: shown, beyond } = await code.webviewOverflow();
    await code.webview().locator('h1').scrollIntoViewIfNeeded();
    await code.screenshot(`${view}-${name}.png`);
    assert.deepEqual(beyond, [], `${view} at ${String(shown)} pixels`);
  }
  await code.resize(1280);
}

/** Takes an option of one of the panel's lists. */
async function choose(id: string, option: string): Promise<void> {
  const list = code.webview().locator(id);
  await list.click();
  await list.locator('li.option', { hasText: option }).first().click();
}

/** What axe calls serious or worse in the panel. */
async function noSeriousFault(): Promise<void> {
  assert.deepEqual(await code.webviewFaults(), []);
}

/** The dialog for files of a VS Code in a browser: the path is typed. */
async function chooseFile(path: string): Promise<void> {
  const input = code.page.locator('.quick-input-widget:visible input').first();
  // What is typed before it knows its folder is lost.
  await code.page.waitForFunction(
    (folder) =>
      [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input')].some((each) =>
        each.value.startsWith(folder),
      ),
    dirname(path),
  );
  await input.press('Control+A');
  await code.page.keyboard.type(path);
  // It takes no answer while it looks up what was typed.
  for (let presses = 0; presses < 20 && (await input.isVisible()); presses++) {
    await code.page.waitForTimeout(500);
    await code.page.keyboard.press('Enter');
  }
  await input.waitFor({ state: 'hidden' });
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
