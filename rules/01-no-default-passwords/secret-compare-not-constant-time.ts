import { rule, type Answer, type Call, type Expr, type Fix } from '../kit/index.js';

/** What an attacker may guess piece by piece. A MAC alone may be an address, a digest a checksum, a token a parser's. */
const SECRET =
  /(^|_)(hmac|auth_tag|password|passwd|passphrase|(auth|access|session|csrf|api)_token|pin_code|secret|api_key|psk)$/i;

function lastName(expr: Expr): string {
  const name = /(\w+)$/.exec(expr.text)?.[1] ?? '';
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
}

function judge(call: Call): Answer {
  const [left, right, length] = call.args;
  if (!left || !right || call.result === 'no' || left.value !== undefined || right.value !== undefined)
    return;
  const secret = [left, right].find(
    (each) => (each.kind === 'name' || each.kind === 'member') && SECRET.test(lastName(each)),
  );
  if (!secret) return;
  const fix: Fix = {
    title: 'Compare in constant time',
    edits: [{ at: { ...call.calleeAt }, text: 'mbedtls_ct_memcmp' }],
    safe: false,
  };
  return {
    at: call.calleeAt,
    says: `${call.callee} stops at the first difference: the time it takes tells how much of ${secret.text} was right`,
    ...(length && call.callee === 'memcmp' && { fixes: [fix] }),
  };
}

const shown = (call: Call): Answer => ({
  at: call.calleeAt,
  shows: 'compares secrets in constant time',
  provision: '5.1-3',
});

export default rule({
  id: 'secret-compare-not-constant-time',
  title: 'Comparison of a secret tells how much was right',
  severity: 'warning',
  in: 'audit',
  heading: 1,
  provisions: ['5.1-3', '5.1-5'],
  cwe: [208],
  why: 'memcmp and strcmp return at the first wrong byte; the time of the answer gives a secret away byte by byte.',
  attack:
    'Someone on the same network sends guesses and measures the answers, many thousand times. Each right byte takes a little longer, so instead of all combinations they try 256 per byte.',
  instead:
    'mbedtls_ct_memcmp, CRYPTO_memcmp, sodium_memcmp over values of equal length; compare hashes of passwords, never passwords. Node: crypto.timingSafeEqual over buffers of equal length.',

  c: {
    flow: {
      from: ['a secret', 'a derived secret', 'a MAC'],
      to: ['a comparison'],
      says: (source, { text, callee = 'the call' }) =>
        `${callee} stops at the first difference, and ${text} holds ${source.kind}: the time it takes tells how much was right`,
    },
    call: {
      memcmp: judge,
      strcmp: judge,
      strncmp: judge,
      mbedtls_ct_memcmp: shown,
      CRYPTO_memcmp: shown,
      sodium_memcmp: shown,
      timingsafe_bcmp: shown,
      crypto_verify_32: shown,
    },
  },

  ts: {
    call: { 'crypto.timingSafeEqual': shown },
    shape: [
      {
        pattern: `(binary_expression left: [(identifier) (member_expression)] @left operator: ["==" "===" "!=" "!=="] right: [(identifier) (member_expression)] @right
          (#match? @left "([Pp]assword|[Pp]asswd|[Hh]mac|[Ss]ecret|[Aa]pi_?[Kk]ey|[Tt]oken|psk)$"))`,
        needs: ['assw', 'mac', 'ecret', 'ey', 'oken', 'psk'],
        judge: ({ left, right }) =>
          left !== undefined &&
          right !== undefined &&
          right.literal === undefined &&
          !/undefined|confirm|repeat/i.test(`${left.text} ${right.text}`) &&
          SECRET.test(lastName(left)) && {
            at: left,
            says: `the comparison stops at the first difference: the time it takes tells how much of ${left.text} was right`,
          },
      },
    ],
  },

  bad: [
    { ts: 'export const allowed = (apiKey: string) => «apiKey» === config.apiKey;' },
    {
      c: 'int f(const uint8_t *given) { uint8_t hmac[32]; sign(hmac); return «memcmp»(hmac, given, 32) == 0; }',
      becomes:
        'int f(const uint8_t *given) { uint8_t hmac[32]; sign(hmac); return mbedtls_ct_memcmp(hmac, given, 32) == 0; }',
    },
    {
      c: 'int f(struct user *u, const char *given) { if («strcmp»(u->password, given) != 0) return -1; return 0; }',
    },
    {
      c: `esp_err_t on_get(httpd_req_t *req) {
  char given[33]; size_t n = sizeof given;
  if (httpd_req_get_cookie_val(req, "sid", given, &n) != ESP_OK) return ESP_FAIL;
  return strcmp(«given», current) == 0 ? ESP_OK : ESP_FAIL;
}`,
    },
    {
      c: 'int f(const uint8_t *m, size_t n, const uint8_t *tag) { uint8_t own[32]; mbedtls_md_hmac(info, key, 32, m, n, own); return memcmp(«own», tag, 32); }',
    },
  ],
  good: [
    {
      c: 'int f(const uint8_t *m, size_t n, const uint8_t *tag) { uint8_t own[32]; mbedtls_md_hmac(info, key, 32, m, n, own); return «guard: mbedtls_ct_»memcmp(own, tag, 32); }',
      shows: '5.1-3',
    },
    {
      c: `int on_get(httpd_req_t *req) {
  char given[33]; size_t n = sizeof given;
  httpd_req_get_cookie_val(req, "sid", given, &n);
  return strcmp(given, "none") == 0;
}`,
    },
    {
      ts: "import { timingSafeEqual } from 'node:crypto'; export const allowed = (given: Buffer, hmac: Buffer) => timingSafeEqual(given, hmac);",
      shows: '5.1-3',
    },
    {
      ts: "if (password === undefined || password === '' || password.length === limit || token === EOF || user.password !== user.passwordRepeat) ask();",
    },
    { c: 'int f(const uint8_t *given) { return mbedtls_ct_memcmp(hmac, given, 32) == 0; }', shows: '5.1-3' },
    { c: 'int f(const uint8_t *mac) { return memcmp(mac, own_mac, 6) == 0 && strcmp(token, word) == 0; }' },
    { c: 'int f(const char *name) { return strcmp(name, "password") == 0; }' },
  ],
});
