/** What the product's own config does to findings under `#if`. */
import assert from 'node:assert/strict';
import { sessionOver } from './support/memory-host.js';

const call = 'mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE);';
const CODE = `void f(void) {
#if CONFIG_CLOUD
  ${call}
#else
  ${call}
#endif
}
`;

/** `line severity` of each finding, and whether it says that it is not built. */
async function findings(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { rules: ['tls-verify-off'] });
  return session
    .report()
    .findings.map(
      ({ range, severity, message }) =>
        `${String(range.start.line)} ${severity}${message.includes('not built') ? ' not built' : ''}`,
    );
}

describe('a finding under an #if', () => {
  it('is as severe as ever where no config decides', async () => {
    assert.deepEqual(await findings({ 'main.c': CODE }), ['3 error', '5 error']);
  });

  it('is only told where the config leaves its branch out', async () => {
    assert.deepEqual(await findings({ 'main.c': CODE, 'prj.conf': 'CONFIG_CLOUD=y\n' }), [
      '3 error',
      '5 info not built',
    ]);
    assert.deepEqual(await findings({ 'main.c': CODE, 'prj.conf': '# CONFIG_CLOUD is not set\n' }), [
      '3 info not built',
      '5 error',
    ]);
  });

  it('is as severe as ever where two configs differ', async () => {
    const files = { 'main.c': CODE, 'prj.conf': 'CONFIG_CLOUD=y\n', 'prj_lab.conf': 'CONFIG_CLOUD=n\n' };
    assert.deepEqual(await findings(files), ['3 error', '5 error']);
  });

  it('is left out where a generated sdkconfig does not name the symbol, and not where defaults do not', async () => {
    assert.deepEqual(await findings({ 'main.c': CODE, sdkconfig: 'CONFIG_OTHER=y\n' }), [
      '3 info not built',
      '5 error',
    ]);
    assert.deepEqual(await findings({ 'main.c': CODE, 'sdkconfig.defaults': 'CONFIG_OTHER=y\n' }), [
      '3 error',
      '5 error',
    ]);
  });

  it('follows the config of its own product', async () => {
    const files = {
      'a/main.c': CODE,
      'a/prj.conf': 'CONFIG_CLOUD=y\n',
      'b/main.c': CODE,
      'b/prj.conf': 'CONFIG_CLOUD=n\n',
    };
    assert.deepEqual(await findings(files), ['3 error', '5 info not built', '3 info not built', '5 error']);
  });
});

describe('macros in skarp.json', () => {
  const odd = `void f(void) { x = OUR_ODD(int y, *) 1 ${call} }`;

  it('are read away, arguments and all', async () => {
    const told = await sessionOver({ 'main.c': `OUR_ODD(int y; *) void f(void) { ${call} }` }, {});
    assert.equal(told.report().findings.length, 1);
    const plain = await sessionOver({ 'main.c': odd }, { rules: ['tls-verify-off'] });
    const gap = plain.report().notAnalysed.find(({ reason }) => reason.includes('OUR_ODD'));
    assert.match(gap?.reason ?? '', /name it under "macros" in skarp.json/);
    const mended = await sessionOver(
      { 'main.c': odd.replace('1 ', '1; '), 'skarp.json': '{ "macros": ["OUR_ODD"] }' },
      { rules: ['tls-verify-off'] },
    );
    assert.deepEqual(mended.report().notAnalysed, []);
    assert.equal(mended.report().findings.length, 1);
  });
});
