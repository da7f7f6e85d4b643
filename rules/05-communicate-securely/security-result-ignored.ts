import { rule, type Answer, type Fix, type Setting } from '../kit/index.js';

/** What goes on where a call of that kind has failed unseen. The tables name the calls. */
const THEN: Readonly<Record<string, string>> = {
  random: 'what is made of its bytes is then known to everybody',
  key: 'what lay in the memory of the key before is then used as the key',
  sealed: 'what is sent or stored then is not protected',
  tls: 'the connection then goes on without what was asked for',
};

function judge({ call, means, spelling }: Setting): Answer {
  const then = THEN[means ?? ''];
  if (call?.result !== 'no' || then === undefined) return;
  // Without a name there is none to copy: it cannot fail, and that nothing is compared is told elsewhere.
  if (call.callee.endsWith('_set_hostname') && call.args[1]?.kind === 'null') return;
  const success = spelling('success');
  const text = `${call.callee}(${call.args.map((argument) => argument.text).join(', ')})`;
  const fix: Fix | undefined =
    success !== undefined && text.length < 180
      ? {
          title: 'Stop when it fails',
          edits: [{ at: call.at, text: `if (${text} != ${success}) abort()` }],
          safe: false,
        }
      : undefined;
  return {
    at: call.calleeAt,
    says: `${call.callee} can fail and nobody asks: ${then}`,
    ...(fix && { fixes: [fix] }),
  };
}

export default rule({
  id: 'security-result-ignored',
  formerly: ['rng-seed-unchecked'],
  title: 'Failure of a security function goes unnoticed',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-8'],
  cwe: [252, 330],
  why: 'Without an answer nothing looks wrong: the generator gives the same bytes on every device, the key is what lay in memory, the name of the server is not compared.',
  attack:
    'Someone buys two devices and compares the keys they make right after power-on. Where the random source was not ready the keys are equal, so what opens one device opens all that started the same way.',
  instead: 'Test the result and do not go on: no connection is better than one that anybody can read.',

  c: { setting: { 'security.result': judge } },

  bad: [
    {
      c: 'void f(void) { «psa_generate_random»(key, sizeof key); use(key); }',
      becomes: 'void f(void) { if (psa_generate_random(key, sizeof key) != PSA_SUCCESS) abort(); use(key); }',
    },
    {
      c: 'void f(void) { «mbedtls_ctr_drbg_seed»(&drbg, mbedtls_entropy_func, &entropy, NULL, 0); }',
      becomes:
        'void f(void) { if (mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0) != 0) abort(); }',
    },
    {
      c: '#define FILL wc_RNG_GenerateBlock\nvoid f(WC_RNG *rng) { uint8_t key[16]; «FILL»(rng, key, sizeof key); use(key); }',
    },
    {
      c: 'int f(SSL *ssl) { «SSL_set1_host»(ssl, "update.example"); return SSL_connect(ssl); }',
      becomes:
        'int f(SSL *ssl) { if (SSL_set1_host(ssl, "update.example") != 1) abort(); return SSL_connect(ssl); }',
    },
    { c: 'void f(void) { «mbedtls_hkdf»(md, salt, 16, ikm, 32, info, 4, key, 32); seal(key); }' },
  ],
  good: [
    {
      c: 'int f(void) { psa_crypto_init(); if (psa_generate_random(key, 16) != PSA_SUCCESS) return -1; return use(key); }',
    },
    {
      c: 'int f(void) { int ret = mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0); return ret; }',
    },
    { c: 'void f(uint8_t *key) { esp_fill_random(key, 16); (void)RAND_bytes(pad, 16); }' },
    { c: 'int f(SSL *ssl) { return SSL_set1_host(ssl, "update.example") == 1 ? SSL_connect(ssl) : -1; }' },
    { c: 'void f(void) { mbedtls_ssl_set_hostname(&ssl, NULL); }' },
    { c: 'void f(void) { ESP_ERROR_CHECK(mbedtls_ssl_setup(&ssl, &conf)); }' },
  ],
});
