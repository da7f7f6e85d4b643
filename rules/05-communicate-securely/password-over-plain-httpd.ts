import { looksSecretName, rule, type ProductView } from '../kit/index.js';

export default rule({
  id: 'password-over-plain-httpd',
  title: 'Page of the device takes a password over HTTP',
  severity: 'warning',
  in: 'audit',
  heading: 5,
  provisions: ['5.5-7', '5.5-1', '5.5-6'],
  cwe: [319, 523],
  why: 'What a form sends to a server without TLS is read by everybody in the same network.',
  attack:
    'A guest in the Wi-Fi records the traffic while the owner opens the page of the device and logs in. The password stands in the recording in readable form, and the guest logs in with it in the evening.',
  instead:
    'Serve the page with esp_https_server and a certificate of the device. For the first set-up use the provisioning component with security version 2, or a hotspot with WPA2 and a password of its own.',

  c: {
    product: {
      needs: ['httpd_start', 'httpd_ssl_start', 'httpd_query_key_value'],
      *judge(product: ProductView) {
        if (product.calls('httpd_start').length === 0 || product.calls('httpd_ssl_start').length > 0) return;
        for (const call of product.calls('httpd_query_key_value')) {
          const key = call.args[1];
          if (key?.literal === 'string' && looksSecretName(key.value ?? ''))
            yield {
              at: key,
              says: `${key.text} of a request comes in over plain HTTP: everybody in the same network reads it`,
            };
        }
      },
    },
  },

  bad: [
    {
      c: 'void start(void) { httpd_start(&server, &config); }\nesp_err_t on_login(httpd_req_t *r) { char b[99], p[33]; httpd_req_recv(r, b, 99); return httpd_query_key_value(b, «"password"», p, sizeof p); }',
    },
    {
      files: {
        'web.c': 'void start(void) { httpd_start(&server, &config); }\n',
        'form.c':
          '#define KEY "wifi_psk"\nvoid form(const char *b, char *psk) { httpd_query_key_value(b, «KEY», psk, 64); }\n',
      },
    },
  ],
  good: [
    {
      c: 'void start(void) { «guard: httpd_ssl_start(&server, &config);» httpd_start(&redirect, &plain); }\nvoid form(const char *b, char *p) { httpd_query_key_value(b, "password", p, 64); }',
    },
    {
      c: 'void start(void) { httpd_start(&server, &config); }\nvoid form(const char *b, char *p) { httpd_query_key_value(b, "brightness", p, 64); httpd_query_key_value(b, "password_hint", p, 64); }',
    },
  ],
});
