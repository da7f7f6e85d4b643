import { rule } from '../kit/index.js';

const says = (
  _: unknown,
  { text, callee }: { readonly text: string; readonly callee: string | undefined },
): string =>
  `${text} holds a secret and leaves through ${callee ?? 'a call'} without encryption: whoever listens on the way has it`;
const flow = { from: ['a secret', 'a derived secret'], to: ['a plain channel'], says };

export default rule({
  id: 'secret-over-plain-channel',
  title: 'Secret leaves the device unencrypted',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-7', '5.5-1', '5.5-6'],
  cwe: [319],
  why: 'Sockets, plain HTTP and MQTT, serial lines and unpaired Bluetooth carry what they are given to everybody who listens.',
  attack:
    'A guest in the same Wi-Fi starts a packet capture and waits for the device to report. The report carries the password of the owner in readable form, and the guest logs in with it from then on.',
  instead:
    'Send secrets over TLS or DTLS only, to a server that is checked; over Bluetooth only in an encrypted characteristic. Better: prove that the secret is known, with an HMAC over a challenge, instead of sending it.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      c: `void report(int s, nvs_handle_t nvs) {
  char key[65], line[128]; size_t n = sizeof key;
  nvs_get_str(nvs, "api_key", key, &n);
  int len = snprintf(line, sizeof line, "id=7&key=%s", key);
  send(s, «line», len, 0);
}`,
    },
    {
      c: 'void dump(void) { wifi_config_t c; esp_wifi_get_config(WIFI_IF_STA, &c); uart_write_bytes(UART_NUM_1, «c.sta.password», 64); }',
    },
    {
      c: `static void answer(uint16_t conn, uint16_t handle, const char *text, uint16_t n) { esp_ble_gatts_send_indicate(ifc, conn, handle, n, «(uint8_t *)text», false); }
void on_read(nvs_handle_t nvs, uint16_t conn, uint16_t handle) {
  char token[40]; size_t n = sizeof token;
  if (nvs_get_str(nvs, "access_token", token, &n) == ESP_OK) answer(conn, handle, token, n);
}`,
    },
    {
      ts: "import mqtt from 'mqtt';\nconst login = { username: 'hub', password: process.env.MQTT_PASSWORD };\nmqtt.connect('mqtt://broker.example:1883', «login»);",
    },
    {
      ts: 'const headers = { Authorization: `Bearer ${process.env.CLOUD_TOKEN}` };\nawait fetch(`http://${host}/state`, «{ headers }»);',
    },
    {
      ts: "import net from 'node:net';\nconst link = net.connect(4000, host);\nlink.write(«`AUTH ${process.env.PANEL_PASSWORD}\\n`»);",
    },
    {
      c: `esp_err_t report(nvs_handle_t nvs) {
  char token[40]; size_t n = sizeof token;
  esp_http_client_config_t http = { .method = HTTP_METHOD_POST };
  http.url = "http://reports.example/units";
  nvs_get_str(nvs, "access_token", token, &n);
  esp_http_client_handle_t client = esp_http_client_init(&http);
  if (!client) return ESP_ERR_NO_MEM;
  esp_http_client_set_header(client, "X-Token", «token»);
  esp_http_client_set_post_field(client, «token», strlen(token));
  return esp_http_client_perform(client);
}`,
    },
  ],
  good: [
    {
      c: `esp_err_t report(nvs_handle_t nvs, const char *url) {
  char token[40], id[40]; size_t n = sizeof token;
  esp_http_client_config_t http = { .url = "https://reports.example/units", .crt_bundle_attach = esp_crt_bundle_attach };
  esp_http_client_config_t other = { .url = "http://time.example/now" };
  nvs_get_str(nvs, "access_token", token, &n);
  nvs_get_str(nvs, "unit", id, &n);
  esp_http_client_handle_t client = esp_http_client_init(&http), clock = esp_http_client_init(&other);
  esp_http_client_set_header(client, "X-Token", token);
  esp_http_client_set_post_field(clock, id, strlen(id));
  return esp_http_client_perform(client);
}`,
    },
    {
      c: `void report(int s, nvs_handle_t nvs) {
  char key[65]; uint8_t mac[32]; size_t n = sizeof key;
  nvs_get_str(nvs, "api_key", key, &n);
  mbedtls_md_hmac(info, (uint8_t *)key, n, challenge, 16, mac);
  send(s, mac, sizeof mac, 0);
}`,
    },
    {
      c: `void report(nvs_handle_t nvs, int s) {
  char key[65]; size_t n = sizeof key;
  nvs_get_str(nvs, "api_key", key, &n);
  «guard: setsockopt(s, SOL_TLS, TLS_SEC_TAG_LIST, tags, sizeof tags);»
  send(s, key, n, 0);
}`,
    },
    {
      c: 'void report(mbedtls_ssl_context *ssl, nvs_handle_t nvs) { char key[65]; size_t n = 65; nvs_get_str(nvs, "api_key", key, &n); mbedtls_ssl_write(ssl, (uint8_t *)key, n); }',
    },
    {
      c: `void report(int s, nvs_handle_t nvs) {
  char key[65]; size_t n = sizeof key;
  nvs_get_str(nvs, "api_key", key, &n);
  «guard: seal(key, n); explicit_bzero(key, sizeof key);»
  send(s, key, n, 0);
}`,
    },
    {
      ts: "import mqtt from 'mqtt';\nconst login = { password: process.env.MQTT_PASSWORD };\nmqtt.connect('mqtts://broker.example', login);\nmqtt.connect('mqtt://localhost:1883', login);\nmqtt.connect(process.env.BROKER!, login);",
    },
    {
      ts: "await fetch(`http://${host}/state`, { headers: { 'X-Set': String(Boolean(process.env.CLOUD_TOKEN)) } });\nawait fetch('https://api.example', { headers: { Authorization: process.env.CLOUD_TOKEN! } });",
    },
    {
      ts: "import net from 'node:net';\nimport { createHmac } from 'node:crypto';\nnet.connect(4000, host).write(createHmac('sha256', process.env.PANEL_PASSWORD!).update(challenge).digest());",
    },
  ],
});
