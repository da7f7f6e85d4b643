/** What is kept between runs saves reading and changes nothing; whatever is wrong with it is read anew. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../server/src/host/host.js';
import { NodeStore } from '../../server/src/host/node-store.js';
import type { RuleSetName } from '../../server/src/project/config.js';
import { Session } from '../../server/src/session.js';
import { Folder } from '../support/cli.js';
import { MemoryHost, grammars } from '../support/memory-host.js';

const FILES: Readonly<Record<string, string>> = {
  'auth.h':
    '#define AUTH MBEDTLS_SSL_VERIFY_NONE\n#define set_auth mbedtls_ssl_conf_authmode\n#define IN_FLASH\n',
  'a.c': 'void IN_FLASH f(void) { set_auth(&conf, AUTH); }\n',
  'b.c': 'void g(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n',
  'config.ts': "export const url = 'mqtt://broker.example';\n",
  'client.ts': "import mqtt from 'mqtt';\nimport { url } from './config.js';\nmqtt.connect(url);\n",
};

/** Counts what is found in it and what is put into it. */
class Counting implements Store {
  hits = 0;
  puts = 0;

  constructor(
    private readonly inner: Store,
    readonly maker = inner.maker,
  ) {}

  async read(key: string): Promise<string | undefined> {
    const found = await this.inner.read(key);
    if (found !== undefined) this.hits++;
    return found;
  }

  write(key: string, body: string): Promise<void> {
    this.puts++;
    return this.inner.write(key, body);
  }

  tidy(): Promise<void> {
    return this.inner.tidy();
  }
}

class StoringHost extends MemoryHost {
  constructor(
    files: Readonly<Record<string, string>>,
    private readonly kept: Store,
  ) {
    super({ ...files });
  }

  store(): Promise<Store> {
    return Promise.resolve(this.kept);
  }
}

describe('the cache', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  async function run(
    files: Readonly<Record<string, string>> = FILES,
    { maker = 'one', ruleSet = 'audit' }: { maker?: string; ruleSet?: RuleSetName } = {},
  ): Promise<{ report: unknown; hits: number; puts: number }> {
    const store = new Counting(new NodeStore(folder.path, maker));
    const session = new Session(new StoringHost(files, store), {
      today: '2026-01-01',
      version: '0.0.0',
      grammars,
      ruleSet,
    });
    await session.load({ whole: [''] });
    await session.settle();
    return { report: session.report(), hits: store.hits, puts: store.puts };
  }

  const entries = (): string[] => folder.files().map((file) => folder.at(file));
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('spares a second run all reading, and changes nothing', async () => {
    const first = await run();
    assert.ok(first.hits === 0 && first.puts >= 4);
    const second = await run();
    assert.deepEqual([second.hits, second.puts], [first.puts, 0]);
    assert.deepEqual(second.report, first.report);
  });

  it('reads again what changed, and what its facts hang on', async () => {
    await run();
    const change = async (file: string, text: string): Promise<number> =>
      (await run({ ...FILES, [file]: text })).puts;
    assert.equal(await change('b.c', `\n${FILES['b.c'] ?? ''}`), 1, 'its own text');
    assert.equal(
      await change('auth.h', `/* moved */\n${FILES['auth.h'] ?? ''}`),
      0,
      'only the place of a macro',
    );
    const header = FILES['auth.h'] ?? '';
    assert.equal(
      await change('auth.h', header.replace('#define IN_FLASH\n', '')),
      1,
      'a mask that a.c mentions',
    );
    assert.equal(await change('auth.h', `${header}#define OTHER\n`), 0, 'a mask that nobody mentions');
    assert.equal((await run(FILES, { ruleSet: 'default' })).hits, 0, 'the rules');
    assert.equal((await run(FILES, { maker: 'two' })).hits, 0, 'the code that reads');
  });

  it('takes no notice of entries that are damaged, cut off or of another shape', async () => {
    const { report } = await run();
    const wreck: Record<string, (text: string) => string> = {
      'other bytes': (text) => text.replace('"lang"', '"long"'),
      'cut off': (text) => text.slice(0, text.length / 2),
      empty: () => '',
      'no JSON': () => `${sha256('{')}\n{`,
      null: () => `${sha256('null')}\nnull`,
      'another shape': () => `${sha256('{"lang":"c"}')}\n{"lang":"c"}`,
      'places outside of the text': (text) => {
        const body = text.slice(text.indexOf('\n') + 1).replace(/"end":\d+/g, '"end":99999999');
        return `${sha256(body)}\n${body}`;
      },
      'a list that is none': (text) => {
        const body = text.slice(text.indexOf('\n') + 1).replace(/"args":\[/, '"args":{},"x":[');
        return `${sha256(body)}\n${body}`;
      },
      'nested too deep': () => {
        const deep = `{"calls":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
        return `${sha256(deep)}\n${deep}`;
      },
    };
    for (const [what, how] of Object.entries(wreck)) {
      for (const entry of entries()) writeFileSync(entry, how(readFileSync(entry, 'utf8')));
      const again = await run();
      assert.deepEqual(again.report, report, what);
      assert.ok(again.puts > 0, what);
    }
  });

  it('leaves nothing half written, and nothing that others can read', async () => {
    await run();
    for (const entry of entries()) {
      assert.match(entry, /\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
      assert.equal(statSync(entry).mode & 0o77, 0);
    }
  });

  it('drops what was not used for the longest time', async () => {
    const key = (index: number): string => sha256(String(index));
    const store = new NodeStore(folder.path, 'one', 5000);
    for (let index = 0; index < 10; index++) {
      await store.write(key(index), 'x'.repeat(1000));
      const path = join(folder.path, key(index).slice(0, 2), key(index));
      utimesSync(path, index * 1000, index * 1000);
    }
    await store.tidy();
    const left = await Promise.all([0, 5, 6, 7, 8, 9].map((index) => store.read(key(index))));
    assert.deepEqual(
      left.map((found) => found !== undefined),
      [false, false, false, true, true, true],
    );
  });

  it('that cannot be written is none', async () => {
    writeFileSync(folder.at('file'), '');
    const store = new NodeStore(folder.at('file'), 'one');
    await store.write(sha256('a'), 'body');
    await store.tidy();
    assert.equal(await store.read(sha256('a')), undefined);
    assert.deepEqual(readdirSync(folder.path), ['file']);
  });
});
