/** A host of strings, for tests that need a tree but no disk. */
import type { Entry, Host, Stat } from '../../server/src/host/host.js';
import { Session, type SessionSettings } from '../../server/src/session.js';
import { grammars, wasmOf } from './grammars.js';

export { grammars, wasmOf };

export class MemoryHost implements Host {
  constructor(readonly files: Record<string, string | Uint8Array>) {}

  list(folder: string): Promise<readonly Entry[]> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, Entry>();
    for (const path of Object.keys(this.files)) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return Promise.resolve([...entries.values()]);
  }

  stat(path: string): Promise<Stat> {
    const content = this.files[path];
    if (content === undefined) return Promise.reject(Object.assign(new Error('missing'), { code: 'ENOENT' }));
    return Promise.resolve({ kind: 'file', size: content.length });
  }

  read(file: string): Promise<Uint8Array> {
    const content = this.files[file];
    if (content === undefined) return Promise.reject(Object.assign(new Error('missing'), { code: 'ENOENT' }));
    return Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  write(file: string, bytes: Uint8Array): Promise<void> {
    this.files[file] = bytes;
    return Promise.resolve();
  }

  wasm(name: string): Promise<Uint8Array> {
    return wasmOf(name);
  }
}

/** A session over files in memory, read and worked out. */
export async function sessionOver(
  files: Record<string, string | Uint8Array>,
  settings: Partial<SessionSettings> = {},
): Promise<Session> {
  const session = new Session(new MemoryHost(files), {
    today: '2026-01-01',
    version: '0.0.0',
    grammars,
    ruleSet: 'audit',
    ...settings,
  });
  await session.load({ whole: [''] });
  await session.settle();
  return session;
}
