import { rule, type Expr } from '../kit/index.js';

/** Zeros, or bytes that stand in the source. An empty IV goes with modes that take none. */
function constant(iv: Expr): boolean {
  const { call } = iv;
  if (call?.callee === 'Buffer.alloc') return call.args.length < 2 || call.args[1]?.value !== undefined;
  if (call?.callee === 'Buffer.from' && call.args[0]) return constant(call.args[0]);
  if (call?.callee === 'Uint8Array' && call.isNew) return call.args[0]?.literal === 'number';
  if (iv.literal === 'string') return iv.value !== undefined && iv.value !== '';
  return (
    iv.parts.length >= 8 && iv.kind !== 'template' && iv.parts.every((part) => part.literal === 'number')
  );
}

const SAYS =
  'every message is encrypted with this one IV: equal messages look equal, and two of them unlock each other';
const flow = { from: ['a constant'], to: ['an IV'], says: () => SAYS };

export default rule({
  id: 'constant-iv',
  title: 'The same IV for every message',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.4-1'],
  cwe: [329, 323],
  why: 'An IV that repeats undoes the mode: equal messages look equal, and with GCM or CTR two of them give away their content and the key of the signature.',
  attack:
    'Someone records the radio or copies the storage and lays two messages over one another. With the same IV the cipher cancels out; what they know of one message they then know of the other, and with GCM they forge new ones.',
  instead:
    'Draw it anew for each message and send it in front of the cipher text: esp_fill_random, psa_generate_random or mbedtls_ctr_drbg_random in C, randomBytes(12) in Node; 12 bytes for GCM, 16 for CBC. A counter must survive restarts.',

  c: { flow },
  ts: {
    flow,
    setting: {
      'crypto.iv': ({ value }) =>
        constant(value) && {
          at: value,
          says: SAYS,
        },
    },
  },

  bad: [
    {
      ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-256-cbc', key, «Buffer.alloc(16)»);",
    },
    {
      ts: "const crypto = require('crypto');\nconst IV = '0011223344556677';\ncrypto.createCipheriv('aes-128-ctr', key, «IV»);",
    },
    {
      ts: "import crypto from 'crypto'; const iv = Buffer.from('000102030405060708090a0b', 'hex');\ncrypto.createCipheriv('aes-256-gcm', key, «iv»);",
    },
    {
      ts: `import { createCipheriv } from 'node:crypto';
export function seal(key: Buffer, nonce: Buffer = Buffer.alloc(12)) { return createCipheriv('aes-256-gcm', key, «nonce»); }`,
    },
    {
      c: 'void f(mbedtls_aes_context *c, size_t n, const uint8_t *in, uint8_t *out) { uint8_t iv[16] = {0}; mbedtls_aes_crypt_cbc(c, MBEDTLS_AES_ENCRYPT, n, «iv», in, out); }',
    },
    {
      c: `static const uint8_t nonce[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
int f(mbedtls_gcm_context *c, size_t n, const uint8_t *in, uint8_t *out, uint8_t *tag) {
  return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, n, «nonce», 12, NULL, 0, in, out, 16, tag);
}`,
    },
    {
      c: `static int seal(psa_key_id_t key, const uint8_t *nonce, const uint8_t *in, size_t n, uint8_t *out, size_t room, size_t *done) {
  return psa_aead_encrypt(key, PSA_ALG_GCM, «nonce», 12, NULL, 0, in, n, out, room, done);
}
void report(psa_key_id_t key, const uint8_t *in, size_t n, uint8_t *out, size_t *done) {
  uint8_t nonce[12]; memset(nonce, 0, sizeof nonce);
  seal(key, nonce, in, n, out, 99, done);
}`,
    },
  ],
  good: [
    {
      c: `void f(mbedtls_aes_context *c, size_t n, const uint8_t *in, uint8_t *out) {
  uint8_t iv[16] = {0};
  «guard: esp_fill_random(iv, sizeof iv);»
  mbedtls_aes_crypt_cbc(c, MBEDTLS_AES_ENCRYPT, n, iv, in, out);
}`,
    },
    {
      c: 'void f(mbedtls_aes_context *c, size_t n, const uint8_t *in, uint8_t *out) { uint8_t iv[16] = {0}; mbedtls_aes_crypt_cbc(c, MBEDTLS_AES_DECRYPT, n, iv, in, out); }',
    },
    {
      c: `static void next(uint8_t *to) { static uint32_t n; n++; memcpy(to + 8, &n, 4); }
int f(mbedtls_gcm_context *c, size_t n, const uint8_t *in, uint8_t *out, uint8_t *tag) {
  uint8_t nonce[12] = {0};
  «guard: next(nonce);»
  return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, n, nonce, 12, NULL, 0, in, out, 16, tag);
}`,
    },
    {
      c: 'void f(mbedtls_aes_context *c, uint32_t seq, size_t n, const uint8_t *in, uint8_t *out) { uint8_t iv[16] = {0}; iv[12] = seq >> 24; iv[15] = seq; size_t at = 0; uint8_t s[16]; mbedtls_aes_crypt_ctr(c, n, &at, iv, s, in, out); }',
    },
    {
      ts: "import { createCipheriv, randomBytes } from 'node:crypto'; createCipheriv('aes-256-gcm', key, randomBytes(12));",
    },
    {
      ts: "import { createCipheriv } from 'node:crypto'; const iv = Buffer.alloc(12);\ncounter.copy(iv);\nconst nonce = Buffer.from(counter);\ncreateCipheriv('aes-256-gcm', key, nonce);",
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; createDecipheriv('aes-256-cbc', key, Buffer.from('00112233445566778899aabbccddeeff', 'hex'));",
    },
    { ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-128-ecb', key, '');" },
  ],
});
