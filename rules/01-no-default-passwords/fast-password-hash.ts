import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

const PASSWORD =
  /(^|[._>]|[a-z])(password|passwd|passphrase|pwd|passcode|pin|Password|Passwd|Passphrase|Pwd|Passcode|Pin)$/;

/** The password itself or text joined from it. With a realm it is HTTP Digest, where the protocol sets the hash. */
function password(expr: Expr): Expr | undefined {
  if (expr.kind === 'name' || expr.kind === 'member') return PASSWORD.test(expr.text) ? expr : undefined;
  if (expr.kind !== 'template' && expr.kind !== 'binary') return undefined;
  return expr.parts.some((part) => /realm$/i.test(part.text))
    ? undefined
    : expr.parts.find((part) => password(part));
}

/** Functions of C that hash what argument 0 holds (or 1, behind a context). */
const HASHES: Readonly<Record<string, number>> = {
  mbedtls_md5: 0,
  mbedtls_sha1: 0,
  mbedtls_sha256: 0,
  mbedtls_sha512: 0,
  mbedtls_md5_update: 1,
  mbedtls_sha1_update: 1,
  mbedtls_sha256_update: 1,
  mbedtls_sha512_update: 1,
  mbedtls_md: 1,
  mbedtls_md_update: 1,
  MD5: 0,
  SHA1: 0,
  SHA256: 0,
  SHA512: 0,
  EVP_DigestUpdate: 1,
  SHA256_Update: 1,
  MD5_Update: 1,
  wc_Sha256Update: 1,
  wc_Sha256Hash: 0,
  wc_Md5Hash: 0,
  psa_hash_update: 1,
  psa_hash_compute: 1,
};
const STRETCHES = [
  'mbedtls_pkcs5_pbkdf2_hmac',
  'mbedtls_pkcs5_pbkdf2_hmac_ext',
  'PKCS5_PBKDF2_HMAC',
  'EVP_PBE_scrypt',
  'wc_PBKDF2',
  'wc_scrypt',
  'crypto_pwhash_str',
  'argon2id_hash_encoded',
];

/** A protocol that sets the hash joins the password with a realm or a challenge, before or in a call beside it. */
const hashed =
  (position: number) =>
  ({ args, callee, calleeAt, inside }: Call): Answer => {
    const given = args[position];
    return (
      given !== undefined &&
      password(given) !== undefined &&
      !/digest|realm|challenge|md5_?hex|chap|ntlm/i.test(
        `${inside?.name ?? ''} ${(inside?.params ?? []).join(' ')}`,
      ) && {
        at: calleeAt,
        says: `${callee} of a password is undone by trying: billions of guesses a second on one graphics card`,
      }
    );
  };

export default rule({
  id: 'fast-password-hash',
  title: 'Password hash without a work factor',
  severity: 'warning',
  heading: 1,
  provisions: ['5.1-3'],
  cwe: [916],
  why: 'A plain hash is made to be fast: a graphics card tries billions of passwords a second against it.',
  attack:
    'Someone reads the user file out of a backup, a second-hand gateway or an open share. A word list on an ordinary graphics card turns most hashes back into passwords by the evening, and people use those passwords elsewhere too.',
  instead:
    'crypto.scrypt(password, salt, 64) with a random salt for each user, or argon2. Where a protocol prescribes the hash, say so in a suppression.',

  c: {
    call: {
      ...Object.fromEntries(Object.entries(HASHES).map(([name, position]) => [name, hashed(position)])),
      ...Object.fromEntries(
        STRETCHES.map((name) => [
          name,
          ({ calleeAt }: Call): Answer => ({
            at: calleeAt,
            shows: `Passwords are stretched with a work factor (${name})`,
            provision: '5.1-3',
          }),
        ]),
      ),
    },
  },
  ts: {
    call: {
      'crypto.Hash#update': ({ args, receiver, calleeAt }) => {
        const [given] = args;
        const algorithm =
          receiver?.call?.callee === 'crypto.createHash' ? receiver.call.args[0]?.value : undefined;
        return (
          given !== undefined &&
          algorithm !== undefined &&
          password(given) !== undefined && {
            at: calleeAt,
            says: `${algorithm} of a password is undone by trying: billions of guesses a second on one graphics card`,
          }
        );
      },
      ...Object.fromEntries(
        [
          'crypto.scrypt',
          'crypto.scryptSync',
          'argon2.hash',
          'bcrypt.hash',
          'bcrypt.hashSync',
          'bcryptjs.hash',
          'bcryptjs.hashSync',
        ].map((name) => [
          name,
          ({ calleeAt, args }: Call): Answer =>
            args[0] !== undefined &&
            password(args[0]) !== undefined && {
              at: calleeAt,
              shows: `Passwords are hashed with a work factor (${name})`,
              provision: '5.1-3',
            },
        ]),
      ),
    },
  },

  bad: [
    {
      ts: "import { createHash } from 'node:crypto'; const hash = createHash('sha256').«update»(password).digest('hex');",
    },
    {
      ts: "const crypto = require('crypto');\nfunction store(user) { const h = crypto.createHash('sha1'); h.«update»(user.salt + user.password); return h.digest(); }",
    },
    {
      ts: "import * as c from 'crypto'; const ALGORITHM = 'md5'; c.createHash(ALGORITHM).«update»(`${salt}:${adminPassword}`);",
    },
    {
      c: 'void set(const char *password, uint8_t out[32]) { «mbedtls_sha256»((const unsigned char *)password, strlen(password), out, 0); }',
    },
    {
      c: 'void keep(struct user *u, uint8_t *out) { EVP_MD_CTX *c = EVP_MD_CTX_new(); «EVP_DigestUpdate»(c, u->password, 16); EVP_DigestFinal_ex(c, out, NULL); }',
    },
  ],
  good: [
    {
      c: 'void set(const char *password, const uint8_t salt[16], uint8_t out[32]) { mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, (const unsigned char *)password, strlen(password), salt, 16, 60000, 32, out); }',
      shows: '5.1-3',
    },
    {
      c: 'void http_digest(const char *realm, const char *password, uint8_t *out) { mbedtls_md5_update(&c, (const unsigned char *)password, strlen(password)); }',
    },
    { c: 'void f(const uint8_t *image, size_t n, uint8_t *out) { mbedtls_sha256(image, n, out, 0); }' },
    {
      ts: "import { createHash } from 'node:crypto'; createHash('md5').update(`${user}:${challenge.realm}:${password}`);",
    },
    {
      ts: "import { scryptSync } from 'node:crypto'; const hash = scryptSync(password, salt, 64);",
      shows: '5.1-3',
    },
    { ts: "import { createHash } from 'node:crypto'; createHash('sha256').update(firmware).digest('hex');" },
    {
      ts: "import { createHash } from 'node:crypto'; createHash('sha256').update(passwordPolicyFile).digest('hex');",
    },
    { ts: "import { createHmac } from 'node:crypto'; createHmac('sha256', key).update(password).digest();" },
    { ts: "import { createHash } from './chunks'; createHash('sha256').update(password);" },
  ],
});
