import { rule, type Answer, type Option } from '../kit/index.js';

const old = (option: Option): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} builds in a TLS version that was withdrawn for its weaknesses`,
    fixes: [{ title: 'Leave the old version out', edits: [option.set('n')], safe: false }],
    // Its Mbed TLS 3 knows none of them.
    unlessVersion: { 'esp-idf': '>=5.0.0' },
  };
const define = (option: Option): Answer => ({
  at: option,
  says: 'this define builds in a TLS version that was withdrawn for its weaknesses',
});

export default rule({
  id: 'old-tls-in-config',
  title: 'Withdrawn TLS version built in',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.6-6'],
  cwe: [327, 757],
  why: 'SSL 3.0, TLS 1.0 and TLS 1.1 are deprecated; as long as they are built in, a server or an attacker may get them used.',
  attack:
    'Someone on the path answers with an old protocol version only. The device still has it, accepts MD5 and SHA-1 signatures and weak record encryption with it, and known attacks on these versions apply again.',
  instead: 'Build TLS 1.2 and TLS 1.3 only. Servers that speak nothing newer than TLS 1.1 must be updated.',

  any: {
    option: {
      CONFIG_MBEDTLS_SSL_PROTO_SSL3: old,
      CONFIG_MBEDTLS_SSL_PROTO_TLS1: old,
      CONFIG_MBEDTLS_SSL_PROTO_TLS1_1: old,
      'define:MBEDTLS_SSL_PROTO_SSL3': define,
      'define:MBEDTLS_SSL_PROTO_TLS1': define,
      'define:MBEDTLS_SSL_PROTO_TLS1_1': define,
      'define:WOLFSSL_ALLOW_SSLV3': define,
      'define:WOLFSSL_ALLOW_TLSV10': define,
      CONFIG_MBEDTLS_SSL_PROTO_TLS1_3: (option) =>
        option.value === 'y' && { at: option, shows: 'TLS 1.3 is built in', provision: '5.5-1' },
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults':
          '«CONFIG_MBEDTLS_SSL_PROTO_TLS1=y»\n«CONFIG_MBEDTLS_SSL_PROTO_TLS1_1=y»\nCONFIG_MBEDTLS_SSL_PROTO_TLS1_2=y\n',
      },
      becomes:
        'CONFIG_MBEDTLS_SSL_PROTO_TLS1=n\nCONFIG_MBEDTLS_SSL_PROTO_TLS1_1=n\nCONFIG_MBEDTLS_SSL_PROTO_TLS1_2=y\n',
    },
    {
      files: { sdkconfig: '«CONFIG_MBEDTLS_SSL_PROTO_SSL3=y»\n' },
      becomes: 'CONFIG_MBEDTLS_SSL_PROTO_SSL3=n\n',
    },
    { files: { 'mbedtls_config.h': '#define MBEDTLS_SSL_PROTO_TLS1_1 «1»\n' } },
    { files: { 'user_settings.h': '#define WOLFSSL_ALLOW_TLSV10 «1»\n' } },
  ],
  good: [
    {
      files: {
        'sdkconfig.defaults': 'CONFIG_MBEDTLS_SSL_PROTO_TLS1=y\n',
        'main/idf_component.yml': 'dependencies:\n  idf: ">=5.1"\n',
      },
    },
    {
      files: { sdkconfig: '# CONFIG_MBEDTLS_SSL_PROTO_TLS1 is not set\nCONFIG_MBEDTLS_SSL_PROTO_TLS1_2=y\n' },
    },
    { files: { 'user_settings.h': '#define NO_OLD_TLS\n#define WOLFSSL_TLS13\n' } },
    { files: { 'sdkconfig.defaults': 'CONFIG_MBEDTLS_SSL_PROTO_TLS1_3=y\n' }, shows: '5.5-1' },
    { files: { 'mbedtls_config.h': '#define MBEDTLS_SSL_PROTO_TLS1_2\n//#define MBEDTLS_SSL_PROTO_TLS1\n' } },
  ],
});
