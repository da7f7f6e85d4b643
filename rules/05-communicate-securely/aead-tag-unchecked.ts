import { rule, suggest, type Answer, type Call } from '../kit/index.js';

/** A tag that is shorter can be guessed on the wire; 96 bits are the least that is recommended for general use. */
const SHORTEST = 12;
const AEAD = /(gcm|ccm|ocb|poly1305)/i;

/** Decrypts and computes the tag, but compares it with nothing. */
function computed({ args: [, mode] }: Call): Answer {
  return (
    mode?.names.includes('MBEDTLS_GCM_DECRYPT') === true && {
      at: mode,
      says: 'mbedtls_gcm_crypt_and_tag computes the tag of what was received and compares it with nothing: forged messages are decrypted as if they were real',
    }
  );
}

function short(at: number): (call: Call) => Answer {
  return ({ args }) => {
    const length = args[at];
    const bytes = Number(length?.value);
    return (
      length?.value !== undefined &&
      bytes < SHORTEST && {
        at: length,
        says: `a tag of ${length.value} bytes can be guessed: one forged message in ${String(2 ** Math.min(8 * bytes, 30))} is accepted`,
        fixes: [suggest(length, '16', 'Use the whole tag')],
      }
    );
  };
}

function authenticated({ calleeAt, result }: Call): Answer {
  return (
    result !== 'no' && {
      at: calleeAt,
      shows: 'what is decrypted is authenticated by its tag',
      provision: '5.5-1',
    }
  );
}

function decipher(call: Call): Answer {
  const [algorithm] = call.args;
  const { inside } = call;
  if (algorithm?.value === undefined || !AEAD.test(algorithm.value) || !inside) return;
  const names = [...inside.calls].map((name) => name.slice(name.lastIndexOf('.') + 1));
  if (names.includes('setAuthTag'))
    return { at: call.calleeAt, shows: 'what is decrypted is authenticated by its tag', provision: '5.5-1' };
  // What is handed on may be finished elsewhere.
  if (!names.includes('final') && (!names.includes('update') || call.result !== 'used')) return;
  return {
    at: call.calleeAt,
    says: names.includes('final')
      ? `${algorithm.text} is decrypted without its tag: Node then refuses at final(), or, where nobody looks, gives out what an attacker changed`
      : `${algorithm.text} is decrypted without its tag, and nobody asks final(): what an attacker changed on the way is taken for the message`,
  };
}

export default rule({
  id: 'aead-tag-unchecked',
  title: 'Encrypted message is not authenticated',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-2'],
  cwe: [354, 347],
  why: 'GCM, CCM and ChaCha20 flip exactly the bits that an attacker flips on the wire; only the tag tells, and only if it is long enough and compared.',
  attack:
    'Someone in the middle does not know the key, but knows that the fourth byte of the command says open or close. They flip one bit of the encrypted message, the device decrypts it without a look at the tag, and opens.',
  instead:
    'Decrypt with the call that compares the tag (mbedtls_gcm_auth_decrypt, psa_aead_decrypt, wc_AesGcmDecrypt) and drop the message when it fails; in Node call setAuthTag before final(). Use tags of 16 bytes.',

  c: {
    call: {
      psa_aead_decrypt: authenticated,
      wc_AesGcmDecrypt: authenticated,
      mbedtls_gcm_crypt_and_tag: computed,
      mbedtls_gcm_auth_decrypt: short(7),
    },
  },
  ts: { call: { 'crypto.createDecipheriv': decipher } },

  bad: [
    {
      c: 'int f(mbedtls_gcm_context *c) { unsigned char tag[16]; return mbedtls_gcm_crypt_and_tag(c, «MBEDTLS_GCM_DECRYPT», n, iv, 12, NULL, 0, in, out, 16, tag); }',
    },
    {
      c: 'int f(mbedtls_gcm_context *c) { return mbedtls_gcm_auth_decrypt(c, n, iv, 12, NULL, 0, tag, «4», in, out) != 0; }',
      becomes:
        'int f(mbedtls_gcm_context *c) { return mbedtls_gcm_auth_decrypt(c, n, iv, 12, NULL, 0, tag, 16, in, out) != 0; }',
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; export function open(key: Buffer, iv: Buffer, body: Buffer) { const d = «createDecipheriv»('aes-256-gcm', key, iv); return Buffer.concat([d.update(body), d.final()]); }",
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; export function open(key: Buffer, frame: Buffer) { const d = «createDecipheriv»('chacha20-poly1305', key, frame.subarray(0, 12), { authTagLength: 16 }); return d.update(frame.subarray(28), undefined, 'utf8'); }",
    },
  ],
  good: [
    {
      ts: "import { createDecipheriv } from 'node:crypto'; export function opener(key: Buffer, iv: Buffer) { return createDecipheriv('aes-256-gcm', key, iv); }",
    },
    {
      c: 'int f(psa_key_id_t key) { return psa_aead_decrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, in, n, out, sizeof out, &got) == PSA_SUCCESS; }',
      shows: '5.5-1',
    },
    {
      c: 'int f(mbedtls_gcm_context *c) { return mbedtls_gcm_crypt_and_tag(c, MBEDTLS_GCM_ENCRYPT, n, iv, 12, NULL, 0, in, out, 16, tag) | mbedtls_gcm_auth_decrypt(c, n, iv, 12, NULL, 0, tag, 16, in, out); }',
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; export function open(key: Buffer, iv: Buffer, tag: Buffer, body: Buffer) { const d = createDecipheriv('aes-256-gcm', key, iv); d.setAuthTag(tag); return Buffer.concat([d.update(body), d.final()]); }",
    },
    {
      ts: "import { createDecipheriv } from 'node:crypto'; export function open(key: Buffer, iv: Buffer, body: Buffer) { const d = createDecipheriv('aes-256-cbc', key, iv); return Buffer.concat([d.update(body), d.final()]); }",
    },
  ],
});
