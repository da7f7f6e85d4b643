import { rule, type Answer, type Option } from '../kit/index.js';

const judge = (option: Option): Answer =>
  option.value === 'n'
    ? {
        at: option,
        says: 'the bootloader starts a genuine image of any age, also one with a hole that was repaired since',
        fixes: [{ title: 'Refuse older images', edits: [option.set('y')], safe: false }],
      }
    : { at: option, shows: 'Older images are refused', provision: '5.3-2' };

export default rule({
  id: 'downgrade-allowed',
  title: 'Older firmware is accepted',
  severity: 'info',
  in: 'strict',
  heading: 3,
  provisions: ['5.3-2', '5.3-7'],
  cwe: [1328],
  why: 'A signature says that an image is yours, not that it is recent: each old release stays valid with all its faults.',
  attack:
    'Someone keeps a copy of an early release that had a remote hole. They offer it as an update, its signature is good, the device installs it, and the hole is open again.',
  instead:
    'ESP-IDF: enable anti-rollback and raise CONFIG_BOOTLOADER_APP_SECURE_VERSION with each security release. MCUboot: enable downgrade prevention, with a hardware counter where there is one.',

  any: { option: { CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK: judge, CONFIG_MCUBOOT_DOWNGRADE_PREVENTION: judge } },

  bad: [
    {
      files: {
        sdkconfig:
          'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y\n«# CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK is not set»\n',
      },
      becomes: 'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y\nCONFIG_BOOTLOADER_APP_ANTI_ROLLBACK=y\n',
    },
    { files: { 'mcuboot.conf': '«CONFIG_MCUBOOT_DOWNGRADE_PREVENTION=n»\n' } },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK=y\n' }, shows: '5.3-2' },
    { files: { 'mcuboot.conf': 'CONFIG_MCUBOOT_DOWNGRADE_PREVENTION=y\n' } },
    { files: { 'prj.conf': 'CONFIG_BOOTLOADER_MCUBOOT=y\n' } },
  ],
});
