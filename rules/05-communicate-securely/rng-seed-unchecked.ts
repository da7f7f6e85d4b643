import { rule, type Answer, type Call, type Fix } from '../kit/index.js';

/** What tells a success of each call that gives or prepares random bytes for keys. */
const SUCCESS: Readonly<Record<string, string>> = {
  mbedtls_ctr_drbg_seed: '== 0',
  mbedtls_hmac_drbg_seed: '== 0',
  mbedtls_ctr_drbg_random: '== 0',
  mbedtls_hmac_drbg_random: '== 0',
  mbedtls_entropy_func: '== 0',
  psa_generate_random: '== PSA_SUCCESS',
  wc_InitRng: '== 0',
  wc_InitRng_ex: '== 0',
  wc_RNG_GenerateBlock: '== 0',
  RAND_bytes: '== 1',
  RAND_priv_bytes: '== 1',
  getentropy: '== 0',
  sys_csrand_get: '== 0',
  HAL_RNG_GenerateRandomNumber: '== HAL_OK',
};

function judge(call: Call): Answer {
  const success = SUCCESS[call.callee];
  if (call.result !== 'no' || !success) return;
  const text = `${call.callee}(${call.args.map((argument) => argument.text).join(', ')})`;
  const fix: Fix = {
    title: 'Stop when it fails',
    edits: [{ at: call.at, text: `if (${text} ${success.replace('==', '!=')}) abort()` }],
    safe: false,
  };
  return {
    at: call.calleeAt,
    says: `${call.callee} can fail, and what is made of its bytes is then known to everybody`,
    ...(text.length < 180 && { fixes: [fix] }),
  };
}

export default rule({
  id: 'rng-seed-unchecked',
  title: 'Failure of the random source goes unnoticed',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-8'],
  cwe: [252, 330],
  why: 'Without entropy a generator gives the same bytes on every device, and nothing looks wrong.',
  attack:
    'Someone buys two devices and compares the keys they make right after power-on. Where the random source was not ready the keys are equal, so what opens one device opens all that started the same way.',
  instead: 'Test the result and do not go on: no key is better than one that everybody can guess.',

  c: { call: Object.fromEntries(Object.keys(SUCCESS).map((name) => [name, judge])) },

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
  ],
  good: [
    {
      c: 'int f(void) { psa_crypto_init(); if (psa_generate_random(key, 16) != PSA_SUCCESS) return -1; return use(key); }',
    },
    {
      c: 'int f(void) { int ret = mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0); return ret; }',
    },
    { c: 'void f(uint8_t *key) { esp_fill_random(key, 16); (void)RAND_bytes(pad, 16); }' },
  ],
});
