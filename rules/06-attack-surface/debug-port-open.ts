import { rule, type Answer, type Option } from '../kit/index.js';

const open =
  (what: string, fix?: string) =>
  (option: Option): Answer =>
    option.value === 'y' && {
      at: option,
      says: `${option.name} ${what}`,
      fixes: [
        {
          title: 'Close the debug port',
          edits: [fix === undefined ? option.set('n') : { at: option.at, text: fix }],
          safe: false,
        },
      ],
    };

export default rule({
  id: 'debug-port-open',
  title: 'Debug port stays open',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-4A', '5.4-1', '5.7-1'],
  cwe: [1191],
  why: 'A debugger reads all memory and changes the program while it runs, past secure boot and flash encryption.',
  attack:
    'Someone opens the case and clips a debug probe to the test pads. They halt the processor, read the decrypted keys out of RAM, and set a breakpoint where the signature is compared.',
  instead:
    'Close the port in what is sold: leave the option off on ESP32, choose CONFIG_NRF_APPROTECT_LOCK on Nordic chips.',

  any: {
    option: {
      CONFIG_SECURE_BOOT_ALLOW_JTAG: open('leaves JTAG open although secure boot would close it'),
      CONFIG_SECURE_BOOT_ALLOW_ROM_BASIC: open(
        'leaves the BASIC interpreter of the ROM reachable over the serial port',
      ),
      CONFIG_NRF_APPROTECT_USE_UICR: open(
        'opens the debug port again on each start unless the UICR of the unit forbids it',
        'CONFIG_NRF_APPROTECT_LOCK=y',
      ),
      CONFIG_NRF_APPROTECT_LOCK: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'The debug port is locked on each start',
          provision: '5.6-4A',
        },
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': 'CONFIG_SECURE_BOOT=y\n«CONFIG_SECURE_BOOT_ALLOW_JTAG=y»\n' },
      becomes: 'CONFIG_SECURE_BOOT=y\nCONFIG_SECURE_BOOT_ALLOW_JTAG=n\n',
    },
    {
      files: { 'prj.conf': '«CONFIG_NRF_APPROTECT_USE_UICR=y»\n' },
      becomes: 'CONFIG_NRF_APPROTECT_LOCK=y\n',
    },
    { files: { sdkconfig: '«CONFIG_SECURE_BOOT_ALLOW_ROM_BASIC=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_NRF_APPROTECT_LOCK=y\n' }, shows: '5.6-4A' },
    { files: { sdkconfig: '# CONFIG_SECURE_BOOT_ALLOW_JTAG is not set\n' } },
    { files: { sdkconfig: 'CONFIG_ESP_DEBUG_OCDAWARE=y\n' } },
  ],
});
