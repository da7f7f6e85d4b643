import { rule, type Setting } from '../kit/index.js';

/** STM32's unit that is started without a key gets one later, and with it the mode that counts. */
function isOnlyStarted({ api, thing }: Setting): boolean {
  return api === 'CRYP_HandleTypeDef.Init.Algorithm' && thing?.fields.has('Init.pKey') !== true;
}

export default rule({
  id: 'weak-cipher',
  title: 'Broken cipher or mode',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.1-3'],
  cwe: [327],
  why: 'DES, triple DES, RC4 and Blowfish can be broken with the means of a hobbyist, and ECB turns equal blocks of plain text into equal blocks of cipher text, so patterns and repeats stay visible and blocks can be swapped.',
  attack:
    'Someone records what the device sends. For DES they rent a key search for a few euros; under ECB they do not even need the key: they recognise repeated commands by their blocks and paste the block that opens the lock into a message of their own.',
  instead:
    'Use AES with an authenticated mode: AES-GCM or AES-CCM (hardware does both on most chips), or ChaCha20-Poly1305 where AES is slow, with a nonce that never repeats under one key.',

  any: {
    setting: {
      'crypto.cipher': (setting) => {
        const { value, means, call } = setting;
        if (/self_?test/i.test(call?.inside?.name ?? '')) return undefined;
        if (means === 'weak')
          return {
            at: value,
            says: `${value.text} is a broken cipher: what it encrypts can be read with a modest computer`,
          };
        return (
          means === 'ecb' &&
          !isOnlyStarted(setting) && {
            at: value,
            says: `${value.text} encrypts equal blocks equally: repeats stay visible and blocks can be exchanged unnoticed`,
          }
        );
      },
    },
  },

  bad: [
    { ts: "import { createCipheriv } from 'node:crypto'; createCipheriv(«'des-ede3-cbc'», key, iv);" },
    {
      ts: "const crypto = require('crypto');\nconst MODE = 'aes-128-ecb';\ncrypto.createDecipheriv(«MODE», key, null);",
    },
    { c: 'void f(mbedtls_des_context *c, const unsigned char *key) { «mbedtls_des_setkey_enc»(c, key); }' },
    {
      files: {
        'link.h': '#define LINK_CIPHER MBEDTLS_CIPHER_DES_EDE3_CBC\n',
        'link.c':
          '#include "link.h"\nint f(mbedtls_cipher_context_t *c) { return mbedtls_cipher_setup(c, mbedtls_cipher_info_from_type(«LINK_CIPHER»)); }',
      },
    },
    {
      c: 'int f(EVP_CIPHER_CTX *c) { const EVP_CIPHER *cipher = «EVP_rc4»(); return EVP_EncryptInit_ex(c, cipher, NULL, key, iv); }',
    },
    {
      c: `CRYP_HandleTypeDef hcryp;
static void MX_CRYP_Init(void) { hcryp.Instance = CRYP; hcryp.Init.DataType = CRYP_DATATYPE_8B; hcryp.Init.pKey = key; hcryp.Init.Algorithm = «CRYP_AES_ECB»; HAL_CRYP_Init(&hcryp); }`,
    },
    {
      c: `void f(CRYP_HandleTypeDef *hcryp) { hcryp->Init.Algorithm = «CRYP_TDES_CBC»; HAL_CRYP_Init(hcryp); «HAL_CRYP_DESECB_Encrypt»(hcryp, in, 8, out, 10); }`,
    },
  ],
  good: [
    {
      c: `static CRYP_HandleTypeDef unit;
int start(void) { unit.Instance = AES1; unit.Init.KeySize = CRYP_KEYSIZE_128B; unit.Init.Algorithm = CRYP_AES_ECB; return HAL_CRYP_Init(&unit); }`,
    },
    {
      c: `CRYP_HandleTypeDef hcryp;
static void MX_CRYP_Init(void) { hcryp.Instance = CRYP; hcryp.Init.Algorithm = CRYP_AES_GCM; hcryp.Init.KeySize = CRYP_KEYSIZE_256B; HAL_CRYP_Init(&hcryp); }`,
    },
    {
      c: `static uint32_t op(uint16_t mode) { CRYP_ConfigTypeDef conf = { 0 }; switch (mode) { case MODE_ECB: conf.Algorithm = CRYP_AES_ECB; break; default: conf.Algorithm = CRYP_AES_CTR; } return HAL_CRYP_SetConfig(&hcryp, &conf); }`,
    },
    {
      ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-256-gcm', key, iv); createCipheriv(algorithm, key, iv);",
    },
    { c: 'void f(mbedtls_gcm_context *c) { mbedtls_gcm_setkey(c, MBEDTLS_CIPHER_ID_AES, key, 256); }' },
    {
      c: 'int f(mbedtls_cipher_context_t *c) { return mbedtls_cipher_setup(c, mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_128_GCM)); }',
    },
    {
      c: '/* EVP_rc4() was here */ int f(EVP_CIPHER_CTX *c) { trace("EVP_des_ecb()"); return EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, key, iv); }',
    },
    {
      c: 'int f(mbedtls_aes_context *c) { return mbedtls_aes_crypt_ecb(c, MBEDTLS_AES_ENCRYPT, counter, pad); }',
    },
  ],
});
