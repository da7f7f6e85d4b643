import { rule, type ProductView } from '../kit/index.js';

const UPDATES = ['esp_ota_begin', 'esp_https_ota', 'esp_https_ota_begin'] as const;
const SYMBOL = 'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE';

export default rule({
  id: 'rollback-disabled',
  title: 'Failed update is not rolled back',
  severity: 'warning',
  in: 'strict',
  heading: 3,
  provisions: ['5.3-2', '5.9-1'],
  cwe: [754],
  why: 'Without app rollback the bootloader keeps an image that crashes or never reaches its server again.',
  attack:
    'A release with a fault reaches the fleet, or someone cuts the power at the wrong moment. The units start the broken image again and again, can no longer be updated over the air, and have to be collected.',
  instead:
    'Set CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y and call esp_ota_mark_app_valid_cancel_rollback() once the new image has proved itself.',

  any: {
    option: {
      [SYMBOL]: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'An update that does not confirm itself is rolled back',
          provision: '5.3-2',
        },
    },
    product: {
      needs: UPDATES,
      *judge(product: ProductView) {
        const option = product.option(SYMBOL);
        if (option?.value === 'n' && UPDATES.some((name) => product.calls(name).length > 0))
          yield {
            at: option,
            says: 'the product updates itself, but a faulty image is never rolled back',
            fixes: [{ title: 'Enable app rollback', edits: [option.set('y')], safe: false }],
          };
      },
    },
  },

  bad: [
    {
      files: {
        sdkconfig: '«# CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE is not set»\n',
        'main/ota.c': 'esp_err_t f(void) { return esp_https_ota(&config); }',
      },
      becomes: 'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y\n',
    },
    {
      files: {
        'sdkconfig.defaults': '«CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=n»\n',
        'main/ota.c': 'esp_err_t f(void) { return esp_ota_begin(next, OTA_SIZE_UNKNOWN, &handle); }',
      },
    },
  ],
  good: [
    {
      files: {
        sdkconfig: 'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y\n',
        'main/ota.c': 'esp_err_t f(void) { return esp_https_ota(&config); }',
      },
      shows: '5.3-2',
    },
    {
      files: {
        sdkconfig: '# CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE is not set\n',
        'main/lamp.c': 'void f(void) {}',
      },
    },
    {
      files: {
        'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_TWO_OTA=y\n',
        'main/ota.c': 'esp_err_t f(void) { return esp_https_ota(&config); }',
      },
    },
  ],
});
