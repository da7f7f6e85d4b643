/** Runs the command as a user does: a process of its own, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bundle = join(root, 'dist/cli.cjs');

/** `npm test` builds the bundle first; without one the source is run. */
export const COMMAND: readonly string[] = existsSync(bundle)
  ? [process.execPath, bundle]
  : [
      process.execPath,
      '--import',
      join(root, 'node_modules/tsx/dist/loader.mjs'),
      join(root, 'server/src/cli/main.ts'),
    ];

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that is removed after the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'skarp-cli-'));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [file, content] of Object.entries(files)) this.write(file, content);
  }

  at(file: string): string {
    return join(this.path, file);
  }

  write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), content);
  }

  bytes(file: string): Buffer {
    return readFileSync(this.at(file));
  }

  /** Every file below, in order. */
  files(): string[] {
    return readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1))
      .sort();
  }

  /** Runs `skarp` here, or in a folder within. */
  run(
    args: readonly string[],
    {
      input = '',
      env = {},
      within = '',
    }: { input?: string; env?: Record<string, string>; within?: string } = {},
  ): Ran {
    const [node = '', ...command] = COMMAND;
    const ran = spawnSync(node, [...command, ...args], {
      cwd: this.at(within),
      input,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status: ran.status, out: ran.stdout, err: ran.stderr };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
