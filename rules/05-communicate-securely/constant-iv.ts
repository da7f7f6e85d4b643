import { rule, type Expr } from '../kit/index.js';

/** Zeros, or bytes that stand in the source. An empty IV goes with modes that take none. */
function constant(iv: Expr): boolean {
  const { call } = iv;
  if (call?.callee === 'Buffer.alloc') return call.args.length < 2 || call.args[1]?.value !== undefined;
  if (call?.callee === 'Buffer.from' && call.args[0]) return constant(call.args[0]);
  if (call?.callee === 'Uint8Array' && call.isNew) return call.args[0]?.literal === 'number';
  if (iv.literal === 'string') return iv.value !== undefined && iv.value !== '';
  return (
    iv.parts.length >= 8 && iv.kind !== 'template' && iv.parts.every((part) => part.literal === 'number')
  );
}

export default rule({
  id: 'constant-iv',
  title: 'The same IV for every message',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.4-1'],
  cwe: [329, 323],
  why: 'An IV that repeats undoes the mode: equal messages look equal, and with GCM or CTR two of them give away their content and the key of the signature.',
  attack:
    'Someone records the radio or copies the storage and lays two messages over one another. With the same IV the cipher cancels out; what they know of one message they then know of the other, and with GCM they forge new ones.',
  instead:
    'randomBytes(12) for each message with GCM (16 with CBC), stored or sent in front of the cipher text.',

  ts: {
    setting: {
      'crypto.iv': ({ value }) =>
        constant(value) && {
          at: value,
          says: 'every message is encrypted with this one IV: equal messages look equal, and two of them unlock each other',
        },
    },
  },

  bad: [
    {
      ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-256-cbc', key, «Buffer.alloc(16)»);",
    },
    {
      ts: "const crypto = require('crypto');\nconst IV = '0011223344556677';\ncrypto.createCipheriv('aes-128-ctr', key, «IV»);",
    },
    {
      ts: "import crypto from 'crypto'; const iv = Buffer.from('000102030405060708090a0b', 'hex');\ncrypto.createCipheriv('aes-256-gcm', key, «iv»);",
    },
  ],
  good: [
    {
      ts: "import { createCipheriv, randomBytes } from 'node:crypto'; createCipheriv('aes-256-gcm', key, randomBytes(12));",
    },
    {
      ts: "import { createCipheriv } from 'node:crypto'; const iv = Buffer.alloc(12);\ncounter.copy(iv);\nconst nonce = Buffer.from(counter);\ncreateCipheriv('aes-256-gcm', key, nonce);",
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; createDecipheriv('aes-256-cbc', key, Buffer.from('00112233445566778899aabbccddeeff', 'hex'));",
    },
    { ts: "import { createCipheriv } from 'node:crypto'; createCipheriv('aes-128-ecb', key, '');" },
  ],
});
