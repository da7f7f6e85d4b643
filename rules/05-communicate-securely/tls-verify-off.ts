import { rule, suggest, type Call, type ProductView } from '../kit/index.js';

/** A server that asks its clients for no certificate is the usual case, and another question. */
function isServer(call: Call | undefined): boolean {
  const words = [call?.inside?.name, call?.args[0]?.text, ...(call?.inside?.calls ?? [])];
  return words.some((word) => word !== undefined && /server|listen|accept/i.test(word));
}

const SUITE = [
  'wolfSSL_get_cipher_name',
  'wolfSSL_get_cipher',
  'SSL_get_current_cipher',
  'SSL_CIPHER_get_name',
];

/** Whoever looks at the cipher suite first knows one with a pre-shared key, in which nobody has a certificate. */
function knowsSuite(call: Call | undefined): boolean {
  return SUITE.some((name) => call?.inside?.calls.has(name));
}

const AUTHMODE = 'mbedtls_ssl_conf_authmode';
/** Mbed TLS: OPTIONAL goes on with any certificate, unless the code looks at the result or decides in a callback. */
const ASKS = ['mbedtls_ssl_get_verify_result', 'mbedtls_ssl_conf_verify', 'mbedtls_ssl_set_verify'];

export default rule({
  id: 'tls-verify-off',
  title: 'TLS peer is not verified',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295],
  why: 'Encryption without authentication protects nothing: anyone on the path can present a certificate of their own and read or change the traffic.',
  attack:
    'Someone who shares the Wi-Fi, or who runs the access point, answers in the name of your server with a certificate made on the spot. The device accepts it, hands over its credentials and obeys the commands that come back.',
  instead:
    'Require verification and give the device the trust anchor of its server: a CA certificate or the certificate bundle of the SDK.',

  any: {
    setting: {
      'tls.verify-peer': ({ value, means, spelling, call }) => {
        const on = spelling('on');
        return (
          (means === 'off' || (means === 'weak' && call?.callee !== AUTHMODE)) &&
          !isServer(call) &&
          !knowsSuite(call) && {
            at: value,
            says: `${value.text} lets any server in the middle pose as yours`,
            ...(on !== undefined &&
              value.kind !== 'address' && { fixes: [suggest(value, on, 'Require a verified certificate')] }),
          }
        );
      },
    },
  },
  c: {
    product: {
      needs: [AUTHMODE, ...ASKS],
      *judge(product: ProductView) {
        if (ASKS.some((name) => product.calls(name).length > 0)) return;
        for (const call of product.calls(AUTHMODE)) {
          const mode = call.args[1];
          if (mode?.names.includes('MBEDTLS_SSL_VERIFY_OPTIONAL') === true && !isServer(call))
            yield {
              at: mode,
              says: `${mode.text} goes on with any certificate, and nothing looks at mbedtls_ssl_get_verify_result afterwards`,
              fixes: [suggest(mode, 'MBEDTLS_SSL_VERIFY_REQUIRED', 'Require a verified certificate')],
            };
        }
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { mbedtls_ssl_conf_authmode(&conf, «MBEDTLS_SSL_VERIFY_NONE»); }',
      becomes: 'void f(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_REQUIRED); }',
    },
    {
      ts: "import nodemailer from 'nodemailer';\nnodemailer.createTransport({ host: 'mail.maker.com', tls: { rejectUnauthorized: «false» } });",
      becomes:
        "import nodemailer from 'nodemailer';\nnodemailer.createTransport({ host: 'mail.maker.com', tls: { rejectUnauthorized: true } });",
    },
    {
      ts: "import { Pool } from 'pg';\nimport Redis from 'ioredis';\nnew Pool({ host: 'db', ssl: { rejectUnauthorized: «false» } });\nnew Redis({ host: 'cache', tls: { rejectUnauthorized: «false» } });",
    },
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect(url, { rejectUnauthorized: «false» });",
      becomes: "import mqtt from 'mqtt'; mqtt.connect(url, { rejectUnauthorized: true });",
    },
    {
      files: {
        'tls.h': '#define CLOUD_AUTH MBEDTLS_SSL_VERIFY_OPTIONAL\n',
        'tls.c': '#include "tls.h"\nvoid f(void) { mbedtls_ssl_conf_authmode(&conf, «CLOUD_AUTH»); }',
      },
    },
    {
      c: 'void f(int s) { int verify = TLS_PEER_VERIFY_NONE; setsockopt(s, SOL_TLS, TLS_PEER_VERIFY, «&verify», sizeof verify); }',
    },
    {
      ts: "import { connect as dial } from 'node:tls';\nconst options = { host };\noptions.rejectUnauthorized = «false»;\ndial(options);",
      becomes:
        "import { connect as dial } from 'node:tls';\nconst options = { host };\noptions.rejectUnauthorized = true;\ndial(options);",
    },
    {
      ts: "import { io } from 'aws-iot-device-sdk-v2';\nconst options = new io.TlsContextOptions();\noptions.verify_peer = «false»;\nconst context = new io.ClientTlsContext(options);",
      becomes:
        "import { io } from 'aws-iot-device-sdk-v2';\nconst options = new io.TlsContextOptions();\noptions.verify_peer = true;\nconst context = new io.ClientTlsContext(options);",
    },
    {
      c: 'void f(coap_context_t *c) { coap_dtls_pki_t pki = { .version = COAP_DTLS_PKI_SETUP_VERSION, .verify_peer_cert = «0» }; coap_context_set_pki(c, &pki); }',
      becomes:
        'void f(coap_context_t *c) { coap_dtls_pki_t pki = { .version = COAP_DTLS_PKI_SETUP_VERSION, .verify_peer_cert = 1 }; coap_context_set_pki(c, &pki); }',
    },
    {
      c: 'void f(struct mg_connection *c) { struct mg_tls_opts opts = { .ca = ca, .skip_verification = «true» }; mg_tls_init(c, &opts); }',
    },
    {
      c: 'void f(mqtt_client_config *c) { struct mqtt_sec_config *tls = tls_of(c); struct mqtt_sec_config own; own.peer_verify = «TLS_PEER_VERIFY_NONE»; *tls = own; }',
    },
    {
      ts: "import got from 'got';\nexport const api = got.extend({ prefixUrl: 'https://api.maker.com', https: { rejectUnauthorized: «false» } });",
    },
    {
      ts: "import { Agent, setGlobalDispatcher } from 'undici';\nsetGlobalDispatcher(new Agent({ connect: { rejectUnauthorized: «false» } }));",
    },
  ],
  good: [
    {
      c: 'void f(WOLFSSL *ssl) { const char *name = «guard: wolfSSL_get_cipher_name»(ssl); if (strstr(name, "PSK")) wolfSSL_set_verify(ssl, WOLFSSL_VERIFY_NONE, check); }',
    },
    {
      ts: "import got from 'got';\nimport { Agent } from 'undici';\nexport const api = got.extend({ https: { certificateAuthority: ca } });\nexport const agent = new Agent({ connect: { ca } });",
    },
    { c: 'void f(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_REQUIRED); }' },
    {
      ts: "import { createTransport } from 'nodemailer';\ncreateTransport({ host: 'mail.maker.com', tls: { rejectUnauthorized: true, servername } });",
    },
    {
      c: 'int f(mbedtls_ssl_context *ssl) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_OPTIONAL); mbedtls_ssl_handshake(ssl); return «guard: mbedtls_ssl_get_verify_result(ssl) == 0 &&» mbedtls_ssl_write(ssl, m, n) > 0; }',
    },
    { ts: "import tls from 'node:tls'; tls.connect({ rejectUnauthorized: true, ca });" },
    { ts: "import { connect } from './database'; connect({ rejectUnauthorized: false });" },
    {
      c: 'void load(struct listener *listener) { SSL_CTX_set_verify(listener->ctx, SSL_VERIFY_NONE, NULL); }',
    },
    {
      c: '/* mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE); */ void f(void) { log("VERIFY_NONE"); }',
    },
  ],
});
