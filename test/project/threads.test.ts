/** Threads change nothing but the time it takes. */
import assert from 'node:assert/strict';
import type { Threads } from '../../server/src/host/host.js';
import { NodeHost } from '../../server/src/host/node.js';
import { type ReadTask, Reader, type ReaderSetup } from '../../server/src/project/reader.js';
import type { Report } from '../../server/src/report/model.js';
import { Session } from '../../server/src/session.js';
import { Folder } from '../support/cli.js';
import { DEVICES, deviceSession, wasmFolder } from '../support/devices.js';
import { MemoryHost, grammars } from '../support/memory-host.js';

/** Many small files that take names from each other, in both languages. */
function generated(): Record<string, string> {
  const files: Record<string, string> = {
    'include/auth.h': '#define AUTH MBEDTLS_SSL_VERIFY_NONE\n#define set_auth mbedtls_ssl_conf_authmode\n',
    'include/attributes.h': '#define IN_FLASH __attribute__((section("flash")))\n',
    'src/config.ts': "export const url = 'mqtt://broker.example';\n",
  };
  for (let index = 0; index < 60; index++) {
    const name = String(index).padStart(2, '0');
    files[`main/net${name}.c`] =
      `#include "auth.h"\nIN_FLASH void f${name}(void) { set_auth(&conf, AUTH); printf(text${name}); }\n`;
    files[`src/client${name}.ts`] =
      `import mqtt from 'mqtt';\nimport { url } from './config.js';\nmqtt.connect(url${index % 2 ? '' : ', {}'});\n`;
  }
  return files;
}

/** Threads of a host without any: the same code, in place. */
class FakeThreads extends MemoryHost {
  started = 0;
  closed = 0;

  constructor(
    files: Record<string, string>,
    private readonly dies: (task: ReadTask) => boolean = () => false,
  ) {
    super(files);
  }

  threads(setup: unknown): Promise<Threads> {
    this.started++;
    const reader = new Reader(setup as ReaderSetup);
    return Promise.resolve({
      run: async (task) => {
        if (this.dies(task as ReadTask)) throw new Error('the thread is gone');
        // As between threads: nothing but plain values comes through.
        return structuredClone(await reader.read(structuredClone(task) as ReadTask));
      },
      close: () => {
        this.closed++;
        return Promise.resolve();
      },
    });
  }
}

async function reportOf(session: Session): Promise<Report> {
  await session.load({ whole: [''] });
  await session.settle();
  return session.report();
}

const settings = {
  today: '2026-01-01',
  version: '0.0.0',
  grammars,
  ruleSet: 'audit',
  worthThreads: 0,
} as const;

describe('threads', function () {
  this.timeout(120_000);

  for (const device of DEVICES)
    it(`find the same as one: ${device}`, async () => {
      const one = (await deviceSession(device)).report();
      assert.ok(one.findings.length > 0);
      for (const jobs of [2, 3])
        assert.deepEqual((await deviceSession(device, { jobs, worthThreads: 0 })).report(), one);
    });

  it('find the same as one in many files, in the same order', async () => {
    const folder = new Folder(generated());
    try {
      const host = new NodeHost(folder.path, wasmFolder);
      const [one, ...others] = await Promise.all(
        [1, 2, 4].map((jobs) => reportOf(new Session(host, { ...settings, jobs }))),
      );
      assert.ok((one?.findings.length ?? 0) >= 120);
      for (const other of others) assert.deepEqual(other, one);
    } finally {
      folder.remove();
    }
  });

  it('are not started for little work', async () => {
    const host = new FakeThreads(generated());
    await reportOf(new Session(host, { ...settings, jobs: 2, worthThreads: 1_000_000 }));
    assert.equal(host.started, 0);
  });

  it('are sent away when all is read', async () => {
    const host = new FakeThreads(generated());
    await reportOf(new Session(host, { ...settings, jobs: 2 }));
    assert.deepEqual([host.started, host.closed], [1, 1]);
  });

  it('that die cost the file that they read, and say so', async () => {
    const host = new FakeThreads(generated(), ({ text }) => text.includes('f07'));
    const report = await reportOf(new Session(host, { ...settings, jobs: 3 }));
    const whole = await reportOf(new Session(new MemoryHost(generated()), settings));
    assert.deepEqual(
      report.notAnalysed.map(({ file, reason }) => `${file}: ${reason}`),
      ['main/net07.c: reading it failed: the thread is gone'],
    );
    assert.deepEqual(
      report.findings,
      whole.findings.filter(({ file }) => file !== 'main/net07.c'),
    );
  });

  it('may be interrupted and go on', async () => {
    const session = new Session(new FakeThreads(generated()), { ...settings, jobs: 2 });
    await session.load({ whole: [''] });
    let left = 5;
    const typing = (): Promise<void> => (left-- > 0 ? Promise.reject(new Error('typed')) : Promise.resolve());
    for (let tries = 0; tries < 5; tries++) await assert.rejects(session.settle(typing), /typed/);
    await session.settle();
    assert.deepEqual(session.report(), await reportOf(new Session(new MemoryHost(generated()), settings)));
  });
});
