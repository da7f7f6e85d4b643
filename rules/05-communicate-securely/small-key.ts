import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'small-key',
  title: 'Key too small for its use',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.1-3'],
  cwe: [326],
  why: 'RSA below 2048 bits and curves below 224 bits can be solved within the life of a product; then identity and past traffic are open.',
  attack:
    'Someone takes the public key out of the certificate, which is public by design, and rents computers to solve it. With the private key in hand they are the device, or its server, for every unit that has the key.',
  instead:
    'Use P-256 or X25519; where it must be RSA, at least 2048 bits, and 3072 for keys that live past 2030.',

  any: {
    setting: {
      'crypto.key-size': ({ value, means, call, spelling }) => {
        const on = spelling('on');
        return (
          !/self_?test/i.test(call?.inside?.name ?? '') &&
          means === 'small' && {
            at: value,
            says: `${value.text} makes a key that can be solved within the life of the product`,
            ...(on !== undefined && { fixes: [suggest(value, on, `Use ${on}`)] }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import { generateKeyPairSync } from 'node:crypto'; generateKeyPairSync('rsa', { modulusLength: «1024» });",
      becomes:
        "import { generateKeyPairSync } from 'node:crypto'; generateKeyPairSync('rsa', { modulusLength: 3072 });",
    },
    {
      c: 'int f(mbedtls_rsa_context *rsa) { return mbedtls_rsa_gen_key(rsa, mbedtls_ctr_drbg_random, &drbg, «1024», 65537); }',
      becomes:
        'int f(mbedtls_rsa_context *rsa) { return mbedtls_rsa_gen_key(rsa, mbedtls_ctr_drbg_random, &drbg, 3072, 65537); }',
    },
    {
      files: {
        'identity.h': '#define IDENTITY_BITS 512u\n',
        'identity.c':
          '#include "identity.h"\nint f(EVP_PKEY_CTX *c) { return EVP_PKEY_CTX_set_rsa_keygen_bits(c, «IDENTITY_BITS»); }',
      },
    },
    {
      c: 'int f(mbedtls_ecp_group *group) { return mbedtls_ecp_group_load(group, «MBEDTLS_ECP_DP_SECP192R1»); }',
      becomes:
        'int f(mbedtls_ecp_group *group) { return mbedtls_ecp_group_load(group, MBEDTLS_ECP_DP_SECP256R1); }',
    },
  ],
  good: [
    {
      ts: "import { generateKeyPair } from 'node:crypto'; generateKeyPair('ec', { namedCurve: 'prime256v1' }, done); generateKeyPair('rsa', { modulusLength: 2048 }, done);",
    },
    {
      c: 'int f(mbedtls_rsa_context *rsa) { return mbedtls_rsa_gen_key(rsa, mbedtls_ctr_drbg_random, &drbg, 2048, 65537); }',
    },
    {
      c: 'int f(mbedtls_rsa_context *rsa, unsigned bits) { return mbedtls_rsa_gen_key(rsa, mbedtls_ctr_drbg_random, &drbg, bits, 3); }',
    },
    { c: 'void f(mbedtls_aes_context *aes) { mbedtls_aes_setkey_enc(aes, key, 128); }' },
    {
      c: 'int f(mbedtls_ecp_group *group) { return mbedtls_ecp_group_load(group, MBEDTLS_ECP_DP_CURVE25519); }',
    },
  ],
});
