/**
 * What an editor shows when it has come to rest is what the command line says. The server reaches the state by another
 * road: edits and reverts in random order, files that come, change and go on disk, close and reopen.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnostic, FileChangeType } from 'vscode-languageserver/node';
import { NodeHost } from '../server/src/host/node.js';
import { kindOf } from '../server/src/project/files.js';
import type { ReportFinding } from '../server/src/report/model.js';
import { Session } from '../server/src/session.js';
import { LspClient } from './support/lsp-client.js';
import { grammars } from './support/memory-host.js';

const fixtures = join(import.meta.dirname, '../test-fixtures');
/** Other walks: `SKARP_SEED=7 npx mocha test/lsp-equals-cli.test.ts`. */
const seed = Number(process.env['SKARP_SEED'] ?? 1);
const STEPS = 60;

/** Files whose findings hang on each other, put into every fixture: here a stale answer shows. */
const SEAMS: Readonly<Record<string, string>> = {
  'seams/config.ts': "export const url = 'mqtt://broker.example';\nexport { verify } from './verify.js';\n",
  'seams/verify.ts': 'export const verify = false;\n',
  'seams/client.ts':
    "import mqtt from 'mqtt';\nimport { url, verify } from './config.js';\nmqtt.connect(url, { rejectUnauthorized: verify });\n",
  'seams/auth.h': '#define AUTH MBEDTLS_SSL_VERIFY_NONE\n#define set_auth mbedtls_ssl_conf_authmode\n',
  'seams/net.c':
    'void f(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); set_auth(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n',
  'seams/trust.h': '#include "auth.h"\nstatic inline void IN_FLASH trust(void) { set_auth(&conf, AUTH); }\n',
  'seams/attributes.h': '#define IN_FLASH __attribute__((section("flash")))\n',
  'seams/uses.c': '#include "trust.h"\nIN_FLASH static void g(void) { trust(); }\n',
};
/** Headers that all of this hangs on; every walk also moves their lines and takes them away. */
const HEADERS = Object.keys(SEAMS).filter((path) => path.endsWith('.h'));

/** One finding as both sides can say it: 1-based, as in the report. */
type Line = string;

const SEVERITY = ['', 'error', 'warning', 'info'];

for (const name of readdirSync(fixtures))
  describe(`the editor and the command line on ${name}`, function () {
    this.timeout(120_000);
    let folder: string;
    let client: LspClient | undefined;

    before(() => {
      folder = realpathSync(mkdtempSync(join(tmpdir(), 'skarp-equal-')));
      cpSync(join(fixtures, name), folder, { recursive: true });
      mkdirSync(join(folder, 'seams'));
      for (const [path, text] of Object.entries(SEAMS)) writeFileSync(join(folder, path), text);
    });

    after(() => {
      client?.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    it('agree, whatever happened before', async () => {
      const lsp = await LspClient.start({ folders: [folder] });
      client = lsp;
      await wander(lsp, folder, random(seed));
      for (const path of files(folder)) if (lsp.isOpen(path)) await settleText(lsp, path, read(folder, path));
      await lsp.quiet();
      const expected = await commandLine(folder);
      const cross = expected.filter((each) => each.startsWith('seams/'));
      assert.equal(cross.length, 5, 'findings that hang on other files');
      assert.deepEqual(editor(lsp), expected);
    });
  });

/** Edits, reverts, closes, reopens and changes on disk. In the end the disk holds what it held in the beginning. */
async function wander(lsp: LspClient, folder: string, next: () => number): Promise<void> {
  const paths = files(folder);
  const original = new Map(paths.map((path) => [path, read(folder, path)]));
  const pick = <T>(all: readonly T[]): T => {
    const found = all[Math.floor(next() * all.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  for (let step = 0; step < STEPS; step++) {
    const path = pick(next() < 0.25 ? HEADERS : next() < 0.5 ? Object.keys(SEAMS) : paths);
    const text = original.get(path) ?? '';
    const dice = next();
    if (dice < 0.15) {
      // On disk: gone and back, or another text and back.
      const gone = next() < 0.5;
      if (gone) rmSync(join(folder, path));
      else writeFileSync(join(folder, path), mutilate(text, next));
      await lsp.changedOnDisk(path, gone ? FileChangeType.Deleted : FileChangeType.Changed);
      if (next() < 0.7) await lsp.quiet();
      writeFileSync(join(folder, path), text);
      await lsp.changedOnDisk(path, gone ? FileChangeType.Created : FileChangeType.Changed);
    } else if (dice < 0.25) {
      const fresh = path.replace(/[^/]*$/, (base) => `aa_${base}`);
      writeFileSync(join(folder, fresh), text);
      await lsp.changedOnDisk(fresh, FileChangeType.Created);
      if (next() < 0.7) await lsp.quiet();
      rmSync(join(folder, fresh));
      await lsp.changedOnDisk(fresh, FileChangeType.Deleted);
    } else if (!lsp.isOpen(path)) await lsp.openText(path, text);
    else if (dice < 0.4) await lsp.close(path);
    else if (dice < 0.55) await settleText(lsp, path, text);
    // What other files take from it is gone until it comes back.
    else if (dice < 0.7)
      await settleText(lsp, path, pick(['', `\n/* moved */\n${text}`, mutilate(text, next)]));
    else {
      const start = Math.floor(next() * lsp.text(path).length);
      const end = Math.min(lsp.text(path).length, start + Math.floor(next() * 40));
      await lsp.edit(
        path,
        start,
        end,
        pick(['', ' ', '\n', '/*', '"', '}', '{', 'x', '#define X 1\n', '🦀']),
      );
    }
    if (next() < 0.2) await lsp.quiet();
  }
}

async function settleText(lsp: LspClient, path: string, text: string): Promise<void> {
  if (lsp.text(path) !== text) await lsp.setText(path, text);
}

/** Lines dropped and doubled: names lose their meaning and get another. */
function mutilate(text: string, next: () => number): string {
  return text
    .split('\n')
    .flatMap((line) => (next() < 0.2 ? [] : next() < 0.1 ? [line, line] : [line]))
    .join('\n');
}

async function commandLine(folder: string): Promise<Line[]> {
  const session = new Session(new NodeHost(folder, join(fixtures, '../dist')), {
    today: new Date().toISOString().slice(0, 10),
    version: '0.0.0',
    grammars,
  });
  await session.load({ whole: [''] });
  await session.settle();
  const said = session.report().findings.filter((finding) => !finding.suppressed);
  return said.map((finding) => line(finding)).sort();
}

function editor(lsp: LspClient): Line[] {
  const root = lsp.uri('');
  const lines = [...lsp.pushed].flatMap(([uri, { diagnostics }]) =>
    diagnostics.map(({ code, severity, message, range, data, relatedInformation }) =>
      line({
        path: (relatedInformation ?? []).map((step) => ({
          file: decodeURIComponent(step.location.uri.slice(root.length)).replace(/^\//, ''),
          range: oneBased(step.location.range),
          message: step.message,
        })),
        rule: String(code),
        file: decodeURIComponent(uri.slice(root.length)).replace(/^\//, ''),
        severity: SEVERITY[severity ?? 0] as ReportFinding['severity'],
        message: message as string,
        range: oneBased(range),
        fingerprint: (data as { fingerprint: string }).fingerprint,
      }),
    ),
  );
  return lines.sort();
}

function oneBased({ start, end }: Diagnostic['range']): ReportFinding['range'] {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}

function line(
  finding: Pick<ReportFinding, 'rule' | 'file' | 'severity' | 'message' | 'range' | 'fingerprint' | 'path'>,
): Line {
  const place = ({ start, end }: ReportFinding['range']): string =>
    [start.line, start.column, end.line, end.column].join(':');
  const steps = finding.path.map((step) => `${step.file}:${place(step.range)} ${step.message}`);
  const { file, severity, rule, fingerprint, message } = finding;
  return [file, place(finding.range), severity, rule, fingerprint, message, ...steps].join(' ');
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => kindOf(path) !== undefined)
    .sort();
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** The same numbers for the same seed (mulberry32). */
function random(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
