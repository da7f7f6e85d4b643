import { rule, type Call } from '../kit/index.js';

const report = ({ callee, calleeAt }: Call) => ({
  at: calleeAt,
  says: `${callee} makes key and IV from the password with one round of MD5: equal messages look equal, and the password is guessed fast`,
  // From this version on the call throws.
  unlessVersion: { node: '>=22.0.0' },
});

/** Modes that also notice changes, with an IV fresh from the generator. */
function shown({ args, calleeAt }: Call) {
  const [algorithm, , iv] = args;
  return (
    /-gcm$|-ccm$|chacha20-poly1305$/i.test(algorithm?.value ?? '') &&
    iv?.call?.callee === 'crypto.randomBytes' && {
      at: calleeAt,
      shows: `Data is encrypted and protected from change with ${algorithm?.value ?? ''} and a fresh IV`,
      provision: '5.5-1' as const,
    }
  );
}

export default rule({
  id: 'cipher-without-iv',
  title: 'Encryption without an IV of its own',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.4-1'],
  cwe: [329, 916],
  why: 'createCipher derives key and IV from a password in one fast step, always the same: patterns stay visible, and Node has removed it.',
  attack:
    'Someone with a copy of the storage sees at a glance which records are equal, and tries passwords at a rate of millions a second, since a guess costs one MD5.',
  instead:
    "createCipheriv('aes-256-gcm', key, randomBytes(12)), with the key from crypto.scrypt and a random salt; store IV and tag with the data.",

  ts: {
    call: {
      'crypto.createCipher': report,
      'crypto.createDecipher': report,
      'crypto.createCipheriv': shown,
    },
  },

  bad: [
    {
      files: {
        'package.json': '{ "name": "hub", "engines": { "node": ">=18" } }\n',
        'store.js':
          "const crypto = require('crypto');\nexports.seal = (p) => crypto.«createCipher»('aes192', p);\n",
      },
    },
    { ts: "import crypto from 'node:crypto'; const c = crypto.«createCipher»('aes-256-cbc', password);" },
    { ts: "const { createDecipher: open } = require('crypto'); const d = «open»('aes192', 'x');" },
  ],
  good: [
    {
      files: {
        'package.json': '{ "name": "hub", "engines": { "node": ">=22.11 <25" } }\n',
        'store.js':
          "const crypto = require('crypto');\nexports.seal = (p) => crypto.createCipher('aes192', p);\n",
      },
    },
    {
      ts: "import { createCipheriv, randomBytes } from 'node:crypto';\nconst iv = randomBytes(12);\nconst c = createCipheriv('aes-256-gcm', key, iv);",
      shows: '5.5-1',
    },
    { ts: "import crypto from 'node:crypto'; crypto.createCipheriv('aes-256-cbc', key, iv);" },
    { ts: "import { createCipher } from './caesar'; createCipher('rot13', 3);" },
  ],
});
