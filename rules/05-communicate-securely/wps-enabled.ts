import { rule, type Answer, type Call } from '../kit/index.js';

function judge({ calleeAt }: Call): Answer {
  return {
    at: calleeAt,
    says: 'Wi-Fi Protected Setup hands out the password of the network to whoever is quicker with a button or eight digits',
  };
}

// Strict: some owners have no other way to bring the device into their network.
export default rule({
  id: 'wps-enabled',
  title: 'Wi-Fi Protected Setup is used',
  severity: 'warning',
  in: 'strict',
  heading: 5,
  provisions: ['5.5-1', '5.6-1'],
  cwe: [1390, 287],
  why: 'The PIN of WPS is checked in two halves and falls to eleven thousand tries; the button gives the password to any device in reach for two minutes. An access point must keep it switched on for the device’s sake.',
  attack:
    'A neighbour keeps a small script running that presses the button of WPS every few seconds. When the owner presses theirs to add the new device, the script is first, and has the password of the home network.',
  instead:
    'Set the device up over an encrypted Bluetooth or access-point link of its own (wifi_provisioning with security 1 or 2), or with DPP (Easy Connect), which authenticates with a QR code.',

  c: { call: { esp_wifi_wps_enable: judge, esp_wifi_ap_wps_enable: judge, wpas_wps_start_pbc: judge } },

  bad: [
    {
      c: 'void on_button(void *arg) { static esp_wps_config_t config; config.wps_type = WPS_TYPE_PIN; if («esp_wifi_wps_enable»(&config) == ESP_OK) esp_wifi_wps_start(0); }',
    },
    {
      c: 'static esp_wps_config_t config = WPS_CONFIG_INIT_DEFAULT(WPS_TYPE_PBC);\nvoid f(void) { ESP_ERROR_CHECK(«esp_wifi_wps_enable»(&config)); ESP_ERROR_CHECK(esp_wifi_wps_start(0)); }',
    },
  ],
  good: [
    {
      c: 'void f(void) { log_text("esp_wifi_wps_enable is not used"); wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_2, params, name, NULL); }',
    },
    { c: 'void f(void) { esp_wifi_wps_disable(); esp_supp_dpp_start_listen(); }' },
  ],
});
