import {
  isPlaceholder,
  rule,
  type Answer,
  type Call,
  type Expr,
  type Problem,
  type Setting,
  type Shown,
} from '../kit/index.js';

/** A password that stands in the source; `user:` has none. What menuconfig or the build gives is not in the source. */
function written(value: Expr): boolean {
  return (
    value.literal === 'string' &&
    value.value !== undefined &&
    !isPlaceholder(value.value) &&
    !/-----BEGIN |^[^:]*:$/.test(value.value) &&
    !value.names.some((name) => name.startsWith('CONFIG_'))
  );
}

function report(value: Expr, what: string): Problem | false {
  return (
    written(value) && {
      at: value,
      says: `the ${what} stands in the source, so every unit has the same one and each copy of the firmware gives it away`,
    }
  );
}

const judge =
  (what: string) =>
  ({ value }: Setting): Answer =>
    report(value, what) || brought(value, what);

/** In Node: given by the environment of the unit, or read from a file of it. */
function brought(value: Expr, what: string): Shown | false {
  const isBrought =
    value.names.some((name) => name.startsWith('process.env.')) || value.call?.callee === 'fs.readFileSync';
  return (
    isBrought && {
      at: value,
      shows: `The ${what} is given to the unit, not to the source`,
      provision: '5.4-3',
    }
  );
}

/** The user and password of an `Authorization` header that is written out. */
function basic(literal: Expr): Answer {
  const coded = /(?:^|:\s*)Basic ([A-Za-z0-9+/]{6,}={0,2})\s*$/.exec(literal.value ?? '')?.[1];
  const plain = coded === undefined ? '' : decoded(coded);
  const given = /^[\x21-\x7e]{1,64}?:([\x20-\x7e]{1,64})$/.exec(plain)?.[1];
  return (
    given !== undefined &&
    !isPlaceholder(given) && {
      at: literal,
      says: `a user and a password stand in this header in Base64, which hides nothing: every unit logs in with the same ones`,
    }
  );
}

/** Base64 is a spelling: the text behind it, empty where it is none. */
function decoded(coded: string): string {
  try {
    return atob(coded);
  } catch {
    return '';
  }
}

/** `['one', 'two']` and `new Set(['one'])`. */
function tokens(value: Expr): Answer {
  const list = value.call?.args[0] ?? value;
  return list.parts.flatMap((part) => {
    const problem = report(part, 'token of the log-in');
    return problem ? [problem] : [];
  });
}

/** `users: { admin: 'secret' }`. */
function users({ args }: Call): Answer {
  return [...(args[0]?.thing?.fields ?? [])].flatMap(([field, value]) => {
    const problem = field.startsWith('users.') && report(value, 'password of the log-in');
    return problem ? [problem] : [];
  });
}

/** The password array of a Wi-Fi configuration, which cannot be assigned. */
const isWifiPassword = (to: Expr | undefined): boolean =>
  /(^|\.)(sta|ap)\.password$/.test(to?.names[0] ?? '');

function put(to: Expr | undefined, from: Expr | undefined): Answer {
  return from && isWifiPassword(to) && report(from, 'Wi-Fi password');
}

const stored = ({ args: [, , to] }: Call): Answer =>
  to &&
  isWifiPassword(to) && {
    at: to,
    shows: 'The Wi-Fi password is that of the unit, from its storage',
    provision: '5.1-1',
  };

const copied = ({ args }: Call): Answer => put(args[0], args[1]);

/** The same by way of a format: `snprintf(cfg.sta.password, n, "%s", PASS)`. */
function printed({ args }: Call): Answer {
  const format = args.findIndex(({ value }) => value === '%s');
  return format > 0 && put(args[0], args[format + 1]);
}

export default rule({
  id: 'hardcoded-password',
  title: 'Password in the source',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.4-3'],
  cwe: [798, 1392],
  why: 'A password in the source is the same in every unit and cannot be changed by the user; whoever has one device or one firmware file has all of them.',
  attack:
    'Someone downloads your update file, or reads the flash of a second-hand unit with a five-euro adapter, and searches it for text. The password they find opens the network, the broker or the account of every device you ever sold.',
  instead:
    'Give each unit its own password at production, or let the user choose one at set-up, and read it from encrypted storage (NVS with encryption, PSA protected storage, a secret file outside the repository).',

  any: {
    literal: [{ needs: ['Basic '], judge: basic }],
    setting: {
      'wifi.password': judge('Wi-Fi password'),
      'provisioning.pop': judge('proof of possession'),
      'mqtt.password': judge('broker password'),
      'auth.password': judge('password'),
      'auth.tokens': ({ value }) => tokens(value),
      'auth.psk': judge('pre-shared key'),
    },
  },
  ts: { call: { 'express-basic-auth': users } },
  c: {
    flow: {
      from: ['a text in the source'],
      to: ['a password that is handed over'],
      says: (_, { callee }) =>
        `the password for ${callee ?? 'the call'} stands in the source, so every unit has the same one and each copy of the firmware gives it away`,
    },
    call: {
      strcpy: copied,
      strncpy: copied,
      strlcpy: copied,
      memcpy: copied,
      sprintf: printed,
      snprintf: printed,
      nvs_get_str: stored,
      nvs_get_blob: stored,
    },
  },

  bad: [
    {
      ts: "import fastify from 'fastify';\nimport bearer from '@fastify/bearer-auth';\nconst app = fastify();\napp.register(bearer, { keys: new Set([«'hub-token-2024'»]) });",
    },
    {
      ts: "import auth from 'koa-basic-auth';\napp.use(auth({ name: 'installer', pass: «'Service-24'» }));",
    },
    {
      ts: "import mqtt from 'mqtt';\nconst options = { username: 'hub', password: «'Tr0mbone-88'» };\nmqtt.connect('mqtts://broker.example', options);",
    },
    {
      ts: "import axios from 'axios'; axios.get('https://cloud.example/state', { auth: { username: 'unit', password: «'s0lar-panel'» } });",
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .sta = { .ssid = "home", .password = «"correct horse"» } }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      files: {
        'secrets.h': '#define BROKER_PASS "s3cr3t-77"\n',
        'mqtt.c':
          '#include "secrets.h"\nvoid f(void) { esp_mqtt_client_config_t cfg = { 0 }; cfg.credentials.authentication.password = «BROKER_PASS»; esp_mqtt_client_init(&cfg); }',
      },
    },
    {
      c: 'static const char *pass = "hunter-2000";\nvoid f(CURL *curl) { curl_easy_setopt(curl, CURLOPT_PASSWORD, «pass»); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { 0 }; strlcpy((char *)cfg.ap.password, «"12345678"», sizeof(cfg.ap.password)); }',
    },
    {
      c: '#define ATTIC { .ssid = "attic", .password = "kettle-on-42" }\nvoid f(void) { wifi_config_t cfg = { .sta = «ATTIC» }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      c: '#define PASS "kettle-on-42"\nvoid f(void) { wifi_config_t cfg = { 0 }; snprintf((char *)cfg.sta.password, sizeof(cfg.sta.password), "%s", «PASS»); }',
    },
    {
      c: `#define PASS "kettle-on-42"
static void join(const char *ssid, const char *pass) {
  wifi_config_t cfg = { 0 };
  strlcpy((char *)cfg.sta.ssid, ssid, sizeof cfg.sta.ssid);
  strlcpy((char *)cfg.sta.password, pass, sizeof cfg.sta.password);
  esp_wifi_set_config(WIFI_IF_STA, &cfg);
}
void f(void) { join("attic", «PASS»); }`,
    },
    {
      ts: "import basicAuth from 'express-basic-auth'; app.use(basicAuth({ users: { admin: «'s0lar-panel'», other: process.env.PASS }, challenge: true }));",
    },
    {
      c: 'void f(esp_http_client_handle_t c) { esp_http_client_set_header(c, "Authorization", «"Basic YWRtaW46YWRtaW4="»); }',
    },
    {
      ts: "fetch('https://meter.local/state', { headers: { Authorization: «'Basic aHViOnMwbGFyLXBhbmVs'» } });",
    },
    {
      c: 'void f(void) { wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_1, «"abcd1234"», "PROV_HUB", NULL); }',
    },
    { c: 'void f(void) { snmp_set_community(«"public"»); snmp_set_community_write(«"private"»); }' },
    {
      ts: "import Wifi from 'Wifi'; Wifi.connect('attic', { password: «'kettle-on-42'» }, (err) => print(err));",
    },
    {
      ts: "import WiFi from 'wifi';\nexport const station = new WiFi({ ssid: 'attic', password: «'kettle-on-42'» }, done);\nWiFi.accessPoint({ ssid: 'hub-setup', password: «'setup-2024'» });",
    },
    {
      ts: "import { iot } from 'aws-iot-device-sdk-v2';\nconst config = iot.AwsIotMqttConnectionConfigBuilder.new_default_builder().with_endpoint(host).with_username('hub').with_password(«'Tr0mbone-88'»).build();",
    },
  ],
  good: [
    {
      c: `static void derive(const char *label, uint8_t *out) { mbedtls_md_hmac(info, (const uint8_t *)label, 12, master, 32, out); }
void f(uint8_t *out) { derive("session-keys", out); }`,
    },
    {
      c: `#define WIFI_PASS "WIFI_PASSWORD" // SET THIS!
static void join(const char *pass) { wifi_config_t cfg = { 0 }; strlcpy((char *)cfg.sta.password, pass, 64); esp_wifi_set_config(WIFI_IF_STA, &cfg); }
void f(void) { join(WIFI_PASS); }`,
    },
    {
      ts: "import WiFi from 'wifi';\nimport Preference from 'preference';\nexport const station = new WiFi({ ssid: 'attic', password: Preference.get('wifi', 'password') }, done);",
    },
    {
      ts: "import { iot } from 'aws-iot-device-sdk-v2';\nconst config = iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder_from_path(cert, key).with_endpoint(host).with_password(password).build();",
    },
    {
      c: `static void join(const char *ssid, const char *pass) { wifi_config_t cfg = { 0 }; strlcpy((char *)cfg.sta.password, pass, 64); esp_wifi_set_config(WIFI_IF_STA, &cfg); }
void f(nvs_handle_t nvs) { const char *pass = "kettle-on-42"; join("attic", CONFIG_ATTIC_KEY); join("open", ""); «guard: pass = stored(nvs);» join("attic", pass); }`,
    },
    {
      c: 'void f(nvs_handle_t nvs) { wifi_config_t cfg = { 0 }; size_t n = sizeof cfg.ap.password; nvs_get_str(nvs, "key", (char *)cfg.ap.password, &n); esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
      shows: '5.1-1',
    },
    {
      ts: "import mqtt from 'mqtt';\nmqtt.connect('mqtts://broker.example', { username: 'hub', password: process.env.BROKER_PASS });",
      shows: '5.4-3',
    },
    {
      ts: "import fs from 'node:fs';\nimport mqtt from 'mqtt';\nconst password = fs.readFileSync('/run/secrets/broker', 'utf8');\nmqtt.connect('mqtts://broker.example', { username: 'hub', password });",
      shows: '5.4-3',
    },
    {
      ts: "import fastify from 'fastify';\nimport bearer from '@fastify/bearer-auth';\nimport auth from 'koa-basic-auth';\nconst app = fastify();\napp.register(bearer, { keys: new Set([process.env.TOKEN]) });\napp.use(auth({ name: 'installer', pass: process.env.PASSWORD }));",
    },
    {
      c: 'const char *help = "Basic settings"; const char *head = "Authorization: Basic "; const char *level = "Basic Security";',
    },
    {
      ts: "const tiers = ['Basic free', 'Basic configuration', 'Basic plan']; const header = 'Basic ' + btoa(user + ':' + password);",
    },
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example', { username: 'hub', password: process.env.MQTT_PASSWORD });",
    },
    {
      ts: "import { connect } from './dialog'; connect('mqtts://broker.example', { password: 'Tr0mbone-88' });",
    },
    {
      c: '#define WIFI_PASS CONFIG_ESP_WIFI_PASSWORD\nvoid f(void) { wifi_config_t cfg = { .sta = { .ssid = CONFIG_SSID, .password = WIFI_PASS } }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      c: '#define ATTIC { .ssid = CONFIG_ATTIC_SSID, .password = CONFIG_ATTIC_KEY }\nvoid f(void) { wifi_config_t cfg = { .sta = ATTIC }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      c: 'void f(int n) { wifi_config_t cfg = { 0 }; snprintf((char *)cfg.sta.password, 64, "%s", stored(n)); snprintf((char *)cfg.sta.ssid, 32, "%s", "attic"); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .ssid = "setup", .password = "" } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(CURL *curl, const char *pass) { curl_easy_setopt(curl, CURLOPT_PASSWORD, pass); curl_easy_setopt(curl, CURLOPT_USERAGENT, "password"); }',
    },
    {
      c: 'void f(nvs_handle_t h) { wifi_config_t cfg = { 0 }; size_t n = sizeof(cfg.sta.password); nvs_get_str(h, "password", (char *)cfg.sta.password, &n); strlcpy((char *)cfg.sta.ssid, "home", sizeof(cfg.sta.ssid)); }',
    },
    {
      c: 'void f(void) { esp_mqtt_client_config_t cfg = { .credentials.authentication.password = "<your password>" }; esp_mqtt_client_init(&cfg); }',
    },
  ],
});
