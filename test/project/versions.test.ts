/** What a product is built with decides whether some findings stand, and is named in those that do. */
import assert from 'node:assert/strict';
import { sessionOver } from '../support/memory-host.js';

const DIAL =
  'void dial(void) { mbedtls_ssl_config_defaults(&conf, MBEDTLS_SSL_IS_CLIENT, 0, 0); mbedtls_ssl_handshake(&ssl); }\n';
const SEAL = "const crypto = require('crypto');\nexports.seal = (p) => crypto.createCipher('aes192', p);\n";

async function messages(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { rules: ['tls-name-unchecked', 'cipher-without-iv'] });
  return session.outcome().findings.map(({ message }) => message);
}

/** What is said of C code that names no server, beside files that tell the version of ESP-IDF. */
const dialled = (files: Record<string, string>): Promise<string[]> =>
  messages({ 'main/dial.c': DIAL, 'sdkconfig.defaults': '', ...files });
const sealed = (engines: unknown): Promise<string[]> =>
  messages({ 'package.json': JSON.stringify({ name: 'hub', engines }, undefined, 2), 'seal.js': SEAL });

const lock = (version: string): Record<string, string> => ({
  'dependencies.lock': `dependencies:\n  idf:\n    source:\n      type: idf\n    version: ${version}\n`,
});
const config = (version: string): Record<string, string> => ({
  sdkconfig: `#\n# Automatically generated file. DO NOT EDIT.\n# Espressif IoT Development Framework (ESP-IDF) ${version} Project Configuration\n#\n`,
});
const component = (range: string): Record<string, string> => ({
  'main/idf_component.yml': `dependencies:\n  idf: "${range}"\n  espressif/mdns: "^1.2"\n`,
});

describe('the version that a product is built with', () => {
  it('is named in what stands', async () => {
    for (const [files, says] of [
      [lock('5.2.5'), '(dependencies.lock: ESP-IDF 5.2.5)'],
      [config('4.4.8'), '(sdkconfig: ESP-IDF 4.4.8)'],
      [component('>=5.1'), '(main/idf_component.yml: ESP-IDF >=5.1)'],
    ] as const) {
      const [message] = await dialled(files);
      assert.ok(message?.endsWith(says), message);
    }
    const [message] = await sealed({ node: '>=18' });
    assert.ok(message?.endsWith('(package.json: Node >=18)'), message);
  });

  it('leaves out what does not concern it, from the very release on', async () => {
    for (const [no, yes] of [
      ['5.2.5', '5.2.6'],
      ['5.3.3', '5.3.4'],
      ['5.4.1', '5.4.2'],
      ['5.4.1', '5.5.0'],
    ] as const) {
      assert.equal((await dialled(lock(no))).length, 1, no);
      assert.deepEqual(await dialled(lock(yes)), [], yes);
      assert.deepEqual(await dialled(config(yes)), [], yes);
    }
    assert.deepEqual(await dialled(component('>=5.5')), []);
    assert.equal((await sealed({ node: '>=20 <23' })).length, 1);
    assert.deepEqual(await sealed({ node: '^22.1 || >=24' }), []);
  });

  it('is taken from what is pinned rather than from what is allowed', async () => {
    assert.deepEqual(await dialled({ ...component('>=4.4'), ...lock('5.5.1') }), []);
    assert.equal((await dialled({ ...component('>=5.5'), ...lock('5.1.2') })).length, 1);
  });

  it('must hold for all that is built', async () => {
    assert.equal((await dialled({ ...config('5.5.1'), ...lock('5.1.2') })).length, 1);
  });

  it('is that of the product, not of its neighbour', async () => {
    const found = await messages({
      'new/main/dial.c': DIAL,
      'new/sdkconfig': config('5.5.1')['sdkconfig'] ?? '',
      'old/main/dial.c': DIAL,
      'old/sdkconfig': config('5.1.0')['sdkconfig'] ?? '',
    });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /old\/sdkconfig/);
  });

  it('is unknown, and nothing is said of it, where the files do not tell', async () => {
    const unknown = await dialled({});
    assert.equal(unknown.length, 1);
    for (const files of [component('*'), component('latest'), lock('v5'), config('unknown'), lock('')])
      assert.deepEqual(await dialled(files), unknown, JSON.stringify(files));
    for (const engines of [undefined, null, 'x', { node: 22 }, { node: 'lts/*' }, { npm: '>=9' }])
      assert.deepEqual(await sealed(engines), await sealed({}), JSON.stringify(engines));
    assert.equal((await messages({ 'package.json': '{ "engines": ', 'seal.js': SEAL })).length, 1);
  });
});
