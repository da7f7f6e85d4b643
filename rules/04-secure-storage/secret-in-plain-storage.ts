import { nodeRedSettings, rule } from '../kit/index.js';

/** Node-RED keeps the passwords of its flows as they are where it is told to. */
const unsealed = nodeRedSettings((_, __, { fields }) => {
  const secret = fields.get('credentialSecret');
  return (
    secret?.value === 'false' && {
      at: secret,
      says: 'Node-RED then stores the passwords and tokens of all flows as they are: whoever reads its folder has them',
    }
  );
});

export default rule({
  id: 'secret-in-plain-storage',
  title: 'Secret is stored in readable form',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1'],
  cwe: [312, 922],
  why: 'What lies unencrypted in flash, in a file or in the storage of a browser is read by whoever gets hold of it once.',
  attack:
    'Someone buys a used device, clips a reader to its flash chip and searches the image for the name of a Wi-Fi. Behind it lies the password, and with it the network of the previous owner.',
  instead:
    'Encrypted NVS (nvs_flash_secure_init, CONFIG_NVS_ENCRYPTION with flash encryption), PSA protected storage, a secure element; in Node encrypt with a key that is not in the same folder; in a browser an HttpOnly cookie. Of passwords of users keep a slow hash only.',

  c: {
    flow: {
      from: ['a secret'],
      to: ['plain storage'],
      unless: [
        'CONFIG_NVS_ENCRYPTION',
        'CONFIG_SECURE_STORAGE',
        'CONFIG_TRUSTED_STORAGE',
        'CONFIG_SETTINGS_TFM_PSA',
      ],
      says: (_, { text, callee }) =>
        `${text} holds a secret, and ${callee ?? 'the call'} stores it in readable form: whoever reads the flash has it`,
    },
  },
  ts: {
    shape: [unsealed],
    flow: {
      from: ['a secret'],
      to: ['plain storage'],
      says: (_, { text, callee }) =>
        `${text} holds a secret, and ${callee ?? 'the call'} stores it in readable form: whoever reads the storage has it`,
    },
  },

  bad: [
    { ts: "module.exports = { flowFile: 'flows.json', uiPort: 1880, credentialSecret: «false» };" },
    {
      c: `esp_err_t on_join(httpd_req_t *req, nvs_handle_t nvs) {
  char body[128] = {0}, pass[65];
  int n = httpd_req_recv(req, body, sizeof body - 1);
  if (n <= 0 || httpd_query_key_value(body, "password", pass, sizeof pass) != ESP_OK) return ESP_FAIL;
  return nvs_set_str(nvs, "pw", «pass»);
}`,
    },
    {
      c: `static esp_err_t keep(nvs_handle_t nvs, const char *key, const char *value) { return nvs_set_str(nvs, key, «value»); }
void on_config(nvs_handle_t nvs, const cJSON *root) {
  cJSON *token = cJSON_GetObjectItem(root, "api_token");
  if (cJSON_IsString(token)) keep(nvs, "tok", token->valuestring);
}`,
    },
    {
      c: 'void save(nvs_handle_t nvs) { wifi_config_t c; esp_wifi_get_config(WIFI_IF_STA, &c); nvs_set_blob(nvs, "p", «c.sta.password», 64); }',
    },
    {
      ts: "import express from 'express';\nimport { writeFileSync } from 'node:fs';\nconst app = express();\napp.post('/broker', (req, res) => { writeFileSync('/data/broker.json', «JSON.stringify({ password: req.body.password })»); res.end(); });",
    },
    { ts: "const session = JSON.parse(answer);\nlocalStorage.setItem('t', «session.accessToken»);" },
    {
      ts: "import fs from 'node:fs/promises';\nconst settings = { host: 'a', key: process.env.API_KEY };\nawait fs.writeFile('/data/settings.json', «JSON.stringify(settings)»);",
    },
    {
      c: `void keep(httpd_req_t *req) {
  char pass[65], query[128];
  httpd_req_get_url_query_str(req, query, sizeof query);
  httpd_query_key_value(query, "password", pass, sizeof pass);
  FILE *f = fopen("/spiffs/wifi.txt", "w");
  if (!f) return;
  fprintf(f, "home\\n%s\\n", «pass»);
  fwrite(«pass», 1, strlen(pass), f);
  fclose(f);
}`,
    },
  ],
  good: [
    {
      c: `void keep(httpd_req_t *req) {
  char pass[65], query[128];
  httpd_req_get_url_query_str(req, query, sizeof query);
  httpd_query_key_value(query, "password", pass, sizeof pass);
  FILE *f = fopen("/spiffs/state.txt", "w");
  fprintf(f, "%d\\n", (int)strlen(pass));
  fclose(f);
  FILE *out = fopen("/dev/ttyS0", "w");
  fprintf(out, "%s\\n", pass);
}`,
    },
    {
      ts: "module.exports = { flowFile: 'flows.json', uiPort: 1880, credentialSecret: process.env.SECRET ?? false };",
    },
    {
      files: {
        'sdkconfig.defaults': '«guard: CONFIG_NVS_ENCRYPTION=y»\n',
        'main.c':
          'void save(nvs_handle_t nvs) { wifi_config_t c; esp_wifi_get_config(WIFI_IF_STA, &c); nvs_set_blob(nvs, "p", c.sta.password, 64); }',
      },
    },
    {
      c: 'void save(nvs_handle_t nvs, const cJSON *root) { cJSON *name = cJSON_GetObjectItem(root, "name"); nvs_set_str(nvs, "name", name->valuestring); }',
    },
    {
      c: 'void save(nvs_handle_t nvs, const cJSON *root) { cJSON *p = cJSON_GetObjectItem(root, "password"); uint8_t hash[32]; mbedtls_sha256((uint8_t *)p->valuestring, strlen(p->valuestring), hash, 0); nvs_set_blob(nvs, "h", hash, 32); }',
    },
    {
      ts: "import { writeFileSync } from 'node:fs';\nimport { createHash } from 'node:crypto';\nwriteFileSync('/data/h', createHash('sha256').update(process.env.API_KEY!).digest('hex'));",
    },
    {
      c: `esp_err_t set_password(nvs_handle_t nvs, const char *pw) {
  struct { uint8_t salt[16], hash[32]; } record;
  esp_fill_random(record.salt, sizeof record.salt);
  if (mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, (const uint8_t *)pw, strlen(pw), record.salt, 16, 600000, 32, record.hash) != 0) return ESP_FAIL;
  return nvs_set_blob(nvs, "pw", &record, sizeof record);
}`,
    },
    {
      ts: "import { randomBytes, scryptSync } from 'node:crypto';\nimport { writeFileSync } from 'node:fs';\nexport function setPassword(password: string) {\n  const salt = randomBytes(16);\n  writeFileSync('/data/login.json', JSON.stringify({ salt: salt.toString('hex'), hash: scryptSync(password, salt, 32).toString('hex') }));\n}",
    },
    { ts: "const session = JSON.parse(answer);\nlocalStorage.setItem('lang', session.language);" },
    {
      ts: "import { writeFile } from 'node:fs/promises';\nawait writeFile('/data/a', seal(process.env.API_KEY!));",
    },
  ],
});
