import { rule } from '../kit/index.js';

export default rule({
  id: 'secure-boot-off',
  title: 'Secure boot is off',
  severity: 'warning',
  in: 'strict',
  heading: 7,
  provisions: ['5.7-1', '5.3-9'],
  cwe: [1326],
  why: 'Without secure boot the chip runs whatever is in its flash, and nothing tells genuine software from another.',
  attack:
    'Someone with the device in hand for two minutes, in a rented flat or on the way to the customer, flashes a changed firmware over the serial port. It works as before and sends everything to them as well.',
  instead:
    'Enable CONFIG_SECURE_BOOT (version 2) with a key kept off the build machines. It burns eFuses: try it on a spare unit first.',

  any: {
    option: {
      CONFIG_SECURE_BOOT: (option) =>
        option.value === 'n'
          ? { at: option, says: 'the chip starts any software that is written to its flash' }
          : { at: option, shows: 'Secure boot is on', provision: '5.7-1' },
      CONFIG_BOOT_VALIDATE_SLOT0: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'The bootloader validates the image on each start',
          provision: '5.7-1',
        },
    },
  },

  bad: [
    {
      files: { sdkconfig: '«# CONFIG_SECURE_BOOT is not set»\nCONFIG_SECURE_SIGNED_APPS_NO_SECURE_BOOT=y\n' },
    },
    { files: { 'sdkconfig.release': '«CONFIG_SECURE_BOOT=n»\n' } },
  ],
  good: [
    {
      files: { 'sdkconfig.defaults': 'CONFIG_SECURE_BOOT=y\nCONFIG_SECURE_BOOT_V2_ENABLED=y\n' },
      shows: '5.7-1',
    },
    { files: { 'mcuboot.conf': 'CONFIG_BOOT_VALIDATE_SLOT0=y\n' }, shows: '5.7-1' },
    { files: { sdkconfig: '# CONFIG_SECURE_BOOT_INSECURE is not set\n' } },
  ],
});
