import { rule, type FlowSink, type FlowSource } from '../kit/index.js';

const says = ({ kind }: FlowSource, { text }: FlowSink): string =>
  kind === 'a chip number'
    ? `${text} is made of the chip's serial number alone: tools, labels and other firmware read it, and those of one batch differ in a few digits`
    : `${text} is made of the hardware address alone, which every frame tells to whoever is in reach: they work it out`;
const flow = { from: ['a hardware address', 'a chip number'], to: ['a password or key'], says };

export default rule({
  id: 'secret-from-address',
  title: 'Password made of what the device announces',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-2', '5.4-4'],
  cwe: [1391, 340],
  why: 'A password that is worked out from the address or the serial number differs from unit to unit and is no secret: the address is in every frame, and whoever knows the rule for one unit knows it for all.',
  attack:
    'Someone buys one unit, compares its password with the address on its label and finds the rule. From then on they walk past houses with a phone, read the addresses of your devices out of the air, and log in to each one.',
  instead:
    'Draw the password at random for each unit at production, print it on the label and store it in encrypted storage, or draw it on the device at first start (esp_fill_random, sys_csrand_get, HAL_RNG_GenerateRandomNumber, randomBytes). If it must be worked out, use an HMAC with a key that is in no firmware.',

  c: { flow },

  bad: [
    {
      c: `static esp_err_t make_pop(char pop[7]) {
  uint8_t mac[6];
  if (esp_read_mac(mac, ESP_MAC_WIFI_SOFTAP) != ESP_OK) return ESP_FAIL;
  snprintf(pop, 7, "%02x%02x%02x", mac[3], mac[4], mac[5]);
  return ESP_OK;
}
void f(const char *name) { char pop[7]; make_pop(pop); wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_1, «pop», name, NULL); }`,
    },
    {
      c: `void f(void) {
  uint8_t mac[6]; wifi_config_t cfg = { 0 };
  esp_efuse_mac_get_default(mac);
  for (int i = 0; i < 6; i++) sprintf((char *)cfg.ap.password + 2 * i, "%02X", mac[i]);
  esp_wifi_set_config(WIFI_IF_AP, «&cfg»);
}`,
    },
    {
      c: `void f(mbedtls_aes_context *c) {
  uint8_t mac[6], key[32];
  esp_base_mac_addr_get(mac);
  mbedtls_sha256(mac, sizeof mac, key, 0);
  mbedtls_aes_setkey_enc(c, «key», 256);
}`,
    },
    {
      c: `void f(esp_mqtt_client_config_t *cfg) {
  char password[32];
  snprintf(password, sizeof password, "unit-%08lX", HAL_GetUIDw0() ^ HAL_GetUIDw1());
  mosquitto_username_pw_set(client, "unit", «password»);
}`,
    },
    {
      c: `static uint8_t unit_mac[6];
void start(void) { esp_read_mac(unit_mac, ESP_MAC_WIFI_STA); }
void f(nvs_handle_t nvs, struct mosquitto *client) {
  char password[32]; size_t n = sizeof password;
  if (nvs_get_str(nvs, "password", password, &n) != ESP_OK)
    snprintf(password, sizeof password, "unit-%02x%02x%02x", unit_mac[3], unit_mac[4], unit_mac[5]);
  mosquitto_username_pw_set(client, "unit", «password»);
}`,
    },
  ],
  good: [
    {
      c: `void f(void) {
  uint8_t mac[6]; char id[16];
  esp_efuse_mac_get_default(mac);
  snprintf(id, sizeof id, "%02X%02X%02X", mac[3], mac[4], mac[5]);
  esp_mqtt_client_config_t cfg = { .credentials = { .client_id = id, .authentication = { .password = stored_password } } };
  esp_mqtt_client_init(&cfg);
}`,
    },
    {
      c: `static void derive(const uint8_t *mac, const char *secret, char *out) { snprintf(out, 64, "%s%02x%02x", secret, mac[4], mac[5]); }
void f(const char *unit_secret, struct mosquitto *client) {
  uint8_t mac[6]; char password[64];
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  derive(mac, unit_secret, password);
  mosquitto_username_pw_set(client, "unit", password);
}`,
    },
    {
      c: `static char unit_secret[40];
void load(nvs_handle_t nvs) { size_t n = sizeof unit_secret; nvs_get_str(nvs, "seed", unit_secret, &n); }
static void derive(const uint8_t *mac, char *out) { snprintf(out, 64, "%s%02x%02x", unit_secret, mac[4], mac[5]); }
void f(struct mosquitto *client) {
  uint8_t mac[6]; char password[64];
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  derive(mac, password);
  mosquitto_username_pw_set(client, "unit", password);
}`,
    },
    {
      c: `void f(void) {
  uint8_t mac[6]; char name[16]; wifi_config_t cfg = { 0 };
  esp_read_mac(mac, ESP_MAC_WIFI_SOFTAP);
  snprintf((char *)cfg.ap.ssid, 32, "halden-%02x%02x", mac[4], mac[5]);
  load_password((char *)cfg.ap.password, sizeof cfg.ap.password);
  esp_wifi_set_config(WIFI_IF_AP, &cfg);
}`,
    },
    {
      c: `void f(const char *name, nvs_handle_t nvs) {
  uint8_t mac[6]; char stored[20], pop[40]; size_t n = sizeof stored;
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  nvs_get_str(nvs, "unit_secret", stored, &n);
  snprintf(pop, sizeof pop, "%s%02x%02x", stored, mac[4], mac[5]);
  wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_1, pop, name, NULL);
}`,
    },
    {
      c: `void f(mbedtls_aes_context *c, const uint8_t *unit_key) {
  uint8_t mac[6], key[32];
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  mbedtls_md_hmac(info, unit_key, 32, mac, sizeof mac, key);
  mbedtls_aes_setkey_enc(c, key, 256);
}`,
    },
    {
      c: `void f(mbedtls_aes_context *c) {
  uint8_t mac[6], key[16];
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  memcpy(key, mac, sizeof mac);
  «guard: esp_fill_random(key, sizeof key);»
  mbedtls_aes_setkey_enc(c, key, 128);
}`,
    },
    {
      c: `void f(void) {
  uint8_t id[8]; char password[24]; uint8_t seed[8];
  hwinfo_get_device_id(id, sizeof id);
  sys_csrand_get(seed, sizeof seed);
  snprintf(password, sizeof password, "%02x%02x%02x%02x", id[0] ^ seed[0], seed[1], seed[2], seed[3]);
  mosquitto_username_pw_set(client, "unit", password);
}`,
    },
  ],
});
