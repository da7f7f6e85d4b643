import { looksSecretName, rule, suggest, type Call, type Expr, type Problem } from '../kit/index.js';
import { printed } from '../kit/printf.js';

/** The last word of a name or member that names a secret itself; `token` alone may be a parser's. Connection strings hold the key or the password of the account. */
function secretName(argument: Expr | undefined): string | undefined {
  if (argument?.kind !== 'name' && argument?.kind !== 'member') return undefined;
  const name = /(\w+)$/.exec(argument.text)?.[1] ?? '';
  if (/connection_?string$/i.test(name)) return name;
  if (!looksSecretName(name) || /^(tok|token|pass|pin)$/i.test(name) || argument.value === '')
    return undefined;
  return namesKind(name, argument.value) ? undefined : name;
}

/** `AUTH_TYPE_TOKEN`, `"token"`: the word for a kind of secret is none. */
function namesKind(name: string, value: string | undefined): boolean {
  const last = /[^_]+$/.exec(name)?.[0] ?? '';
  return /_(TYPE|KIND|MODE|METHOD)_/.test(name) || value?.toLowerCase() === last.toLowerCase();
}

/** `PASS` may be the opposite of `FAIL`; with a value or beside an SSID it is a password. */
function shortPass(argument: Expr | undefined, others: readonly Expr[]): boolean {
  const name = /(\w+)$/.exec(argument?.text ?? '')?.[1] ?? '';
  return /^pass$/i.test(name) && others.some(({ text }) => /(ssid|user|login)\w*$/i.test(text));
}

/** `console.log('x', password)` and `console.log(`x ${password}`)`. */
const logged = ({ args }: Call): Problem[] =>
  args
    .flatMap((argument) =>
      argument.kind === 'template' || argument.operator === '+' ? argument.parts : [argument],
    )
    .filter((shown) => secretName(shown) !== undefined && shown.literal !== 'boolean')
    .map((shown) => ({
      at: shown,
      says: `${shown.text} is printed in full: whoever reads the log or its copies has it`,
      fixes: [suggest(shown, "'***'", 'Print a mask')],
    }));

const arrives = (where: string) => ({
  from: ['a secret', 'a derived secret'],
  to: ['a readable log'],
  says: (_: unknown, { text }: { readonly text: string }) =>
    `${text} is printed in full: whoever reads ${where} has it`,
});

export default rule({
  id: 'secret-in-log',
  title: 'Secret is written to the log',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1', '5.5-8'],
  cwe: [532],
  why: 'A log leaves the device in more ways than one: serial pins, crash reports, support uploads, syslog on the network.',
  attack:
    'Someone opens a device bought second-hand, clips three wires to its serial pins and switches it on. The boot log greets them with the name and the password of the previous owner’s Wi-Fi.',
  instead:
    'Log that a secret is set, or its length; never the secret, at no level: levels are raised in the field.',

  c: {
    flow: arrives('the log or the serial port'),
    setting: {
      'log.message': ({ value, call }) => {
        const format = call?.args.findIndex(({ at }) => at.start === value.at.start) ?? -1;
        const conversions = printed(value);
        if (!call || !conversions || format < 0) return;
        const given = call.args.slice(format + 1);
        return conversions.flatMap(({ letter, argument }): Problem[] => {
          const shown = given[argument];
          if (letter !== 's' || !shown) return [];
          if (secretName(shown) === undefined && !shortPass(shown, given)) return [];
          return [
            {
              at: shown,
              says: `${shown.text} is printed in full: whoever reads the log or the serial port has it`,
              fixes: [suggest(shown, '"***"', 'Print a mask')],
            },
          ];
        });
      },
      'log.bytes': ({ value }) =>
        secretName(value) !== undefined && {
          at: value,
          says: `the bytes of ${value.text} are printed: whoever reads the log or the serial port has them`,
        },
    },
  },

  ts: {
    flow: arrives('the log or its copies'),
    call: Object.fromEntries(
      ['log', 'info', 'debug', 'warn', 'error', 'trace'].map((level) => [`console.${level}`, logged]),
    ),
  },

  bad: [
    {
      ts: "function join(ssid: string, password: string) { console.log('joining', ssid, «password»); }",
      becomes: "function join(ssid: string, password: string) { console.log('joining', ssid, '***'); }",
    },
    { ts: 'console.debug(`broker ${options.host}, key ${«options.apiKey»}`);' },
    { ts: 'const hub = { connectionString }; console.error(`cannot reach ${«hub.connectionString»}`);' },
    {
      c: 'void f(wifi_config_t *cfg) { ESP_LOGI(TAG, "joining %s with %s", cfg->sta.ssid, «cfg->sta.password»); }',
      becomes: 'void f(wifi_config_t *cfg) { ESP_LOGI(TAG, "joining %s with %s", cfg->sta.ssid, "***"); }',
    },
    { c: '#define WIFI_PASSWORD "correct horse"\nvoid f(void) { LOG_DBG("psk=%s", «WIFI_PASSWORD»); }' },
    {
      c: '#define TRACE printk\nvoid f(uint32_t n, const char *accessToken) { TRACE("%" PRIu32 " %*d %s\\n", n, 4, 2, «accessToken»); }',
    },
    {
      c: 'void f(void) { ESP_LOG_BUFFER_HEX(TAG, «session_key», sizeof(session_key)); fprintf(stderr, "%s", «api_key»); }',
    },
    {
      c: 'void f(const char *ssid, const char *pass) { printf("ssid %s, pass %.*s\\n", ssid, 16, «pass»); }',
    },
    {
      c: `static void trace(const char *line) { ESP_LOGD(TAG, "> %s", «line»); }
void join(nvs_handle_t nvs) {
  char value[65], line[96]; size_t n = sizeof value;
  if (nvs_get_str(nvs, "wifi_pass", value, &n) != ESP_OK) return;
  snprintf(line, sizeof line, "join %s", value);
  trace(line);
}`,
    },
    {
      c: 'void f(void) { wifi_config_t c; esp_wifi_get_config(WIFI_IF_STA, &c); const char *shown = (char *)c.sta.password; printf("%s\n", «shown»); }',
    },
    {
      c: 'void f(mbedtls_pk_context *pk) { unsigned char out[1600]; mbedtls_pk_write_key_pem(pk, out, sizeof out); LOG_INF("%s", «out»); }',
    },
    {
      ts: "const settings = { host: process.env.BROKER, login: process.env.BROKER_PASSWORD };\nconsole.log('connecting', «JSON.stringify(settings)»);",
    },
    {
      ts: `import express from 'express';
const app = express();
app.post('/login', (req, res) => { const { name, password: given } = req.body; console.info(name, «given»); res.end(); });`,
    },
    {
      files: {
        'logger.ts':
          'export const note = (text: string, more: unknown): void => { process.stdout.write(«`${text} ${JSON.stringify(more)}\\n`»); };',
        'app.ts': "import { note } from './logger';\nnote('start', { key: process.env.API_KEY });",
      },
    },
  ],
  good: [
    {
      // What the fields of a record are called is no secret, whatever they hold.
      ts: 'const hub = { name: "hub", apiSecret: process.env.API_SECRET };\nfor (const [field] of Object.entries(hub)) console.log("has", field);\nfor (const field of Object.keys(hub)) console.log(`has ${field}`);',
    },
    {
      // A constant that names the kind of authentication.
      c: '#include "esp_log.h"\n#define AUTH_TYPE_STR_TOKEN "token"\n#define AUTH_TOKEN "token"\nvoid show(void) { ESP_LOGI("cfg", "auth: %s %s", AUTH_TYPE_STR_TOKEN, AUTH_TOKEN); }',
    },
    {
      c: `void join(nvs_handle_t nvs) {
  char value[65]; size_t n = sizeof value;
  nvs_get_str(nvs, "wifi_pass", value, &n);
  «guard: mbedtls_platform_zeroize(value, sizeof value);»
  ESP_LOGI(TAG, "joining %s", value);
}`,
    },
    {
      c: 'void f(nvs_handle_t nvs) { char name[33]; size_t n = 33; nvs_get_str(nvs, "ssid", name, &n); ESP_LOGI(TAG, "joining %s", name); }',
    },
    {
      c: 'void f(nvs_handle_t nvs) { char p[65]; size_t n = 65; nvs_get_str(nvs, "wifi_pass", p, &n); ESP_LOGI(TAG, "%u characters, %p, error %d", strlen(p), p, connect_with(p)); const char *state = status_of(p); ESP_LOGI(TAG, "%s", state); }',
    },
    {
      ts: 'const answer = await login(process.env.API_KEY); console.log(answer, process.env.HOME, !!process.env.API_KEY, process.env.API_KEY!.slice(0, 4));',
    },
    {
      ts: "console.log('password set', password !== undefined, password.length); console.error('unexpected', token);",
    },
    { ts: 'const console = { log: (text: string) => vault.put(text) };\nconsole.log(password);' },
    {
      c: 'void f(const char *password) { ESP_LOGI(TAG, "password set, %u characters", (unsigned)strlen(password)); }',
    },
    {
      c: 'void f(const char *password) { ESP_LOGI(TAG, "%s", password ? "set" : "none"); LOG_INF("password: %p", password); }',
    },
    {
      c: 'void f(const char *token, const char *pass) { printf("unexpected token %s\\n", token); printf("%s: %s\\n", test, pass); }',
    },
    {
      c: 'void f(FILE *out, const char *password) { fprintf(out, "%s", password); LOG_INF("enter your password"); }',
    },
    { c: 'void f(void) { LOG_INF("%s is %d long", password_field, password_len); }' },
  ],
});
