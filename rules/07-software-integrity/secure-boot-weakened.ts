import { rule, type Answer, type Option } from '../kit/index.js';

const weak =
  (what: string) =>
  (option: Option): Answer =>
    option.value === 'y' && {
      at: option,
      says: `${option.name} ${what}`,
      fixes: [{ title: 'Keep secure boot whole', edits: [option.set('n')], safe: false }],
    };

export default rule({
  id: 'secure-boot-weakened',
  title: 'Secure boot with a hole left open',
  severity: 'error',
  heading: 7,
  provisions: ['5.7-1', '5.6-4A'],
  cwe: [1326],
  why: 'Each of these options takes back a part of what secure boot promises; they exist for experiments.',
  attack:
    'Someone with the device on the bench uses the exception that was left for testing: they reprogram the protection of the key fuses or present a truncated partition, and the chip takes software that nobody signed.',
  instead:
    'Leave CONFIG_SECURE_BOOT_INSECURE off in what is sold; use secure boot version 2 and a bootloader that cannot be reflashed.',

  any: {
    option: {
      CONFIG_SECURE_BOOT_ALLOW_SHORT_APP_PARTITION: weak(
        'accepts app partitions whose end the signature does not cover',
      ),
      CONFIG_SECURE_BOOT_V2_ALLOW_EFUSE_RD_DIS: weak(
        'leaves the fuses open that can hide the public key digest from the bootloader',
      ),
      CONFIG_SECURE_BOOTLOADER_REFLASHABLE: weak(
        'lets everybody with the key file replace the bootloader of a unit',
      ),
      CONFIG_BOOTLOADER_EFUSE_SECURE_VERSION_EMULATE: weak(
        'keeps the anti-rollback counter in flash, where it can be set back',
      ),
      CONFIG_EFUSE_VIRTUAL: weak('only simulates eFuses: secure boot, keys and locks are never really burnt'),
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': 'CONFIG_SECURE_BOOT=y\n«CONFIG_SECURE_BOOT_V2_ALLOW_EFUSE_RD_DIS=y»\n' },
      becomes: 'CONFIG_SECURE_BOOT=y\nCONFIG_SECURE_BOOT_V2_ALLOW_EFUSE_RD_DIS=n\n',
    },
    {
      files: {
        'sdkconfig.release': '«CONFIG_EFUSE_VIRTUAL=y»\n«CONFIG_BOOTLOADER_EFUSE_SECURE_VERSION_EMULATE=y»\n',
      },
    },
    { files: { sdkconfig: '«CONFIG_SECURE_BOOTLOADER_REFLASHABLE=y»\n' } },
  ],
  good: [
    {
      files: {
        sdkconfig:
          'CONFIG_SECURE_BOOT=y\n# CONFIG_SECURE_BOOT_INSECURE is not set\n# CONFIG_EFUSE_VIRTUAL is not set\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_SECURE_BOOTLOADER_ONE_TIME_FLASH=y\n' } },
    { files: { sdkconfig: 'CONFIG_SECURE_BOOT_INSECURE=y\n' } },
  ],
});
