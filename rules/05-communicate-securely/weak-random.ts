import { looksSecretName, rule, type Answer, type Call, type Expr, type Setting } from '../kit/index.js';

/** Generators whose next value follows from earlier ones or from the time of start. */
const PREDICTABLE = new Set(
  'rand rand_r random drand48 lrand48 mrand48 sys_rand_get sys_rand32_get sys_rand8_get random_uint32 Math.random'.split(
    ' ',
  ),
);
/** A callback that also asks one of these takes its bytes from a real source. */
const REAL =
  /^(esp_random|esp_fill_random|getrandom|sys_csrand_get|psa_generate_random|RAND_bytes|HAL_RNG_\w+|mbedtls_(ctr|hmac)_drbg_\w+|mbedtls_entropy_func|wc_RNG_\w+|entropy_get_entropy|arc4random\w*|read|fread)$/;

function predictable(value: Expr | undefined, depth = 0): Call | undefined {
  if (!value || depth > 4) return undefined;
  if (value.call && PREDICTABLE.has(value.call.callee)) return value.call;
  return (value.kind === 'binary' ? value.parts : [])
    .map((part) => predictable(part, depth + 1))
    .find(Boolean);
}

/** Functions that make what lets somebody in: `make_joiner_key`, `newPairingCode`. */
const MAKES_ENTRY = /(^|_)(join(er|ing)?|set_?up|pair(ing)?|claim(ing)?|enrol(l?ment)?)_(key|code|pin)$/i;

function makesSecret(name: string): boolean {
  return looksSecretName(name) || MAKES_ENTRY.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

/** What a clock tells is known to within a few values to whoever saw the device start. */
const CLOCK =
  /^(time|clock|gettimeofday|xTaskGetTickCount(FromISR)?|esp_timer_get_time|HAL_GetTick|k_uptime_get(_32)?|k_cycle_get_32|sys_clock_\w+|ztimer_now|xtimer_now(_usec)?|micros|millis)$/;

/** The bytes of a buffer, or one number. */
function madeOf({ value }: Setting): Answer {
  const made = predictable(value) ?? predictable(value.thing?.fields.get(''));
  return (
    made && {
      at: value,
      says: `${value.text} comes from ${made.callee}(), whose values can be worked out from a few earlier ones`,
      path: [{ at: made.calleeAt, says: `${made.callee}() gives the value` }],
    }
  );
}

export default rule({
  id: 'weak-random',
  title: 'Secret from a predictable generator',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.1-2'],
  cwe: [338],
  why: 'rand() and its kind are made for games: who knows the seed, often just the time since power-up, knows every value that follows, and so every key, PIN or nonce made from them.',
  attack:
    'Someone notes when the device started, or looks at one value that it shows openly, and runs the same generator on a laptop. After a few thousand guesses of the seed they print the key that the device made and join in.',
  instead:
    'ESP-IDF: esp_fill_random with the radio on. Zephyr: sys_csrand_get. STM32: HAL_RNG_GenerateRandomNumber. Mbed TLS: mbedtls_ctr_drbg_random or psa_generate_random. Node: crypto.randomBytes, crypto.randomInt.',

  any: {
    setting: {
      'crypto.rng': ({ value, means, call }) => {
        const maker = call?.inside?.name ?? '';
        if (means === 'weak')
          return (
            makesSecret(maker) && {
              at: value,
              says: `${value.text} in ${maker} can be foretold, and with it what ${maker} makes`,
            }
          );
        const used = value.func && [...value.func.calls];
        const weak = used?.find((name) => PREDICTABLE.has(name) || CLOCK.test(name));
        return (
          weak !== undefined &&
          !used?.some((name) => REAL.test(name)) && {
            at: value,
            says: `${value.text} takes its bytes from ${weak}(), so every key and nonce made with it can be foretold`,
          }
        );
      },
      'crypto.key': madeOf,
      'crypto.iv': madeOf,
      'auth.psk': madeOf,
      'ble.passkey': madeOf,
      'jwt.secret': madeOf,
      'session.secret': madeOf,
    },
  },

  bad: [
    {
      c: 'static int poll(void *data, unsigned char *out, size_t len, size_t *got) { uint32_t t = HAL_GetTick(); memcpy(out, &t, 4); *got = 4; return 0; }\nvoid f(mbedtls_entropy_context *e) { mbedtls_entropy_add_source(e, «poll», NULL, 4, MBEDTLS_ENTROPY_SOURCE_STRONG); }',
    },
    {
      c: 'static int fill(void *p, unsigned char *out, size_t n) { while (n--) *out++ = rand(); return 0; }\nvoid f(void) { mbedtls_ssl_conf_rng(&conf, «fill», NULL); }',
    },
    {
      c: 'static void make_session_key(unsigned char *key) { for (int i = 0; i < 16; i++) key[i] = «rand»(); }',
    },
    {
      c: 'void f(mbedtls_aes_context *c) { unsigned char key[16]; for (int i = 0; i < 16; i++) key[i] = rand() & 0xff; mbedtls_aes_setkey_enc(c, «key», 128); }',
    },
    {
      c: 'void f(uint16_t conn) { struct ble_sm_io io = { .action = BLE_SM_IOACT_DISP }; io.passkey = «rand() % 1000000»; ble_sm_inject_io(conn, &io); }',
    },
    {
      c: `static void make_joiner_key(char key[9]) {
  static const char alphabet[] = "0123456789ACDEFGHJKLMNPRTUVWXY";
  for (int i = 0; i < 8; i++) key[i] = alphabet[«sys_rand32_get»() % (sizeof(alphabet) - 1)];
  key[8] = 0;
}`,
    },
  ],
  good: [
    {
      c: 'static uint32_t pairing_code_delay(void) { return 100 + rand() % 50; } static int error_code(void) { return rand() % 3; }',
    },
    {
      c: 'static int poll(void *data, unsigned char *out, size_t len, size_t *got) { uint32_t until = HAL_GetTick() + 50; while (HAL_GetTick() < until) if (HAL_RNG_GenerateRandomNumber(data, (uint32_t *)out) == HAL_OK) break; *got = 4; return 0; }\nvoid f(mbedtls_entropy_context *e) { mbedtls_entropy_add_source(e, poll, &hrng, 4, MBEDTLS_ENTROPY_SOURCE_STRONG); }',
    },
    {
      c: 'static int fill(void *p, unsigned char *out, size_t n) { esp_fill_random(out, n); return 0; }\nvoid f(void) { mbedtls_ssl_conf_rng(&conf, fill, NULL); }',
    },
    { c: 'static int backoff_ms(void) { return 1000 + rand() % 500; }' },
    {
      c: 'void f(uint16_t conn) { struct ble_sm_io io = { .action = BLE_SM_IOACT_DISP, .passkey = esp_random() % 1000000 }; ble_sm_inject_io(conn, &io); }',
    },
    { c: 'static void shuffle_key_colours(int *colours) { colours[0] = rand() % 8; }' },
  ],
});
