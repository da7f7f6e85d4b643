import { rule, type Answer, type Option } from '../kit/index.js';

const judge = (option: Option): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} keeps a way round flash encryption open in the serial bootloader`,
    fixes: [{ title: 'Close it', edits: [option.set('n')], safe: false }],
  };

export default rule({
  id: 'rom-download-open',
  title: 'Serial bootloader stays open',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-4A', '5.4-1'],
  cwe: [1191],
  why: 'The download mode of the ROM reads memory and writes flash over two wires; these options keep it after secure boot or flash encryption is on.',
  attack:
    'Someone pulls the boot pin low, connects a serial adapter and starts the public flashing tool. The chip still answers: they read flash through its own decryption, or let it encrypt a program of theirs.',
  instead:
    'Set CONFIG_SECURE_ENABLE_SECURE_ROM_DL_MODE=y, or CONFIG_SECURE_DISABLE_ROM_DL_MODE=y where nobody needs to flash units again. Both burn eFuses.',

  any: {
    option: {
      CONFIG_SECURE_INSECURE_ALLOW_DL_MODE: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'the download mode of the ROM stays fully open although the flash is meant to be protected',
          fixes: [
            {
              title: 'Switch to secure download mode (burns an eFuse)',
              edits: [{ at: option.at, text: 'CONFIG_SECURE_ENABLE_SECURE_ROM_DL_MODE=y' }],
              safe: false,
            },
          ],
        },
      CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_ENC: judge,
      CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_DEC: judge,
      CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_CACHE: judge,
      CONFIG_SECURE_DISABLE_ROM_DL_MODE: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'The download mode of the ROM is closed',
          provision: '5.6-4A',
        },
      CONFIG_SECURE_ENABLE_SECURE_ROM_DL_MODE: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'The download mode of the ROM is restricted',
          provision: '5.6-4A',
        },
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults': 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\n«CONFIG_SECURE_INSECURE_ALLOW_DL_MODE=y»\n',
      },
      becomes: 'CONFIG_SECURE_FLASH_ENC_ENABLED=y\nCONFIG_SECURE_ENABLE_SECURE_ROM_DL_MODE=y\n',
    },
    {
      files: {
        'sdkconfig.prod':
          '«CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_DEC=y»\n«CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_CACHE=y»\n',
      },
    },
  ],
  good: [
    { files: { 'sdkconfig.defaults': 'CONFIG_SECURE_DISABLE_ROM_DL_MODE=y\n' }, shows: '5.6-4A' },
    {
      files: {
        sdkconfig:
          'CONFIG_SECURE_ENABLE_SECURE_ROM_DL_MODE=y\n# CONFIG_SECURE_INSECURE_ALLOW_DL_MODE is not set\n',
      },
    },
    { files: { sdkconfig: '# CONFIG_SECURE_FLASH_ENC_ENABLED is not set\n' } },
  ],
});
