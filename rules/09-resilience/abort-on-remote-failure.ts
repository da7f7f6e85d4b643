import { rule, suggest } from '../kit/index.js';

/** Calls whose result depends on somebody else: a server, a client, the network. */
const REMOTE = new Set([
  'esp_http_client_open',
  'esp_http_client_perform',
  'esp_https_ota',
  'esp_https_ota_begin',
  'esp_https_ota_perform',
  'esp_https_ota_finish',
  'esp_https_ota_get_img_desc',
  'esp_netif_sntp_sync_wait',
  'esp_ota_end',
  'httpd_req_get_hdr_value_str',
  'httpd_req_get_url_query_str',
  'httpd_query_key_value',
  'httpd_resp_send',
  'httpd_resp_send_chunk',
  'httpd_resp_sendstr',
  'httpd_resp_sendstr_chunk',
  'httpd_resp_send_err',
  'httpd_ws_recv_frame',
  'httpd_ws_send_frame',
]);

export default rule({
  id: 'abort-on-remote-failure',
  title: 'A failure of somebody else restarts the device',
  severity: 'warning',
  heading: 9,
  provisions: ['5.9-1', '5.9-2'],
  cwe: [617],
  why: 'ESP_ERROR_CHECK aborts: a server that is down, a client that hangs up or a lost access point then takes the device down as well.',
  attack:
    'Someone on the network opens a connection to the device and drops it in the middle of the answer, or blocks the one server it asks. The device restarts, tries again and restarts, and while it does its local functions are gone too.',
  instead:
    'Handle the result: log it, close the connection, try again later; ESP_ERROR_CHECK_WITHOUT_ABORT where a log line is enough.',

  c: {
    call: {
      ESP_ERROR_CHECK: (call) => {
        const callee = call.args[0]?.kind === 'call' ? call.args[0].call?.callee : undefined;
        return (
          callee !== undefined &&
          REMOTE.has(callee) && {
            at: call.calleeAt,
            says: `ESP_ERROR_CHECK restarts the device when ${callee} fails, and whether it fails is for others to decide`,
            fixes: [
              suggest({ at: call.calleeAt }, 'ESP_ERROR_CHECK_WITHOUT_ABORT', 'Log the failure and go on'),
            ],
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'void f(esp_http_client_handle_t c) { «ESP_ERROR_CHECK»(esp_http_client_perform(c)); esp_http_client_cleanup(c); }',
      becomes:
        'void f(esp_http_client_handle_t c) { ESP_ERROR_CHECK_WITHOUT_ABORT(esp_http_client_perform(c)); esp_http_client_cleanup(c); }',
    },
    {
      c: '#define MUST(x) ESP_ERROR_CHECK(x)\nesp_err_t page(httpd_req_t *req) { «MUST»(httpd_resp_sendstr(req, "ok")); return ESP_OK; }',
    },
  ],
  good: [
    { c: 'void f(void) { ESP_ERROR_CHECK(nvs_flash_init()); ESP_ERROR_CHECK(esp_wifi_start()); }' },
    {
      c: 'esp_err_t f(esp_http_client_handle_t c) { esp_err_t err = esp_http_client_perform(c); return err; }',
    },
    { c: 'void f(httpd_req_t *req) { ESP_ERROR_CHECK_WITHOUT_ABORT(httpd_resp_sendstr(req, "ok")); }' },
  ],
});
