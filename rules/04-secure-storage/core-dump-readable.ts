import { rule, type ProductView } from '../kit/index.js';

const TO_UART = 'CONFIG_ESP_COREDUMP_ENABLE_TO_UART';
const TO_FLASH = 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH';

export default rule({
  id: 'core-dump-readable',
  title: 'Core dumps that anybody can read',
  severity: 'warning',
  in: 'strict',
  heading: 4,
  provisions: ['5.4-1', '5.6-4A'],
  cwe: [528, 532],
  why: 'A core dump is a copy of the memory in which keys and passwords lie while they are used: session keys of TLS, the password of the Wi-Fi, the token of the cloud.',
  attack:
    'Someone clips two wires to the serial pins and sends the device a message that crashes it. It prints its memory, and a script finds the token of the owner in it; or they make it crash, read the flash chip and find the same there.',
  instead:
    'Switch core dumps off in what is sold, or keep them in flash that is encrypted (CONFIG_SECURE_FLASH_ENC_ENABLED with an encrypted coredump partition) and fetch them over a way that asks who is there.',

  any: {
    product: {
      needs: [],
      *judge(product: ProductView) {
        const uart = product.option(TO_UART);
        if (uart?.value === 'y')
          yield {
            at: uart,
            says: 'a crash prints the memory, keys and passwords with it, on the serial port',
          };
        const flash = product.option(TO_FLASH);
        if (flash?.value === 'y' && product.option('CONFIG_SECURE_FLASH_ENC_ENABLED')?.value !== 'y')
          yield {
            at: flash,
            says: 'a crash leaves the memory, keys and passwords with it, in flash that is not encrypted',
          };
      },
    },
  },

  bad: [
    { files: { 'sdkconfig.defaults': '«CONFIG_ESP_COREDUMP_ENABLE_TO_UART=y»\n' } },
    {
      files: {
        sdkconfig: '«CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH=y»\n# CONFIG_SECURE_FLASH_ENC_ENABLED is not set\n',
      },
    },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH=y\nCONFIG_SECURE_FLASH_ENC_ENABLED=y\n' } },
    {
      files: {
        sdkconfig: 'CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y\n# CONFIG_ESP_COREDUMP_ENABLE_TO_UART is not set\n',
      },
    },
  ],
});
