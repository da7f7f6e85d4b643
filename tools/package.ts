/** `npm run package`: builds and writes the `.vsix`; `-- FILE` chooses where. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bytes; larger means that something slipped in. */
const LARGEST = 3 * 1024 * 1024;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const target = resolve(process.env['INIT_CWD'] ?? root, process.argv[2] ?? `skarp-${version}.vsix`);

run(['--import', 'tsx', join(root, 'tools/build.ts')]);
run([join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--out', target]);
const { size } = statSync(target);
console.log(`${target}: ${(size / 1024 / 1024).toFixed(2)} MB`);
if (size > LARGEST) {
  console.error(`the package is larger than ${String(LARGEST / 1024 / 1024)} MB: see .vscodeignore`);
  process.exitCode = 1;
}

function run(args: string[]): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
