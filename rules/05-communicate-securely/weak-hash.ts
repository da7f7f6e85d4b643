import { looksSecretName, rule, suggest, type Expr } from '../kit/index.js';

/** A password, key or token is what is hashed; a checksum of other data may well be MD5. */
function secret(data: Expr): boolean {
  return data.names[0] !== undefined && looksSecretName(data.names[0]);
}

export default rule({
  id: 'weak-hash',
  title: 'MD5 or SHA-1 where security rests on it',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.1-3'],
  cwe: [328],
  why: 'Two files with the same MD5 or SHA-1 can be made to order, so a signature over such a digest also fits a file that you never signed; and both are so fast that a hashed password is guessed in minutes.',
  attack:
    'Someone prepares two certificates or images with one digest, has the harmless one signed and gives the device the other; the signature fits both. Or they read the hashed password out of the flash and run a graphics card over it until it matches.',
  instead:
    'Sign over SHA-256 or better. Keep passwords with PBKDF2, scrypt or Argon2 and a salt per device, not with a bare digest.',

  any: {
    setting: {
      'crypto.signature-hash': ({ value, means, call, spelling }) => {
        const on = spelling('on');
        return (
          !/self_?test/i.test(call?.inside?.name ?? '') &&
          means === 'weak' && {
            at: value,
            says: `${value.text} does not carry a signature: another file with the same digest can be made to order`,
            ...(on !== undefined && { fixes: [suggest(value, on, 'Sign over SHA-256')] }),
          }
        );
      },
      // SHA-1 still carries a MAC: whoever forges one needs the key, not two texts of one digest.
      'crypto.mac-hash': ({ value, means }) =>
        means === 'weak' && {
          at: value,
          says: `${value.text} is out of use for MACs too (RFC 6151), and so fast that a password used as the key is found by guessing`,
          fixes: [suggest(value, "'sha256'", 'Use SHA-256')],
        },
      'crypto.hash': ({ value, means, call }) =>
        means === 'weak' &&
        call?.args.some((argument) => argument !== value && secret(argument)) && {
          at: value,
          says: `${value.text} of a secret is reversed by guessing: millions of tries a second on one graphics card`,
        },
    },
  },

  bad: [
    {
      ts: "import crypto from 'node:crypto'; const ok = crypto.createVerify(«'sha1'»).update(image).verify(key, signature);",
      becomes:
        "import crypto from 'node:crypto'; const ok = crypto.createVerify('sha256').update(image).verify(key, signature);",
    },
    {
      c: 'int f(mbedtls_pk_context *pk) { return mbedtls_pk_verify(pk, «MBEDTLS_MD_SHA1», hash, 20, sig, sig_len); }',
      becomes:
        'int f(mbedtls_pk_context *pk) { return mbedtls_pk_verify(pk, MBEDTLS_MD_SHA256, hash, 20, sig, sig_len); }',
    },
    {
      files: {
        'sign.h': '#define IMAGE_DIGEST MBEDTLS_MD_MD5\n',
        'sign.c':
          '#include "sign.h"\nvoid f(mbedtls_x509write_csr *csr) { mbedtls_x509write_csr_set_md_alg(csr, «IMAGE_DIGEST»); }',
      },
    },
    {
      c: 'void store(const unsigned char *user_password, size_t n) { «mbedtls_md5»(user_password, n, out); }',
    },
    {
      ts: "import { createHmac } from 'node:crypto'; const tag = createHmac(«'md5'», password).update(command).digest('hex');",
      becomes:
        "import { createHmac } from 'node:crypto'; const tag = createHmac('sha256', password).update(command).digest('hex');",
    },
  ],
  good: [
    {
      ts: "import { createHmac } from 'node:crypto'; const code = createHmac('sha1', seed).update(counter).digest();",
    },
    {
      ts: "import { createHash, createVerify } from 'node:crypto'; const tag = createHash('sha1').update(page).digest('base64'); createVerify('SHA256');",
    },
    {
      c: 'int f(mbedtls_pk_context *pk) { return mbedtls_pk_verify(pk, MBEDTLS_MD_SHA256, hash, 32, sig, sig_len); }',
    },
    { c: 'void etag(const unsigned char *page, size_t n) { mbedtls_md5(page, n, out); }' },
    {
      c: 'void f(const char *text, size_t password_len) { mbedtls_sha1((const unsigned char *)text, password_len, out); }',
    },
    { c: 'void f(void) { mbedtls_pk_sign(pk, alg, hash, hash_len, sig, sizeof sig, &n, rng, 0); }' },
  ],
});
