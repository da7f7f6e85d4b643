import { rule } from '../kit/index.js';

export default rule({
  id: 'flash-encryption-off',
  title: 'Flash is not encrypted',
  severity: 'warning',
  in: 'strict',
  heading: 4,
  provisions: ['5.4-1'],
  cwe: [311],
  why: 'The flash chip lies beside the processor and is read in a minute. What is not encrypted there, program and settings alike, belongs to whoever opens the case.',
  attack:
    'Someone buys one unit, clips eight wires to its flash chip and copies it. They read the Wi-Fi password of the former owner, find the key that all units share in the program, and need no second unit to speak to all of them.',
  instead:
    'CONFIG_SECURE_FLASH_ENC_ENABLED=y with CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y in what is sold, together with secure boot. It burns eFuses: try it on a spare unit first.',

  any: {
    option: {
      CONFIG_SECURE_FLASH_ENC_ENABLED: (option) =>
        option.value === 'n' && {
          at: option,
          says: 'flash is not encrypted: whoever opens the case copies the program and all that is stored',
        },
    },
  },

  bad: [
    { files: { sdkconfig: '«# CONFIG_SECURE_FLASH_ENC_ENABLED is not set»\n' } },
    { files: { 'sdkconfig.release': '«CONFIG_SECURE_FLASH_ENC_ENABLED=n»\n' } },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n' } },
    { files: { sdkconfig: 'CONFIG_IDF_TARGET="esp32"\n' } },
    { files: { 'sdkconfig.defaults': '# CONFIG_SECURE_FLASH_ENC_ENABLED\n' } },
  ],
});
