import { rule, type FlowEvent } from '../kit/index.js';

const judge = ({ at, text, by }: FlowEvent) => ({
  at,
  says: `${text} has encrypted a message under this key before it is given to ${by} again: whoever has both messages can tell what is in them`,
});

export default rule({
  id: 'nonce-reused',
  title: 'A nonce used for a second message',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.4-1'],
  cwe: [323],
  why: 'GCM, CCM and ChaCha20-Poly1305 keep their promise only while no nonce meets the same key twice. The second message cancels out the first, and from two GCM tags follows the key that signs them.',
  attack:
    'Someone records what the device sends and finds two messages with the same nonce. One laid over the other leaves the difference of their contents, half of which can be guessed; with GCM the same two messages are enough to sign a command of their own, which the device takes for genuine.',
  instead:
    'Draw or count the nonce for each message, right before it is encrypted: esp_fill_random, sys_csrand_get or psa_generate_random in C, randomBytes(12) inside the function that encrypts in Node. A counter must survive restarts.',

  c: { state: { 'nonce-reused': judge } },
  ts: {
    state: { 'nonce-reused': judge },
    setting: {
      'crypto.iv': ({ value, call }) =>
        call?.inside &&
        value.call &&
        !value.call.inside &&
        /^crypto\.(webcrypto\.)?(randomBytes|getRandomValues|randomFillSync)$/.test(value.call.callee) && {
          at: value,
          says: `${value.text} is drawn once, when the module is loaded, and then encrypts every message`,
        },
    },
  },

  bad: [
    {
      c: `int seal(mbedtls_gcm_context *c, const uint8_t *head, const uint8_t *body, size_t n, uint8_t *out, uint8_t *tag) {
  uint8_t nonce[12];
  esp_fill_random(nonce, sizeof nonce);
  mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, head, out, 16, tag);
  return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, n, «nonce», 12, NULL, 0, body, out + 16, 16, tag + 16);
}`,
    },
    {
      c: `void image(psa_key_id_t key, const uint8_t *in, uint8_t *out, size_t blocks) {
  uint8_t nonce[12];
  size_t done;
  psa_generate_random(nonce, sizeof nonce);
  for (size_t i = 0; i < blocks; i++)
    psa_aead_encrypt(key, PSA_ALG_GCM, «nonce», 12, NULL, 0, in + i * 64, 64, out + i * 80, 80, &done);
}`,
    },
    {
      ts: `import { createCipheriv, randomBytes } from 'node:crypto';
export function seal(key: Buffer, parts: string[]) {
  const iv = randomBytes(12);
  return parts.map((part) => {
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    return cipher.update(part, 'utf8', 'hex') + cipher.final('hex');
  });
}
export function pair(key: Buffer, a: string, b: string) {
  const iv = randomBytes(12);
  const one = createCipheriv('aes-256-gcm', key, iv);
  const two = createCipheriv('aes-256-gcm', key, «iv»);
  return one.update(a, 'utf8', 'hex') + two.update(b, 'utf8', 'hex');
}`,
    },
    {
      ts: `import * as crypto from 'crypto';
const iv = crypto.randomBytes(16);
export function encrypt(key: Buffer, text: string) {
  const cipher = crypto.createCipheriv('aes-256-ctr', key, «iv»);
  return iv.toString('hex') + cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
}`,
    },
  ],
  good: [
    {
      c: `int seal(mbedtls_gcm_context *c, const uint8_t *head, const uint8_t *body, size_t n, uint8_t *out, uint8_t *tag) {
  uint8_t nonce[12];
  esp_fill_random(nonce, sizeof nonce);
  mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, head, out, 16, tag);
  «guard: nonce[11]++;»
  return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, n, nonce, 12, NULL, 0, body, out + 16, 16, tag + 16);
}`,
    },
    {
      c: `void image(psa_key_id_t key, const uint8_t *in, uint8_t *out, size_t blocks) {
  uint8_t nonce[12];
  size_t done;
  psa_generate_random(nonce, 8);
  for (uint32_t i = 0; i < blocks; i++) {
    memcpy(nonce + 8, &i, 4);
    psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, in + i * 64, 64, out + i * 80, 80, &done);
  }
}`,
    },
    {
      c: `void both(psa_key_id_t mine, psa_key_id_t theirs, const uint8_t *in, uint8_t *out, size_t *done) {
  uint8_t nonce[12];
  psa_generate_random(nonce, sizeof nonce);
  if (*done > 3) psa_aead_encrypt(mine, PSA_ALG_GCM, nonce, 12, NULL, 0, in, 64, out, 80, done);
  else psa_aead_encrypt(mine, PSA_ALG_GCM, nonce, 12, NULL, 0, in, 32, out, 48, done);
  psa_aead_encrypt(theirs, PSA_ALG_GCM, nonce, 12, NULL, 0, in, 64, out, 80, done);
}`,
    },
    {
      c: `void rekeyed(mbedtls_gcm_context *c, const uint8_t *a, const uint8_t *b, const uint8_t *in, uint8_t *out, uint8_t *tag) {
  uint8_t nonce[12];
  esp_fill_random(nonce, sizeof nonce);
  mbedtls_gcm_setkey(c, MBEDTLS_CIPHER_ID_AES, a, 256);
  mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, in, out, 16, tag);
  mbedtls_gcm_setkey(c, MBEDTLS_CIPHER_ID_AES, b, 256);
  mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, in, out, 16, tag);
}`,
    },
    {
      c: `int check(mbedtls_gcm_context *c, const uint8_t *nonce, const uint8_t *in, uint8_t *out, uint8_t *tag) {
  mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_DECRYPT, 16, nonce, 12, NULL, 0, in, out, 16, tag);
  return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_DECRYPT, 16, nonce, 12, NULL, 0, in, out, 16, tag);
}`,
    },
    {
      ts: `import { createCipheriv, randomBytes } from 'node:crypto';
export function seal(key: Buffer, parts: string[]) {
  return parts.map((part) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    return iv.toString('hex') + cipher.update(part, 'utf8', 'hex') + cipher.final('hex');
  });
}`,
    },
    {
      ts: `import { createCipheriv, randomBytes } from 'node:crypto';
const iv = randomBytes(16);
const cipher = createCipheriv('aes-256-gcm', key, iv);
process.stdout.write(cipher.update('once', 'utf8', 'hex'));`,
    },
  ],
});
