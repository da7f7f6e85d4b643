import { rule } from '../kit/index.js';

export default rule({
  id: 'flash-encryption-development',
  title: 'Flash encryption in development mode',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1', '5.6-4A'],
  cwe: [311, 1191],
  why: 'In development mode the serial bootloader still encrypts what it is given and the protection can be switched off again.',
  attack:
    'Someone opens the case, connects a USB-serial adapter and holds the boot button. The chip accepts new flash contents in clear and encrypts them itself, so their own program runs on the device and reads the keys of the Wi-Fi, the broker and the owner.',
  instead:
    'Build what is sold with CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y. It burns eFuses: try it on a spare unit first.',

  any: {
    option: {
      CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'flash encryption stays open in development mode: a serial cable is enough to load other software',
          fixes: [
            {
              title: 'Use release mode (burns eFuses for good)',
              edits: [{ at: option.at, text: 'CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y' }],
              safe: false,
            },
          ],
        },
      CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'Flash is encrypted in release mode',
          provision: '5.4-1',
        },
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults':
          'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n«CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT=y»\n',
      },
      becomes: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\nCONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y\n',
    },
    {
      files: {
        'sdkconfig.release':
          '«CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT=y»\n# CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE is not set\n',
      },
    },
  ],
  good: [
    { files: { 'sdkconfig.defaults': 'CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y\n' }, shows: '5.4-1' },
    { files: { sdkconfig: '# CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT is not set\n' } },
    { files: { sdkconfig: '# CONFIG_SECURE_FLASH_ENC_ENABLED is not set\n' } },
  ],
});
