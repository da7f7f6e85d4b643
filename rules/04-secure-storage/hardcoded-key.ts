import { isPlaceholder, nodeRedSettings, rule, type Answer, type Expr, type Setting } from '../kit/index.js';

/** Bytes that stand in the source: a string, or an array whose every item is a known number. */
function constantBytes(value: Expr): boolean {
  const { call } = value;
  if (call?.callee === 'Buffer.from' && call.args[0]) return constantBytes(call.args[0]);
  if (value.literal === 'string') return value.value !== undefined && value.value.length >= 8;
  const items = value.parts;
  return (
    items.length >= 8 &&
    items.every((item) => item.literal === 'number') &&
    !items.every((item) => item.value === items[0]?.value)
  );
}

const judge =
  (what: string) =>
  ({ value, call }: Setting): Answer =>
    constantBytes(value) &&
    !/self_?test/i.test(call?.inside?.name ?? '') &&
    !value.names.some((name) => /pub(lic)?(_|[A-Z]|$)|^CONFIG_/i.test(name)) && {
      at: value,
      says: `the bytes of the ${what} stand in the source: every unit shares it and whoever reads the firmware has it`,
      ...(value.origin && { path: [{ at: value.origin, says: 'the bytes are written here' }] }),
    };

/** Node-RED seals the credentials of its flows with this word. */
const credentialSecret = nodeRedSettings((_, __, { fields }) => {
  const secret = fields.get('credentialSecret');
  return (
    secret?.literal === 'string' &&
    !isPlaceholder(secret.value ?? '') && {
      at: secret,
      says: 'the credentials of all flows are sealed with a word from the source: whoever reads it opens flows_cred.json of every unit',
    }
  );
});

export default rule({
  id: 'hardcoded-key',
  title: 'Cryptographic key in the source',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [321],
  why: 'A key that is compiled in protects nothing from anyone who holds a firmware file, and it is the same key in every unit.',
  attack:
    'A researcher takes the update file from your web site and looks for the tables next to the AES code; with the key they decrypt what all your devices store or send, and forge what they accept. Replacing the key means updating every unit at once.',
  instead:
    'Create the key on the device at first start (esp_fill_random, psa_generate_key, sys_csrand_get) or write one per unit at production, and keep it in encrypted NVS, a key partition or a secure element.',

  any: {
    setting: {
      'crypto.key': judge('key'),
    },
  },
  ts: { shape: [credentialSecret] },
  c: {
    setting: {
      'auth.psk': (setting) => setting.value.literal !== 'string' && judge('pre-shared key')(setting),
    },
  },

  bad: [
    {
      ts: "module.exports = { flowFile: 'flows.json', uiPort: 1880, credentialSecret: «'hub-flows-2024'» };",
    },
    {
      c: 'static uint8_t app_key[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };\nvoid f(void) { struct lorawan_join_config join = { 0 }; join.mode = LORAWAN_ACT_OTAA; join.otaa.app_key = «app_key»; lorawan_join(&join); }',
    },
    {
      ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-256-gcm', «Buffer.from('8f1c0de4a7b35296f0e1d2c3b4a59687', 'hex')», iv);",
    },
    {
      ts: "const crypto = require('crypto');\nconst SECRET = 'gateway-signing-2024';\ncrypto.createHmac('sha256', «SECRET»).update(body);",
    },
    {
      c: 'static const unsigned char key[16] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };\nvoid f(mbedtls_aes_context *c) { mbedtls_aes_setkey_enc(c, «key», 128); }',
    },
    {
      files: {
        'keys.h': '#define HMAC_SECRET "c0ffee-device-secret"\n',
        'auth.c':
          '#include "keys.h"\nvoid f(mbedtls_md_context_t *c) { mbedtls_md_hmac_starts(c, (const unsigned char *)«HMAC_SECRET», 20); }',
      },
    },
    {
      c: 'void f(mbedtls_ssl_config *conf) { const unsigned char psk[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }; mbedtls_ssl_conf_psk(conf, «psk», sizeof psk, id, id_len); }',
    },
  ],
  good: [
    {
      ts: "module.exports = { flowFile: 'flows.json', uiPort: 1880, credentialSecret: process.env.NODE_RED_CREDENTIAL_SECRET };",
    },
    { ts: "module.exports = { flowFile: 'flows.json', uiPort: 1880, credentialSecret: '' };" },
    { ts: "module.exports = { credentialSecret: 'hub-flows-2024', name: 'something else' };" },
    {
      c: 'static uint8_t app_key[16];\nvoid f(void) { struct lorawan_join_config join = { .mode = LORAWAN_ACT_OTAA, .otaa = { .app_key = app_key } }; settings_load_one("lora/key", app_key, 16); lorawan_join(&join); }',
    },
    {
      ts: "import { createHmac } from 'node:crypto'; createHmac('sha256', Buffer.from(process.env.KEY!, 'hex')); createHmac('sha256', stored.key);",
    },
    { ts: "import { createHmac } from './shapes'; createHmac('sha256', 'corner-radius-12');" },
    {
      c: 'static const unsigned char key[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };\nint aes_self_test(void) { return mbedtls_aes_setkey_enc(&ctx, key, 128); }',
    },
    {
      c: 'void f(mbedtls_aes_context *c) { unsigned char key[16]; esp_fill_random(key, sizeof key); mbedtls_aes_setkey_enc(c, key, 128); }',
    },
    {
      c: 'void f(mbedtls_aes_context *c) { unsigned char key[16] = { 0 }; load_key(key); mbedtls_aes_setkey_enc(c, key, 128); }',
    },
    {
      c: 'void f(const unsigned char *key) { mbedtls_md_hmac(info, key, 32, (const unsigned char *)"device-label", 12, out); }',
    },
    {
      c: 'static const uint8_t server_public_key[] = { 4, 2, 3, 4, 5, 6, 7, 8, 9, 10 };\nvoid f(psa_key_attributes_t *a) { psa_import_key(a, server_public_key, sizeof server_public_key, &id); }',
    },
  ],
});
