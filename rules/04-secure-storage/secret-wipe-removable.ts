import { looksSecretName, rule, type Answer, type Call, type Expr, type Fix } from '../kit/index.js';

const ALLOCATE = new Set(['malloc', 'calloc', 'pvPortMalloc', 'k_malloc', 'heap_caps_malloc', 'strdup']);
const KEYS = /(^|_)(key|secret|password|passphrase|pin|psk|pmk|ltk|seed|plaintext)$/i;

/** `password` of `password` and of `&password`, where it names a secret. */
function secret(target: Expr | undefined): Expr | undefined {
  const named = target?.kind === 'address' ? target.parts[0] : target;
  return named?.kind === 'name' && (looksSecretName(named.text) || KEYS.test(named.text)) ? named : undefined;
}

/** A local whose memory nobody can look at after the function ends. */
function ends(named: Expr, size: Expr | undefined, call: Call): boolean {
  const { inside } = call;
  const declared = named.thing?.at ?? named.origin;
  if (!inside || inside.params.includes(named.text)) return false;
  if (declared?.file !== inside.at.file || declared.start < inside.at.start || declared.end > inside.at.end)
    return false;
  // Little more than a free and a return can follow.
  if (inside.at.end - call.at.end > 60) return false;
  return (
    ALLOCATE.has(named.call?.callee ?? '') || (size?.kind === 'sizeof' && size.text.includes(named.text))
  );
}

function shown(call: Call): Answer {
  const named = secret(call.args[0]) ?? (call.args[0]?.kind === 'member' ? call.args[0] : undefined);
  return (
    named &&
    looksOrKey(named.text) && {
      at: call.calleeAt,
      shows: `${named.text} is wiped from memory`,
      provision: '5.4-1',
    }
  );
}

function looksOrKey(text: string): boolean {
  return looksSecretName(text) || KEYS.test(text);
}

export default rule({
  id: 'secret-wipe-removable',
  title: 'Wipe of a secret that the compiler may drop',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1', '5.5-8'],
  cwe: [14],
  why: 'Nothing reads the buffer after this memset, so an optimising compiler leaves the call out and the secret stays in memory.',
  attack:
    'Someone finds a fault that returns a little stack memory, or takes a crash dump through the debug port. The password that the code seems to erase is still there, from a login hours ago.',
  instead: 'explicit_bzero, memset_s, mbedtls_platform_zeroize, sodium_memzero: calls that compilers keep.',

  c: {
    call: {
      memset: (call) => {
        const [target, zero, size] = call.args;
        const named = secret(target);
        if (
          !target ||
          !named ||
          !size ||
          zero?.value !== '0' ||
          call.result !== 'no' ||
          !ends(named, size, call)
        )
          return;
        const mbed = [...(call.inside?.calls ?? [])].some((name) => name.startsWith('mbedtls_'));
        const wipe = mbed ? 'mbedtls_platform_zeroize' : 'explicit_bzero';
        const fix: Fix = {
          title: `Wipe with ${wipe}`,
          edits: [{ at: call.at, text: `${wipe}(${target.text}, ${size.text})` }],
          safe: false,
        };
        return {
          at: call.at,
          says: `nothing reads ${named.text} after this memset: an optimising compiler drops it, and the secret stays in memory`,
          fixes: [fix],
        };
      },
      explicit_bzero: shown,
      memset_s: shown,
      mbedtls_platform_zeroize: shown,
      sodium_memzero: shown,
      OPENSSL_cleanse: shown,
      ForceZero: shown,
      wc_ForceZero: shown,
      crypto_wipe: shown,
    },
  },

  bad: [
    {
      c: 'int login(void) { char password[64]; read_line(password, sizeof(password)); int ok = check(password); «memset(password, 0, sizeof(password))»; return ok; }',
      becomes:
        'int login(void) { char password[64]; read_line(password, sizeof(password)); int ok = check(password); explicit_bzero(password, sizeof(password)); return ok; }',
    },
    {
      c: 'void derive(const uint8_t *in) { uint8_t aes_key[32]; mbedtls_sha256(in, 32, aes_key, 0); store(aes_key); «memset(aes_key, 0x00, sizeof aes_key)»; }',
      becomes:
        'void derive(const uint8_t *in) { uint8_t aes_key[32]; mbedtls_sha256(in, 32, aes_key, 0); store(aes_key); mbedtls_platform_zeroize(aes_key, sizeof aes_key); }',
    },
    {
      c: 'void f(size_t n) { char *secret = malloc(n); use(secret, n); «memset(secret, 0, n)»; free(secret); }',
    },
  ],
  good: [
    {
      c: 'int login(void) { char password[64]; int ok = ask(password); explicit_bzero(password, sizeof(password)); return ok; }',
      shows: '5.4-1',
    },
    {
      c: 'void f(void) { char password[64]; memset(password, 0, sizeof(password)); if (read_line(password, sizeof(password) - 1) > 0) { check(password); report(); } }',
    },
    { c: 'void reset(struct config *cfg) { memset(cfg->password, 0, sizeof(cfg->password)); }' },
    { c: 'static char password[64];\nvoid forget(void) { memset(password, 0, sizeof(password)); }' },
    {
      c: 'void f(uint8_t *key) { memset(key, 0, 32); }\nvoid g(void) { char line[9]; use(line); memset(line, 0, sizeof(line)); }',
    },
  ],
});
