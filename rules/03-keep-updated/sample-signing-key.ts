import { rule, type Answer, type Option } from '../kit/index.js';

/** Key pairs that lie in the public MCUboot repository, private halves included. */
const PUBLISHED = new Set(
  'root-rsa-2048.pem root-rsa-3072.pem root-ec-p256.pem root-ec-p256-pkcs8.pem root-ec-p384.pem root-ec-p384-pkcs8.pem root-ed25519.pem enc-rsa2048-priv.pem enc-ec256-priv.pem enc-x25519-priv.pem'.split(
    ' ',
  ),
);

/** The file as MCUboot ships it: by bare name, which is looked up there, or below a folder or variable named after it. */
function published(path: string): string | undefined {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const folder = parts.pop() ?? '';
  const shipped = folder === '' || folder === '.' || /mcuboot/i.test(folder);
  return shipped && PUBLISHED.has(name) ? name : undefined;
}

const judge = (option: Option): Answer => {
  const names = option.value.split(',').map((path) => published(path.trim()));
  const name = names.find((each) => each !== undefined);
  return (
    name !== undefined && {
      at: option,
      says: `${name} is the sample key of MCUboot: its private half is public`,
    }
  );
};

export default rule({
  id: 'sample-signing-key',
  title: 'Published sample key signs the firmware',
  severity: 'error',
  heading: 3,
  provisions: ['5.3-7', '5.3-10', '5.4-3'],
  cwe: [321, 1394],
  why: 'Everybody can download this private key, so everybody can sign firmware that the device accepts as genuine.',
  attack:
    'Someone downloads the MCUboot repository, signs a firmware of their own with the sample key in it, and sends it over the update channel or by cable. The bootloader finds a valid signature and starts it.',
  instead:
    'Create a key with `imgtool keygen`, keep it in a vault or hardware token, out of the repository, and name it by an absolute path or a variable of the build.',

  any: {
    option: {
      CONFIG_BOOT_SIGNATURE_KEY_FILE: judge,
      SB_CONFIG_BOOT_SIGNATURE_KEY_FILE: judge,
      CONFIG_MCUBOOT_SIGNATURE_KEY_FILE: judge,
      CONFIG_BOOT_ENCRYPTION_KEY_FILE: judge,
      SB_CONFIG_BOOT_ENCRYPTION_KEY_FILE: judge,
    },
  },

  bad: [
    { files: { 'prj.conf': '«CONFIG_MCUBOOT_SIGNATURE_KEY_FILE="bootloader/mcuboot/root-rsa-2048.pem"»\n' } },
    {
      files: {
        'mcuboot.conf':
          'CONFIG_BOOT_SIGNATURE_TYPE_ECDSA_P256=y\n«CONFIG_BOOT_SIGNATURE_KEY_FILE="root-ec-p256.pem"»\n',
      },
    },
    {
      files: {
        'sysbuild.conf':
          '«SB_CONFIG_BOOT_SIGNATURE_KEY_FILE="${ZEPHYR_MCUBOOT_MODULE_DIR}/root-ed25519.pem"»\n',
      },
    },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_MCUBOOT_SIGNATURE_KEY_FILE="/vault/lamp/root-rsa-2048.pem"\n' } },
    { files: { 'mcuboot.conf': 'CONFIG_BOOT_SIGNATURE_KEY_FILE=""\n' } },
    { files: { 'sysbuild.conf': 'SB_CONFIG_BOOT_SIGNATURE_KEY_FILE="${APP_DIR}/keys/lamp-p256.pem"\n' } },
  ],
});
