import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'tls-old-version',
  title: 'TLS older than 1.2 is accepted',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [327],
  why: 'SSL 3, TLS 1.0 and TLS 1.1 are withdrawn: their record protection and their signatures over MD5 and SHA-1 can be attacked, and an attacker on the path chooses the oldest version that both sides still accept.',
  attack:
    'Someone on the path drops the first handshakes until device and server fall back to the oldest version both allow. The rest is a published attack on that version, with tools that recover session cookies and passwords from the traffic.',
  instead: 'Accept TLS 1.2 and later; where both ends are yours, ask for TLS 1.3.',

  any: {
    setting: {
      'tls.min-version': ({ value, means, spelling }) => {
        if (means === 'on')
          return {
            at: value,
            shows: `TLS is limited to current versions by ${value.text}`,
            provision: '5.5-1',
          };
        const on = spelling('on');
        return (
          means === 'old' && {
            at: value,
            says: `${value.text} lets the connection fall back to a TLS version that is broken`,
            ...(on !== undefined && { fixes: [suggest(value, on, `Ask for ${on} or later`)] }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import tls from 'node:tls'; tls.connect({ host, minVersion: «'TLSv1'» });",
      becomes: "import tls from 'node:tls'; tls.connect({ host, minVersion: 'TLSv1.2' });",
    },
    {
      ts: "const https = require('https');\nconst METHOD = 'TLSv1_1_method';\nhttps.createServer({ key, cert, secureProtocol: «METHOD» }, app);",
    },
    {
      c: 'void f(SSL_CTX *ctx) { SSL_CTX_set_min_proto_version(ctx, «TLS1_VERSION»); }',
      becomes: 'void f(SSL_CTX *ctx) { SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION); }',
    },
    {
      c: 'void f(void) { mbedtls_ssl_conf_min_version(&conf, MBEDTLS_SSL_MAJOR_VERSION_3, «MBEDTLS_SSL_MINOR_VERSION_1»); }',
      becomes:
        'void f(void) { mbedtls_ssl_conf_min_version(&conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3); }',
    },
    {
      c: 'void f(CURL *c) { const long version = CURL_SSLVERSION_TLSv1_1; curl_easy_setopt(c, CURLOPT_SSLVERSION, «version»); }',
    },
    { c: 'SSL_CTX *f(void) { return SSL_CTX_new(«TLSv1_client_method»()); }' },
    {
      ts: "import { io } from 'aws-iot-device-sdk-v2';\nconst options = new io.TlsContextOptions();\noptions.min_tls_version = «io.TlsVersion.TLSv1_1»;\nconst context = new io.ClientTlsContext(options);",
    },
  ],
  good: [
    {
      ts: "import { io } from 'aws-iot-device-sdk-v2';\nconst options = new io.TlsContextOptions();\noptions.verify_peer = true;\nconst context = new io.ClientTlsContext(options);",
    },
    { ts: "import tls from 'node:tls'; tls.createSecureContext({ minVersion: 'TLSv1.3' });", shows: '5.5-1' },
    { ts: "import mqtt from 'mqtt'; mqtt.connect(url, { maxVersion: 'TLSv1.2', ca });" },
    { c: 'void f(SSL_CTX *ctx) { SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION); }', shows: '5.5-1' },
    { c: 'SSL_CTX *f(void) { return SSL_CTX_new(TLS_client_method()); }' },
    { c: 'void f(CURL *c, long version) { curl_easy_setopt(c, CURLOPT_SSLVERSION, version); }' },
    { c: 'void f(SSL_CTX *ctx) { SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION); }' },
  ],
});
