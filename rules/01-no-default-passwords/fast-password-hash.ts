import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

const PASSWORD =
  /(^|[._]|[a-z])(password|passwd|passphrase|pwd|passcode|pin|Password|Passwd|Passphrase|Pwd|Passcode|Pin)$/;

/** The password itself or text joined from it. With a realm it is HTTP Digest, where the protocol sets the hash. */
function password(expr: Expr): Expr | undefined {
  if (expr.kind === 'name' || expr.kind === 'member') return PASSWORD.test(expr.text) ? expr : undefined;
  if (expr.kind !== 'template' && expr.kind !== 'binary') return undefined;
  return expr.parts.some((part) => /realm$/i.test(part.text))
    ? undefined
    : expr.parts.find((part) => password(part));
}

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
  ],
  good: [
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
