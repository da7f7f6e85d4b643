import {
  hostOf,
  isLocalHost,
  namesNoTrust,
  rule,
  suggest,
  type Answer,
  type Call,
  type Expr,
  type Option,
  type Thing,
} from '../kit/index.js';

function plain(url: Expr | undefined, client?: Thing): Answer {
  const value = url?.value;
  const host = value !== undefined && /^http:\/\//i.test(value) ? hostOf(value) : undefined;
  if (!url || value === undefined || host === undefined || isLocalHost(host)) return undefined;
  return {
    at: url,
    says: `firmware is fetched from ${host} without TLS: whoever is on the path sees it and can hand over another image`,
    ...(url.kind === 'string' &&
      !namesNoTrust(client) && {
        fixes: [suggest(url, url.text.replace(/http:/i, 'https:'), 'Fetch the update over HTTPS')],
      }),
  };
}

/** The config of the HTTP client: inside that of the update, or given directly as in ESP-IDF 4. */
function update({ args, calleeAt }: Call): Answer {
  const config = args[0]?.thing;
  const client = config?.fields.get('http_config')?.thing ?? config;
  const anchor = ['crt_bundle_attach', 'cert_pem', 'use_global_ca_store'].find((name) =>
    client?.fields.has(name),
  );
  const problem = plain(client?.fields.get('url'), client);
  return (
    problem ??
    (anchor !== undefined && {
      at: calleeAt,
      shows: `The update server is verified (${anchor})`,
      provision: '5.3-10',
    })
  );
}

const allowed = (option: Option): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} lets firmware be fetched without TLS`,
    fixes: [{ title: 'Allow HTTPS only', edits: [option.set('n')], safe: false }],
  };

export default rule({
  id: 'ota-over-http',
  title: 'Firmware update without TLS',
  severity: 'error',
  heading: 3,
  provisions: ['5.3-7', '5.3-10', '5.3-2'],
  cwe: [319, 494],
  why: 'The server of an update is only known through TLS: over plain HTTP anybody on the path decides which firmware arrives.',
  attack:
    'Someone on the same Wi-Fi answers the DNS query for the update server and waits. The device asks for its update in the clear, takes the image it is given, and runs the software of the attacker from then on. Even where images are signed, an old release with a known hole can be sent.',
  instead:
    'Use an https:// URL with a CA certificate or the certificate bundle; on nRF Connect SDK give the security tag that holds the CA. Sign images as well.',

  any: {
    option: { CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP: allowed, CONFIG_OTA_ALLOW_HTTP: allowed },
    setting: { 'ota.url': ({ value }) => plain(value) },
  },
  c: {
    call: { esp_https_ota: update, esp_https_ota_begin: update },
    setting: {
      'ota.transport': ({ value, means, api }) =>
        (means === 'plain' || value.text === '-1') && {
          at: value,
          says: `${value.text} as security tag makes ${api} download firmware without TLS`,
        },
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_TWO_OTA=y\n«CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP=y»\n',
      },
      becomes: 'CONFIG_PARTITION_TABLE_TWO_OTA=y\nCONFIG_ESP_HTTPS_OTA_ALLOW_HTTP=n\n',
    },
    {
      c: 'void f(void) { esp_http_client_config_t http = { .url = «"http://fw.example/app.bin"», .crt_bundle_attach = esp_crt_bundle_attach }; esp_https_ota_config_t ota = { .http_config = &http }; esp_err_t err = esp_https_ota(&ota); }',
      becomes:
        'void f(void) { esp_http_client_config_t http = { .url = "https://fw.example/app.bin", .crt_bundle_attach = esp_crt_bundle_attach }; esp_https_ota_config_t ota = { .http_config = &http }; esp_err_t err = esp_https_ota(&ota); }',
    },
    {
      c: '#define FW "http://fw.example/app.bin"\nvoid f(void) { esp_http_client_config_t http = {0}; http.url = «FW»; esp_https_ota_config_t ota = {0}; ota.http_config = &http; esp_err_t err = esp_https_ota_begin(&ota, &handle); }',
    },
    { c: 'int f(void) { return fota_download_start(host, file, «-1», 0, 0); }' },
    {
      c: '#define NO_TLS -1\nint f(void) { return fota_download_start(«"http://fw.example"», "app.bin", «NO_TLS», 0, 0); }',
    },
  ],
  good: [
    { files: { sdkconfig: '# CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP is not set\n' } },
    {
      c: 'void f(void) { esp_http_client_config_t http = { .url = "https://fw.example/app.bin", .crt_bundle_attach = esp_crt_bundle_attach }; esp_https_ota_config_t ota = { .http_config = &http }; esp_err_t err = esp_https_ota(&ota); }',
      shows: '5.3-10',
    },
    {
      c: 'void f(void) { esp_http_client_config_t http = { .url = "http://time.example" }; esp_http_client_init(&http); }',
    },
    { c: 'int f(void) { return fota_download_start("https://fw.example", "app.bin", SEC_TAG, 0, 0); }' },
  ],
});
