import { rule } from '../kit/index.js';

export default rule({
  id: 'core-dump-to-uart',
  title: 'Memory dump on the serial port',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-4A', '5.4-1'],
  cwe: [528],
  why: 'A core dump holds the stacks of all tasks, and with them keys and passwords that were in use.',
  attack:
    'Someone connects a serial adapter and makes the device crash once. It prints its memory as text; a public tool turns that back into stacks and variables, the session keys and the Wi-Fi password among them.',
  instead:
    'Switch core dumps off, or store them in an encrypted flash partition and send them only over TLS with the consent of the owner.',

  any: {
    option: {
      CONFIG_ESP_COREDUMP_ENABLE_TO_UART: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'after each crash the stacks of all tasks are printed on the serial port, with the keys that are on them',
          fixes: [
            {
              title: 'Make no core dumps',
              edits: [{ at: option.at, text: 'CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y' }],
              safe: false,
            },
          ],
        },
      CONFIG_DEBUG_COREDUMP_BACKEND_LOGGING: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'after each crash memory is written to the log, with the keys that are in it',
          fixes: [{ title: 'Do not log core dumps', edits: [option.set('n')], safe: false }],
        },
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': '«CONFIG_ESP_COREDUMP_ENABLE_TO_UART=y»\n' },
      becomes: 'CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y\n',
    },
    { files: { 'prj.conf': 'CONFIG_DEBUG_COREDUMP=y\n«CONFIG_DEBUG_COREDUMP_BACKEND_LOGGING=y»\n' } },
  ],
  good: [
    {
      files: {
        sdkconfig: '# CONFIG_ESP_COREDUMP_ENABLE_TO_UART is not set\nCONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH=y\n' } },
    { files: { 'prj.conf': 'CONFIG_DEBUG_COREDUMP=y\nCONFIG_DEBUG_COREDUMP_BACKEND_FLASH_PARTITION=y\n' } },
  ],
});
