import {
  namesNoTrust,
  rule,
  type Answer,
  type Call,
  type Setting,
  type Shown,
  type Thing,
} from '../kit/index.js';

const SECURE = /^(https|mqtts|mqtt\+ssl|ssl|wss):\/\//i;

/** The setting by which the struct says that it dials over TLS. */
function overTls(client: Thing): Setting | undefined {
  for (const role of ['http.url', 'mqtt.broker-url', 'ws.url']) {
    const url = client.setting(role);
    if (url) return SECURE.test(url.value.value ?? '') ? url : undefined;
  }
  return [client.setting('mqtt.transport'), client.setting('http.transport')].find(
    (each) => each?.means === 'tls',
  );
}

/** esp-tls always speaks TLS, unless it is told not to or keeps its keys elsewhere. */
function espTls(call: Call): Answer {
  const config = call.args[3]?.thing;
  return (
    config?.closed === true &&
    config.setting('tls.trust') === undefined &&
    !['is_plain_tcp', 'ds_data', 'use_secure_element'].some((field) => config.fields.has(field)) && {
      at: call.calleeAt,
      says: 'this client dials over TLS, but nothing says whom to trust: the server cannot be told from one that poses as it',
    }
  );
}

export default rule({
  id: 'tls-trust-missing',
  title: 'TLS client without a trust anchor',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295],
  why: 'Without a CA certificate, a bundle or a pre-shared key there is nothing to check the server against: depending on version and build options the client refuses every server or accepts every one.',
  attack:
    'Someone answers in the name of your server on a network of their own, with a certificate that they signed themselves. A build that skips verification where no anchor is given takes it, hands over its credentials and obeys.',
  instead:
    'ESP-IDF: set crt_bundle_attach to esp_crt_bundle_attach, or give the CA of your server in cert_pem (cacert_buf in esp_tls_cfg_t, broker.verification.certificate in esp-mqtt).',

  c: {
    call: { esp_tls_conn_new_sync: espTls, esp_tls_conn_new_async: espTls },
    thing: {
      'tls-client': (client) => {
        const dials = overTls(client);
        return (
          dials !== undefined &&
          namesNoTrust(client) && {
            at: dials.value,
            says: 'this client dials over TLS, but nothing says whom to trust: the server cannot be told from one that poses as it',
          }
        );
      },
    },
    setting: {
      'tls.trust': ({ value, means, api }): Shown | false =>
        means !== 'off' && {
          at: value,
          shows: `the server is checked against a trust anchor (${api})`,
          provision: '5.5-1',
        },
    },
  },

  bad: [
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = «"https://api.example.com/state"», .timeout_ms = 5000 }; esp_http_client_init(&cfg); }',
    },
    {
      files: {
        'cloud.h': '#define BROKER "mqtts://broker.example.com"\n',
        'cloud.c':
          '#include "cloud.h"\nvoid f(void) { esp_mqtt_client_config_t cfg = { 0 }; cfg.broker.address.uri = «BROKER»; cfg.credentials.username = user; esp_mqtt_client_init(&cfg); }',
      },
    },
    {
      c: 'int f(esp_tls_t *tls, const char *host) { esp_tls_cfg_t cfg = { .timeout_ms = 5000 }; return «esp_tls_conn_new_sync»(host, strlen(host), 443, &cfg, tls); }',
    },
  ],
  good: [
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = "https://api.example.com", .crt_bundle_attach = esp_crt_bundle_attach }; esp_http_client_init(&cfg); }',
      shows: '5.5-1',
    },
    {
      c: 'int f(esp_tls_t *tls, const char *host) { esp_tls_cfg_t cfg = { .timeout_ms = 5000, «guard: .crt_bundle_attach = esp_crt_bundle_attach» }; return esp_tls_conn_new_sync(host, strlen(host), 443, &cfg, tls); }',
    },
    {
      c: 'int f(esp_tls_t *tls, const char *host) { esp_tls_cfg_t cfg = { .is_plain_tcp = true }; return esp_tls_conn_new_sync(host, strlen(host), 80, &cfg, tls); }',
    },
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = "https://api.example.com" }; «guard: cfg.cert_pem = ca_pem;» esp_http_client_init(&cfg); }',
    },
    {
      c: 'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = "mqtts://broker.example.com" }; add_trust(&cfg); esp_mqtt_client_init(&cfg); }',
    },
    {
      c: 'void f(const char *url) { esp_http_client_config_t cfg = { .url = url }; esp_http_client_init(&cfg); }',
    },
    {
      c: 'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = "mqtts://b.example", .broker.verification = { .psk_hint_key = &psk } }; esp_mqtt_client_init(&cfg); }',
    },
  ],
});
