/** A session that came to its state by edits answers as a fresh one, and asks again only what an edit can matter to. */
import assert from 'node:assert/strict';
import { Traces } from '../../server/src/engine/link/traces.js';
import { Session } from '../../server/src/session.js';
import { MemoryHost, grammars } from '../support/memory-host.js';

/** Files that take names from each other in every way there is, with what each may be instead. */
const TREE: Readonly<Record<string, readonly string[]>> = {
  'include/auth.h': [
    '#define AUTH MBEDTLS_SSL_VERIFY_NONE\n#define set_auth mbedtls_ssl_conf_authmode\n',
    '\n\n/* moved down */\n#define AUTH MBEDTLS_SSL_VERIFY_NONE\n#define set_auth mbedtls_ssl_conf_authmode\n',
    '#define AUTH MBEDTLS_SSL_VERIFY_REQUIRED\n#define set_auth mbedtls_ssl_conf_authmode\n',
    '#define AUTH MBEDTLS_SSL_VERIFY_NONE\n',
    '',
  ],
  'include/deep.h': ['#include "auth.h"\n#include "inline.h"\n', '#include "auth.h"\n', ''],
  'include/attributes.h': [
    '#define IN_FLASH\n',
    '#define IN_FLASH __attribute__((section("f")))\n',
    '#define IN_FLASH 1\n',
    '',
  ],
  'include/inline.h': [
    'static inline void in_header(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n',
    'class Motor;\nstatic inline void in_header(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n',
  ],
  'main/net.c': [
    '#include "deep.h"\nvoid IN_FLASH (f)(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n',
    'void f(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n',
    '#define AUTH MBEDTLS_SSL_VERIFY_OPTIONAL\nvoid f(void) { mbedtls_ssl_conf_authmode(&conf, AUTH); }\n',
  ],
  'main/alias.c': ['IN_FLASH static void g(void) { set_auth(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n', ''],
  'src/config.ts': [
    "export const url = 'mqtt://broker.example';\nexport { verify } from './verify.js';\n",
    "\nexport const url = 'mqtt://broker.example';\nexport { verify } from './verify.js';\n",
    "export const url = 'mqtts://broker.example';\nexport const verify = true;\n",
    '',
  ],
  'src/verify.ts': [
    'export const verify = false;\n',
    '// off\nexport const verify = false;\n',
    'export const verify = true;\n',
  ],
  'src/client.ts': [
    "import mqtt from 'mqtt';\nimport { url, verify } from './config.js';\nmqtt.connect(url, { rejectUnauthorized: verify });\n",
    "import mqtt from 'mqtt';\nimport { url } from './config.js';\nmqtt.connect(url);\n",
  ],
  'package.json': ['{ "name": "device" }\n'],
};
const STEPS = 150;

describe('a session after edits', function () {
  this.timeout(60_000);

  for (const seed of [1, 2, 3])
    it(`answers as a fresh one (walk ${String(seed)})`, async () => {
      const next = random(seed);
      const host = new MemoryHost(
        Object.fromEntries(Object.entries(TREE).map(([file, [text = '']]) => [file, text])),
      );
      const edited = sessionOf(host);
      await edited.load({ whole: [''] });
      await edited.settle();
      const opened = new Set<string>();
      for (let step = 0; step < STEPS; step++) {
        const files = Object.keys(TREE);
        const file = files[Math.floor(next() * files.length)] ?? '';
        const texts = TREE[file] ?? [];
        const text = texts[Math.floor(next() * texts.length)] ?? '';
        if (file === 'package.json') {
          for (const each of opened) await edited.close(each);
          opened.clear();
        } else if (next() < 0.15 && file in host.files) {
          Reflect.deleteProperty(host.files, file);
          if (opened.delete(file)) await edited.close(file);
          else await edited.refresh(file);
        } else {
          host.files[file] = text;
          if (opened.has(file) || next() < 0.4) {
            opened.add(file);
            edited.open(file, text);
          } else await edited.refresh(file);
        }
        if (next() < 0.3) await edited.settle(interrupting(next)).catch(() => undefined);
        if (next() < 0.5) continue;
        await edited.settle();
        const fresh = sessionOf(host);
        await fresh.load({ whole: [''] });
        await fresh.settle();
        assert.deepEqual(said(edited), said(fresh), `after step ${String(step)}`);
        fresh.dispose();
      }
      edited.dispose();
    });

  it('asks again only the files that took what changed', () => {
    const traces = new Traces();
    traces.name('a.c', 'PORT');
    traces.name('b.c', 'HOST');
    traces.file('client.ts', 'config.ts');
    traces.file('config.ts', 'verify.ts');
    traces.file('other.ts', 'else.ts');
    traces.name('verify.ts', 'x');
    const reach = (files: string[], names: string[]): string[] => [...traces.reach(files, names)].sort();
    assert.deepEqual(reach([], ['PORT']), ['a.c']);
    assert.deepEqual(reach(['verify.ts'], []), ['client.ts', 'config.ts', 'verify.ts']);
    assert.deepEqual(reach(['a.c'], []), ['a.c']);
    assert.deepEqual(reach([], ['NOBODY_ASKED']), []);
  });

  it('comes to rest where imports lead in a circle', () => {
    const traces = new Traces();
    traces.file('a.ts', 'b.ts');
    traces.file('b.ts', 'a.ts');
    assert.deepEqual([...traces.reach(['a.ts'], [])], ['a.ts', 'b.ts']);
  });
});

function sessionOf(host: MemoryHost): Session {
  return new Session(host, { today: '2026-01-01', version: '0.0.0', grammars, ruleSet: 'audit' });
}

/** All that a report says but for what tells nothing of the code. */
function said(session: Session): unknown {
  const { findings, evidence, notAnalysed, summary } = session.report();
  return { findings, evidence, notAnalysed, summary };
}

/** Somebody goes on typing while the session settles. */
function interrupting(next: () => number): () => Promise<void> {
  return () => (next() < 0.1 ? Promise.reject(new Error('typed')) : Promise.resolve());
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
