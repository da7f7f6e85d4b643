import { rule, type Call, type ProductView } from '../kit/index.js';

const STORES = ['nvs_set_str', 'nvs_set_blob'] as const;
const ERASES = [
  'nvs_flash_erase',
  'nvs_flash_erase_partition',
  'nvs_erase_all',
  'nvs_erase_key',
  'esp_rmaker_factory_reset',
] as const;

/** Start-up code erases a damaged partition too; that is no reset. */
const isRepair = (call: Call | undefined): boolean => call?.inside?.calls.has('nvs_flash_init') === true;

export default rule({
  id: 'no-factory-reset',
  title: 'Stored data cannot be deleted',
  severity: 'warning',
  in: 'strict',
  heading: 11,
  provisions: ['5.11-1'],
  cwe: [212],
  why: 'Who sells, returns or throws away the device cannot take their passwords and data out of it.',
  attack:
    'Someone buys a used device at a flea market. The seller looked for a reset and found none, so the Wi-Fi password, the account token and the habits of the household change hands with it.',
  instead:
    'Offer a reset by button, app and server that erases all data partitions, bonds and keys, then shows that it is done.',

  c: {
    setting: {
      'data.erase': ({ value, call }) =>
        !isRepair(call) &&
        call?.inside !== undefined && { at: value, shows: 'Stored data can be erased', provision: '5.11-1' },
    },
    product: {
      needs: [...STORES, ...ERASES],
      *judge(product: ProductView) {
        const stored = STORES.flatMap((name) => product.calls(name))[0];
        const erased = ERASES.some((name) => product.calls(name).some((call) => !isRepair(call)));
        if (stored && !erased)
          yield {
            at: stored.calleeAt,
            says: 'the product stores data here, but has no code that erases it: there is no reset',
          };
      },
    },
  },

  bad: [
    {
      c: 'void save(nvs_handle_t h, const char *s) { ESP_ERROR_CHECK(«nvs_set_str»(h, "ssid", s)); ESP_ERROR_CHECK(nvs_commit(h)); }',
    },
    {
      c: 'void start(void) { if (nvs_flash_init() == ESP_ERR_NVS_NO_FREE_PAGES) { nvs_flash_erase(); nvs_flash_init(); } }\nvoid save(nvs_handle_t h) { esp_err_t err = «nvs_set_blob»(h, "owner", &owner, sizeof owner); }',
    },
  ],
  good: [
    {
      c: 'void save(nvs_handle_t h) { esp_err_t err = nvs_set_str(h, "ssid", s); }\nvoid on_button(void) { «guard: nvs_flash_erase();» esp_restart(); }',
      shows: '5.11-1',
    },
    { c: 'void count(nvs_handle_t h) { esp_err_t err = nvs_set_u32(h, "boots", n); }' },
    {
      c: 'void save(nvs_handle_t h) { esp_err_t err = nvs_set_blob(h, "owner", b, n); }\nvoid forget(nvs_handle_t h) { nvs_erase_key(h, "owner"); nvs_commit(h); }',
    },
  ],
});
