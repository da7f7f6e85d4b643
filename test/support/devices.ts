/** The sample devices of `test-fixtures/`, read and worked out. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeHost } from '../../server/src/host/node.js';
import { Session, type SessionSettings } from '../../server/src/session.js';
import { grammars } from './grammars.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../test-fixtures');

/** Where a build puts the grammars. */
export const wasmFolder = join(folder, '../dist');

export const DEVICES: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export function pathOf(device: string, file = ''): string {
  return join(folder, device, file);
}

export function linesOf(device: string, file: string): string[] {
  return readFileSync(pathOf(device, file), 'utf8').split('\n');
}

/** All texts of a device, by path. */
export function filesOfDevice(device: string): Record<string, string> {
  const entries = readdirSync(pathOf(device), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(pathOf(device), join(entry.parentPath, entry.name)))
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(pathOf(device, file), 'utf8')]),
  );
}

export async function deviceSession(
  device: string,
  settings: Partial<SessionSettings> = {},
): Promise<Session> {
  const session = new Session(new NodeHost(pathOf(device), wasmFolder), {
    today: '2026-01-01',
    version: '0.0.0',
    grammars,
    ...settings,
  });
  await session.load({ whole: [''] });
  await session.settle();
  return session;
}
