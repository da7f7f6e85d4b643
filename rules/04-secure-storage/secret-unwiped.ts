import { rule } from '../kit/index.js';

// Strict: right, and more than most products ask of themselves.
export default rule({
  id: 'secret-unwiped',
  title: 'A secret stays in memory after its use',
  severity: 'warning',
  in: 'strict',
  heading: 4,
  provisions: ['5.4-1', '5.5-8'],
  cwe: [226, 316],
  why: 'A local buffer is not empty when its function ends: the next functions run over the same memory, and what they leave uninitialised still holds the key.',
  attack:
    'Someone provokes a crash and reads the core dump through the serial port, or finds an answer that sends a few uninitialised bytes of stack. The key that was derived an hour ago lies there in one piece, and opens the storage it protects.',
  instead:
    'Wipe the buffer on every way out, with what compilers keep: mbedtls_platform_zeroize, explicit_bzero, memset_s, wc_ForceZero, sodium_memzero. Or never hold the key: PSA keeps it behind a handle.',

  c: {
    state: {
      'unwiped-secret': ({ at, text, path }) => ({
        at,
        says: `what is put into ${text} here is a secret, and no way out of the function wipes it`,
        path,
      }),
    },
  },

  bad: [
    {
      c: 'int unlock(psa_key_id_t id) { uint8_t key[32]; size_t n; if («psa_export_key»(id, key, sizeof key, &n)) return -1; return open_store(key, n); }',
    },
    {
      c: 'int derive(const uint8_t *salt) { uint8_t key[32]; «mbedtls_pkcs5_pbkdf2_hmac»(&md, pin, 4, salt, 16, 100000, 32, key); return mount(key); }',
    },
  ],
  good: [
    {
      c: 'int unlock(psa_key_id_t id) { uint8_t key[32]; size_t n; if (psa_export_key(id, key, sizeof key, &n)) return -1; int r = open_store(key, n); «guard: mbedtls_platform_zeroize(key, sizeof key);» return r; }',
    },
    {
      c: 'int unlock(psa_key_id_t id, uint8_t *key) { size_t n; return psa_export_key(id, key, 32, &n); }',
    },
    {
      c: 'int derive(const uint8_t *salt) { uint8_t key[32]; mbedtls_pkcs5_pbkdf2_hmac(&md, pin, 4, salt, 16, 100000, 32, key); int r = mount(key); memset(key, 0, sizeof key); return use(r); }',
    },
  ],
});
