import { rule, type Answer, type Option } from '../kit/index.js';

const unsigned = (option: Option): Answer => {
  const signed = `${option.name.replace(/_TYPE_NONE$/, '_TYPE_ECDSA_P256')}=y`;
  return (
    option.value === 'y' && {
      at: option,
      says: `${option.name} makes the bootloader start any image whose checksum fits, whoever built it`,
      fixes: [{ title: 'Require an ECDSA signature', edits: [{ at: option.at, text: signed }], safe: false }],
    }
  );
};

export default rule({
  id: 'image-signature-off',
  title: 'Firmware images are not signed',
  severity: 'error',
  heading: 3,
  provisions: ['5.3-9', '5.3-10', '5.7-1'],
  cwe: [347],
  why: 'A checksum shows that nothing broke on the way; only a signature shows who made the image.',
  attack:
    'Someone who reaches the update path, over the air or with a cable, changes one byte of the public firmware, computes the checksum again and sends it. The bootloader is content, and the device runs their software with all its keys.',
  instead:
    'Sign images with a key of your own kept off the build machines; choose ECDSA P-256, Ed25519 or RSA in MCUboot, Secure Boot or signed app images on ESP32.',

  any: {
    option: {
      CONFIG_BOOT_SIGNATURE_TYPE_NONE: unsigned,
      SB_CONFIG_BOOT_SIGNATURE_TYPE_NONE: unsigned,
      CONFIG_MCUBOOT_GENERATE_UNSIGNED_IMAGE: (option) =>
        option.value === 'y' && {
          at: option,
          says: `${option.name} builds images that only a bootloader without signature check can start`,
          fixes: [{ title: 'Build signed images', edits: [option.set('n')], safe: false }],
        },
      CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT: (option) =>
        option.value === 'n'
          ? {
              at: option,
              says: 'apps are signed, but updates are taken without a look at the signature',
              fixes: [{ title: 'Verify the signature on update', edits: [option.set('y')], safe: false }],
            }
          : { at: option, shows: 'Updates must carry a valid signature', provision: '5.3-9' },
      CONFIG_SECURE_BOOT: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'Updates must carry a valid signature',
          provision: '5.3-9',
        },
    },
  },

  bad: [
    {
      files: { 'mcuboot.conf': 'CONFIG_LOG=y\n«CONFIG_BOOT_SIGNATURE_TYPE_NONE=y»\n' },
      becomes: 'CONFIG_LOG=y\nCONFIG_BOOT_SIGNATURE_TYPE_ECDSA_P256=y\n',
    },
    {
      files: { 'sysbuild.conf': '«SB_CONFIG_BOOT_SIGNATURE_TYPE_NONE=y»\n' },
      becomes: 'SB_CONFIG_BOOT_SIGNATURE_TYPE_ECDSA_P256=y\n',
    },
    {
      files: {
        sdkconfig:
          'CONFIG_SECURE_SIGNED_APPS_NO_SECURE_BOOT=y\n«# CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT is not set»\n',
      },
      becomes:
        'CONFIG_SECURE_SIGNED_APPS_NO_SECURE_BOOT=y\nCONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT=y\n',
    },
  ],
  good: [
    {
      files: {
        'mcuboot.conf':
          'CONFIG_BOOT_SIGNATURE_TYPE_ED25519=y\n# CONFIG_BOOT_SIGNATURE_TYPE_NONE is not set\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT=y\n' }, shows: '5.3-9' },
    { files: { 'prj.conf': '# CONFIG_MCUBOOT_GENERATE_UNSIGNED_IMAGE=y\nCONFIG_BOOTLOADER_MCUBOOT=y\n' } },
  ],
});
