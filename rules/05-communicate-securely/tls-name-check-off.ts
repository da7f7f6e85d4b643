import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'tls-name-check-off',
  title: "TLS accepts another server's certificate",
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [297],
  why: 'A certificate proves who the server is only if its name is compared with the name that was dialled. Without the comparison any valid certificate opens the connection, also one bought for another site.',
  attack:
    'Someone runs a rogue access point and owns a domain of their own with an ordinary free certificate. They answer in place of your server with that certificate; the chain is valid, the name is not looked at, and the device hands over its credentials.',
  instead:
    'Leave the name check on. Mbed TLS: give mbedtls_ssl_set_hostname the name of the server. ESP-IDF: where the certificate carries another name than the address, set common_name to that name instead of skipping the check. libcurl: CURLOPT_SSL_VERIFYHOST 2L. Zephyr: set TLS_HOSTNAME. Node: do not replace checkServerIdentity.',

  any: {
    setting: {
      'tls.verify-name': ({ value, means, spelling }) => {
        const on = spelling('on');
        return (
          means === 'off' && {
            at: value,
            says: `${value.text} drops the name check: a valid certificate for any other host passes as your server`,
            ...(on !== undefined && { fixes: [suggest(value, on, 'Compare the name in the certificate')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = URL, .cert_pem = ca, .skip_cert_common_name_check = «true» }; esp_http_client_init(&cfg); }',
      becomes:
        'void f(void) { esp_http_client_config_t cfg = { .url = URL, .cert_pem = ca, .skip_cert_common_name_check = false }; esp_http_client_init(&cfg); }',
    },
    {
      c: 'void f(esp_mqtt_client_config_t *cfg) { cfg->broker.verification.skip_cert_common_name_check = «1»; }',
    },
    { c: 'int f(mbedtls_ssl_context *ssl) { return mbedtls_ssl_set_hostname(ssl, «NULL»); }' },
    {
      files: {
        'net.h': '#define CHECK_HOST 0L\n',
        'net.c':
          '#include "net.h"\nvoid f(CURL *curl) { curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, «CHECK_HOST»); }',
      },
    },
  ],
  good: [
    { c: 'void f(void) { esp_tls_cfg_t cfg = { .cacert_buf = ca, .skip_common_name = false }; use(&cfg); }' },
    {
      c: 'int f(mbedtls_ssl_context *ssl, const char *host) { return mbedtls_ssl_set_hostname(ssl, host); }',
    },
    {
      c: 'void f(CURL *curl) { curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 0L); curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L); }',
    },
    { c: 'void f(struct own *cfg) { cfg->skip_cert_common_name_check = true; }' },
  ],
});
