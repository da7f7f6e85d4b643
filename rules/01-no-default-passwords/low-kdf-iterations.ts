import { rule } from '../kit/index.js';

export default rule({
  id: 'low-kdf-iterations',
  title: 'Too little work in password hashing',
  severity: 'warning',
  heading: 1,
  provisions: ['5.1-3'],
  cwe: [916],
  why: 'The work factor is all that stands between a stolen hash and the password; hardware has outgrown the numbers of old examples.',
  attack:
    'Someone reads the stored hashes out of the flash of a discarded unit. With a thousand rounds each, one graphics card still tries millions of passwords a second and finds the common ones in minutes.',
  instead:
    'PBKDF2 with SHA-256: 600 000 rounds, or 210 000 with SHA-512. scrypt: N of at least 16384 with r 8. On slow hardware, take as many as keep a log-in under a second and lock out guessing.',

  any: {
    setting: {
      'crypto.kdf-iterations': ({ value, means }) =>
        means === 'low' && {
          at: value,
          says: `a work factor of ${value.value ?? value.text} makes guessing the password from its hash cheap`,
        },
    },
  },

  bad: [
    {
      ts: "import { pbkdf2 as derive } from 'node:crypto';\nimport { promisify } from 'node:util';\nconst stretch = promisify(derive);\nexport const hash = (pin: string, salt: Buffer) => stretch(pin, salt, «5_000», 32, 'sha512');",
    },
    { ts: "import { pbkdf2Sync } from 'node:crypto'; pbkdf2Sync(password, salt, «1000», 32, 'sha256');" },
    {
      ts: "const crypto = require('crypto');\nconst ROUNDS = 10_000;\ncrypto.pbkdf2(password, salt, «ROUNDS», 64, 'sha512', done);",
    },
    {
      ts: "import { scrypt } from 'crypto'; const cost = { N: «1024», r: 8 };\nscrypt(password, salt, 32, cost, done);",
    },
  ],
  good: [
    {
      ts: "import { pbkdf2 } from 'node:crypto';\nimport { promisify } from './later';\nconst stretch = promisify(pbkdf2);\nexport const hash = (pin: string, salt: Buffer) => stretch(pin, salt, 5_000, 32, 'sha512');",
    },
    { ts: "import { pbkdf2Sync } from 'node:crypto'; pbkdf2Sync(password, salt, 600_000, 32, 'sha256');" },
    { ts: "import { scrypt } from 'crypto'; scrypt(password, salt, 32, { N: 2 ** 15, r: 8 }, done);" },
    { ts: "import { pbkdf2Sync } from 'crypto'; pbkdf2Sync(password, salt, rounds, 32, 'sha256');" },
    { ts: "import { pbkdf2Sync } from './stretch'; pbkdf2Sync(password, salt, 1000, 32, 'sha256');" },
  ],
});
