import { rule, type Answer, type Call } from '../kit/index.js';

/** Functions whose only use is their answer: true or forged. */
const SIGNATURES =
  'mbedtls_pk_verify mbedtls_pk_verify_ext mbedtls_pk_verify_restartable mbedtls_rsa_pkcs1_verify mbedtls_rsa_rsassa_pkcs1_v15_verify mbedtls_rsa_rsassa_pss_verify mbedtls_rsa_rsassa_pss_verify_ext mbedtls_ecdsa_verify mbedtls_ecdsa_read_signature mbedtls_lms_verify mbedtls_pkcs7_signed_data_verify mbedtls_pkcs7_signed_hash_verify psa_verify_hash psa_verify_message psa_hash_compare psa_hash_verify psa_mac_verify psa_mac_verify_finish EVP_VerifyFinal EVP_DigestVerify EVP_DigestVerifyFinal EVP_PKEY_verify RSA_verify ECDSA_verify ED25519_verify wc_SignatureVerify wc_SignatureVerifyHash crypto_sign_verify_detached crypto_sign_open uECC_verify'.split(
    ' ',
  );
/** Decryption that also tells whether the message is genuine. */
const SEALS =
  'mbedtls_gcm_auth_decrypt mbedtls_ccm_auth_decrypt mbedtls_ccm_star_auth_decrypt mbedtls_chachapoly_auth_decrypt mbedtls_cipher_auth_decrypt_ext psa_aead_decrypt psa_aead_verify wc_AesGcmDecrypt wc_AesCcmDecrypt wc_ChaCha20Poly1305_Decrypt crypto_secretbox_open_easy crypto_aead_chacha20poly1305_ietf_decrypt crypto_aead_xchacha20poly1305_ietf_decrypt crypto_box_open_easy'.split(
    ' ',
  );

const judge =
  (consequence: string) =>
  (call: Call): Answer =>
    (call.result === 'no' || call.result === 'discarded') && {
      at: call.calleeAt,
      says: `nobody looks at the answer of ${call.callee}: ${consequence}`,
    };

const each = (
  names: readonly string[],
  listen: (call: Call) => Answer,
): Record<string, (call: Call) => Answer> => Object.fromEntries(names.map((name) => [name, listen]));

export default rule({
  id: 'signature-result-ignored',
  title: 'Result of a signature check is ignored',
  severity: 'error',
  heading: 7,
  provisions: ['5.7-1', '5.3-10', '5.5-1'],
  cwe: [252, 347, 354],
  why: 'A check whose answer is dropped is no check: forged images, messages and certificates pass like genuine ones, and the code looks as if it were safe.',
  attack:
    'Someone sends an image or a message with any signature at all. The device computes that it is wrong, does not look at the result and runs it, so the attacker needs no key.',
  instead:
    'Compare the result with success and leave the function at once in every other case, without using the output.',

  c: {
    call: {
      ...each(SIGNATURES, judge('what is forged passes like what is genuine')),
      ...each(SEALS, judge('a message that was changed on the way is used like a genuine one')),
    },
  },

  ts: {
    call: each(
      ['crypto.verify', 'crypto.Verify#verify'],
      judge('what is forged passes like what is genuine'),
    ),
  },

  bad: [
    {
      ts: "import crypto from 'node:crypto'; crypto.«verify»('sha256', image, key, signature); install(image);",
    },
    {
      ts: "const { createVerify } = require('crypto');\nconst check = createVerify('sha256');\ncheck.update(image);\ncheck.«verify»(key, signature);",
    },
    {
      c: 'int f(void) { «mbedtls_pk_verify»(&pk, MBEDTLS_MD_SHA256, hash, 32, sig, n); return boot(image); }',
    },
    {
      c: 'void f(void) { (void)«psa_aead_decrypt»(key, PSA_ALG_GCM, nonce, 12, NULL, 0, in, n, out, sizeof out, &len); handle(out, len); }',
    },
    {
      c: '#define CHECK_SIGNATURE uECC_verify\nvoid f(void) { «CHECK_SIGNATURE»(key, hash, 32, sig, curve); run(); }',
    },
  ],
  good: [
    {
      ts: "import { verify } from 'node:crypto'; if (!verify('sha256', image, key, signature)) throw new Error('forged');",
    },
    { ts: "import { verify } from './form'; verify('sha256', image, key, signature);" },
    {
      c: 'int f(void) { if (mbedtls_pk_verify(&pk, MBEDTLS_MD_SHA256, hash, 32, sig, n) != 0) return -1; return boot(image); }',
    },
    {
      c: 'int f(void) { int err = mbedtls_gcm_auth_decrypt(&gcm, n, iv, 12, aad, 4, tag, 16, in, out); return err; }',
    },
    { c: 'psa_status_t f(void) { return psa_verify_hash(key, alg, hash, 32, sig, n); }' },
    { c: 'void f(void) { ESP_ERROR_CHECK(mbedtls_ecdsa_read_signature(&ctx, hash, 32, sig, n)); }' },
    { c: 'void f(void) { verify(hash); mbedtls_pk_init(&pk); }' },
  ],
});
