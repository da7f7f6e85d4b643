import { rule, type Option, type Problem } from '../kit/index.js';

const report = (option: Option, set: string): Problem => ({
  at: option,
  says: 'the bootloader starts the image without a look at its signature or digest',
  fixes: [{ title: 'Validate the image on each start', edits: [option.set(set)], safe: false }],
});

export default rule({
  id: 'boot-validation-skipped',
  title: 'Image not validated at start',
  severity: 'error',
  heading: 7,
  provisions: ['5.7-1'],
  cwe: [347, 353],
  why: 'An image that was changed after its installation, by a fault or by an attacker, is started like a genuine one.',
  attack:
    'Someone writes to the flash past the update mechanism, with a programmer or through a hole that writes anywhere. The signature was only checked at installation, so their change survives every restart.',
  instead:
    'MCUboot: keep CONFIG_BOOT_VALIDATE_SLOT0=y. ESP-IDF: leave CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS off.',

  any: {
    option: {
      CONFIG_BOOT_VALIDATE_SLOT0: (option) => option.value === 'n' && report(option, 'y'),
      CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS: (option) => option.value === 'y' && report(option, 'n'),
    },
  },

  bad: [
    {
      files: { 'mcuboot.conf': '«CONFIG_BOOT_VALIDATE_SLOT0=n»\n' },
      becomes: 'CONFIG_BOOT_VALIDATE_SLOT0=y\n',
    },
    {
      files: { 'sdkconfig.defaults': '«CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS=y»\n' },
      becomes: 'CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS=n\n',
    },
    { files: { 'child_image/mcuboot.conf': 'CONFIG_LOG=n\n«# CONFIG_BOOT_VALIDATE_SLOT0 is not set»\n' } },
  ],
  good: [
    { files: { 'mcuboot.conf': 'CONFIG_BOOT_VALIDATE_SLOT0=y\n' } },
    {
      files: {
        sdkconfig:
          '# CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS is not set\nCONFIG_BOOTLOADER_SKIP_VALIDATE_IN_DEEP_SLEEP=y\n',
      },
    },
    { files: { 'mcuboot.conf': 'CONFIG_BOOT_VALIDATE_SLOT0_ONCE=n\n' } },
  ],
});
