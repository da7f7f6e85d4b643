import { isPlaceholder, rule, type Answer, type Call, type Expr } from '../kit/index.js';

const PASSWORD =
  /(^|[._>])(\w*_)?(password|passwd|passphrase|passcode)$|[a-z](Password|Passwd|Passphrase|Passcode)$/i;
const SAYS = 'this password opens every unit that runs the code, and nobody can change it';

/** What a form, a schema or a test of the kind of a field compares with; `__SAME__` stands for what was not changed. */
const NOT_ONE =
  /^(__\w+__|string|undefined|object|number|function|password|text|hidden|null|true|false|none|required)$/i;

function judge({ given, literal }: Readonly<Record<string, Expr>>): Answer {
  const value = literal?.value ?? '';
  return (
    given !== undefined &&
    literal !== undefined &&
    (given.kind === 'name' || given.kind === 'member') &&
    given.value === undefined &&
    PASSWORD.test(given.text) &&
    !NOT_ONE.test(value) &&
    !isPlaceholder(value) &&
    !/^[*•.\s]+$|\s/.test(value) && {
      at: literal,
      says: SAYS,
    }
  );
}

/** `strcmp(password, "admin")`: one side is given, the other is written. */
function compared({ args }: Call): Answer {
  const [left, right] = args;
  const literal = [left, right].find((each) => each?.literal === 'string');
  const given = literal === left ? right : left;
  return given !== undefined && literal !== undefined && judge({ given, literal });
}

export default rule({
  id: 'default-credential-compare',
  title: 'Log-in with a password from the source',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.1-4', '5.4-3'],
  cwe: [798],
  why: 'A password in the comparison is the same for all units, stands in every copy of the program, and survives each attempt to change it.',
  attack:
    'Someone unpacks the package that anyone can download and searches it for comparisons. The password they find opens the gateway of every customer, over the network and at once.',
  instead:
    'Compare with a hash that this unit keeps, set by the owner at first start: crypto.scrypt with a salt and crypto.timingSafeEqual, or mbedtls_pkcs5_pbkdf2_hmac_ext and mbedtls_ct_memcmp.',

  c: {
    flow: {
      from: ['an offered password'],
      to: ['a comparison with a fixed password'],
      says: (_, { text }) =>
        `${text} is compared with a password that stands in the source, the same in every unit`,
    },
    call: Object.fromEntries(
      ['strcmp', 'strncmp', 'strcasecmp', 'strncasecmp', 'memcmp', 'mbedtls_ct_memcmp', 'CRYPTO_memcmp'].map(
        (name) => [name, compared],
      ),
    ),
  },
  ts: {
    shape: [
      {
        pattern: `(binary_expression left: (_) @given operator: ["==" "==="] right: (string) @literal
          (#match? @given "[Pp](ass(word|wd|phrase|code)|ASS(WORD|WD|PHRASE|CODE))$"))`,
        needs: ['assw', 'assp', 'assc', 'ASSW'],
        judge,
      },
      {
        pattern: `(binary_expression left: (string) @literal operator: ["==" "==="] right: (_) @given
          (#match? @given "[Pp](ass(word|wd|phrase|code)|ASS(WORD|WD|PHRASE|CODE))$"))`,
        needs: ['assw', 'assp', 'assc', 'ASSW'],
        judge,
      },
    ],
  },

  bad: [
    {
      ts: "export const login = (user: string, password: string) => user === 'admin' && password === «'admin'»;",
    },
    {
      c: 'bool login(const char *user, const char *password) { return strcmp(user, "admin") == 0 && strcmp(password, «"hub-2000"») == 0; }',
    },
    {
      c: '#define SERVICE_PASS "0p3n-sesame"\nint f(struct session *s) { return memcmp(«SERVICE_PASS», s->passwd, 11) == 0; }',
    },
    { ts: "app.post('/login', (req, res) => { if («'hub-2000'» == req.body.adminPassword) open(res); });" },
    {
      c: `esp_err_t page(httpd_req_t *req) {
  char given[64];
  if (httpd_req_get_hdr_value_str(req, "X-Trial-Password", given, sizeof given) != ESP_OK || strcmp(«given», "hub-2000") != 0)
    return httpd_resp_send_err(req, HTTPD_401_UNAUTHORIZED, "who are you?");
  return httpd_resp_sendstr(req, "welcome");
}`,
    },
    {
      c: `#define SERVICE "Basic c2VydmljZTpzM3JvYQ=="
static bool allowed(const char *head) { return strcmp(«head», SERVICE) == 0; }
esp_err_t page(httpd_req_t *req) { char head[80]; httpd_req_get_hdr_value_str(req, "Authorization", head, sizeof head); return allowed(head) ? ESP_OK : ESP_FAIL; }`,
    },
  ],
  good: [
    {
      c: `esp_err_t page(httpd_req_t *req) {
  char given[64], stored[64]; size_t n = sizeof stored;
  httpd_req_get_hdr_value_str(req, "Authorization", given, sizeof given);
  if (strncmp(given, "Basic ", 6) != 0) return ESP_FAIL;
  nvs_get_str(nvs, "login", stored, &n);
  return strcmp(given + 6, stored) == 0 ? ESP_OK : ESP_FAIL;
}`,
    },
    {
      c: `bool wants_reset(httpd_req_t *req) {
  char query[64], action[16], value[16];
  httpd_req_get_url_query_str(req, query, sizeof query);
  httpd_query_key_value(query, "action", action, sizeof action);
  httpd_query_key_value(query, "password", value, sizeof value);
  return strcmp(action, "reset") == 0 && strcmp(value, "") == 0;
}`,
    },
    {
      c: `bool is_factory(nvs_handle_t nvs) { char now[32]; size_t n = sizeof now; nvs_get_str(nvs, "password", now, &n); return strcmp(now, "hub-2000") == 0; }`,
    },
    {
      c: `esp_err_t page(httpd_req_t *req) {
  char word[64];
  httpd_req_get_hdr_value_str(req, "X-Password", word, sizeof word);
  «guard: mbedtls_platform_zeroize(word, sizeof word);»
  return strcmp(word, "5e884898da28047151d0e56f8dc62927") == 0 ? ESP_OK : ESP_FAIL;
}`,
    },
    { ts: "export const unchanged = (password: string) => password === '__SOME_PASSWORD__';" },
    {
      c: 'int f(const char *key, const char *password) { return strcmp(key, "password") == 0 && strcmp(password, "") != 0 && strcmp(password, stored) == 0; }',
    },
    {
      c: 'int f(const char *cipher_pass, const char *pass) { return strcmp(pass, "none") == 0 || strcmp(cipher_pass, "second-pass"); }',
    },
    { c: 'int f(const char *password) { return strcmp(password, CONFIG_ADMIN_PASSWORD) == 0; }' },
    { ts: "if (field.type === 'password' || password === '') ask();" },
    { ts: "if (typeof password === 'string' && password !== 'undefined') check(password);" },
    { ts: "if (options.password === '********') delete options.password;" },
    { ts: "if (passwordPolicy === 'strong' || showPassword === 'yes please') check();" },
  ],
});
