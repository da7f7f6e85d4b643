/**
 * Installs what the lock file says, once: a second run sees the stamp and does nothing. Plain Node, so that it runs
 * before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const OLDEST_NODE = 20;

/** Runs a program in the project's root and stops with its status when it fails. Nothing is printed on success if `quiet`. */
export function run(program, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  if (quiet)
    process.stderr.write(Buffer.concat([result.stdout ?? Buffer.alloc(0), result.stderr ?? Buffer.alloc(0)]));
  if (result.error) console.error(`${program}: ${result.error.message}`);
  process.exit(result.status ?? 1);
}

export function install() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    console.error(`Skarp needs Node ${OLDEST_NODE} or newer, this is ${process.versions.node}`);
    process.exit(2);
  }
  const stamp = join(root, 'node_modules', '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('installing from package-lock.json …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  writeFileSync(stamp, lock);
}

/** The path of a tool of the project's own, run with this Node. */
export function tool(path) {
  return join(root, 'node_modules', path);
}
