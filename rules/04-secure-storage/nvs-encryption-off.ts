import { rule, type ProductView } from '../kit/index.js';

export default rule({
  id: 'nvs-encryption-off',
  title: 'Settings stay readable in encrypted flash',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1'],
  cwe: [312],
  why: 'Flash encryption leaves the NVS partitions out: Wi-Fi passwords, tokens and keys in them are in clear unless NVS encryption is on.',
  attack:
    'Someone buys a used device or takes one from the wall, lifts the flash chip and reads it with a cheap programmer. The program is encrypted, but the Wi-Fi password of the owner and the cloud token stand in the settings partition as text.',
  instead:
    'Set CONFIG_NVS_ENCRYPTION=y and give the partition table an nvs_keys partition, or use the HMAC-based scheme.',

  any: {
    option: {
      CONFIG_NVS_ENCRYPTION: (option) =>
        option.value === 'y' && { at: option, shows: 'Stored settings are encrypted', provision: '5.4-1' },
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const nvs = product.option('CONFIG_NVS_ENCRYPTION');
        if (nvs?.value === 'n' && product.option('CONFIG_SECURE_FLASH_ENC_ENABLED')?.value === 'y')
          yield {
            at: nvs,
            says: 'flash is encrypted, but not NVS: the Wi-Fi password and all settings can be read from the chip',
            fixes: [{ title: 'Encrypt NVS too', edits: [nvs.set('y')], safe: false }],
          };
      },
    },
  },

  bad: [
    {
      files: { sdkconfig: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n«# CONFIG_NVS_ENCRYPTION is not set»\n' },
      becomes: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\nCONFIG_NVS_ENCRYPTION=y\n',
    },
    {
      files: {
        'sdkconfig.defaults': '«CONFIG_NVS_ENCRYPTION=n»\n',
        'sdkconfig.release': 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n',
      },
    },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\nCONFIG_NVS_ENCRYPTION=y\n' }, shows: '5.4-1' },
    {
      files: {
        sdkconfig: '# CONFIG_SECURE_FLASH_ENC_ENABLED is not set\n# CONFIG_NVS_ENCRYPTION is not set\n',
      },
    },
    { files: { 'sdkconfig.defaults': 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n' } },
  ],
});
