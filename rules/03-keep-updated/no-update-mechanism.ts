import { rule, type ProductView } from '../kit/index.js';

const NETWORK = ['esp_wifi_start', 'esp_eth_start'] as const;
const UPDATES = [
  'esp_ota_begin',
  'esp_https_ota',
  'esp_https_ota_begin',
  'esp_ota_set_boot_partition',
  'esp_rmaker_ota_enable',
  'esp_rmaker_ota_enable_default',
] as const;
const SINGLE = ['CONFIG_PARTITION_TABLE_SINGLE_APP', 'CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE'];

export default rule({
  id: 'no-update-mechanism',
  title: 'No room and no code for updates',
  severity: 'warning',
  in: 'strict',
  heading: 3,
  provisions: ['5.3-1', '5.3-2'],
  cwe: [1277],
  why: 'With one app partition and no update code, a hole found after the sale can never be closed over the network.',
  attack:
    'A hole in the Wi-Fi or TLS library is published. Attackers write a scanner in a day; the maker has no way to send the repair, so every unit stays open for as long as it is plugged in.',
  instead:
    'Choose a partition table with two OTA slots (CONFIG_PARTITION_TABLE_TWO_OTA) and use esp_https_ota with signed images.',

  c: {
    product: {
      needs: [...NETWORK, ...UPDATES],
      *judge(product: ProductView) {
        const single = SINGLE.map((name) => product.option(name)).find((option) => option?.value === 'y');
        if (!single || UPDATES.some((name) => product.calls(name).length > 0)) return;
        if (NETWORK.some((name) => product.calls(name).length > 0))
          yield {
            at: single,
            says: 'the product is on the network, but has one app partition and no update code: its holes stay',
          };
      },
    },
  },

  bad: [
    {
      files: {
        sdkconfig: '«CONFIG_PARTITION_TABLE_SINGLE_APP=y»\n# CONFIG_PARTITION_TABLE_TWO_OTA is not set\n',
        'main/app.c': 'void f(void) { ESP_ERROR_CHECK(esp_wifi_start()); }',
      },
    },
    {
      files: {
        'sdkconfig.defaults': '«CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y»\n',
        'main/app.c': 'void f(void) { esp_err_t err = esp_eth_start(handle); }',
      },
    },
  ],
  good: [
    {
      files: {
        sdkconfig: '# CONFIG_PARTITION_TABLE_SINGLE_APP is not set\nCONFIG_PARTITION_TABLE_TWO_OTA=y\n',
        'main/app.c': 'void f(void) { ESP_ERROR_CHECK(esp_wifi_start()); }',
      },
    },
    {
      files: {
        sdkconfig: 'CONFIG_PARTITION_TABLE_SINGLE_APP=y\n',
        'main/app.c': 'void f(void) { gpio_set_level(1, 1); }',
      },
    },
    {
      files: {
        sdkconfig: 'CONFIG_PARTITION_TABLE_SINGLE_APP=y\n',
        'main/app.c':
          'void f(void) { ESP_ERROR_CHECK(esp_wifi_start()); esp_err_t err = «guard: esp_https_ota(&config)»; }',
      },
    },
  ],
});
