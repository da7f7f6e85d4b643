import { rule, type Answer, type Option } from '../kit/index.js';

const says =
  'debug messages stay in the image: the serial port tells addresses, states and payloads to whoever listens';

const verbose = (option: Option): Answer => {
  const info = `${option.name.replace(/_(DEBUG|VERBOSE|DBG)$/, (_, level: string) => (level === 'DBG' ? '_INF' : '_INFO'))}=y`;
  return (
    option.value === 'y' && {
      at: option,
      says,
      fixes: [{ title: 'Log at information level', edits: [{ at: option.at, text: info }], safe: false }],
    }
  );
};

export default rule({
  id: 'verbose-log-level',
  title: 'Debug messages in the image',
  severity: 'info',
  heading: 6,
  provisions: ['5.6-6', '5.6-2'],
  cwe: [1295, 532],
  why: 'Debug logs of drivers and libraries print keys, tokens, addresses and payloads that nobody meant to publish.',
  attack:
    'Someone solders a wire to the transmit pin and reads the boot log. It names the servers, the library versions and the state of every handshake, and with a little luck a token goes by.',
  instead:
    'Set the default level to information or warning in what is sold, and raise single modules in a debug overlay.',

  any: {
    option: {
      CONFIG_LOG_DEFAULT_LEVEL_DEBUG: verbose,
      CONFIG_LOG_DEFAULT_LEVEL_VERBOSE: verbose,
      CONFIG_BOOTLOADER_LOG_LEVEL_DEBUG: verbose,
      CONFIG_BOOTLOADER_LOG_LEVEL_VERBOSE: verbose,
      CONFIG_MCUBOOT_LOG_LEVEL_DBG: verbose,
      // In sdkconfig this number only repeats the choice above.
      CONFIG_LOG_DEFAULT_LEVEL: (option) =>
        option.value === '4' &&
        option.at.file.endsWith('.conf') && {
          at: option,
          says,
          fixes: [{ title: 'Log at information level', edits: [option.set('3')], safe: false }],
        },
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': '«CONFIG_LOG_DEFAULT_LEVEL_DEBUG=y»\nCONFIG_LOG_DEFAULT_LEVEL=4\n' },
      becomes: 'CONFIG_LOG_DEFAULT_LEVEL_INFO=y\nCONFIG_LOG_DEFAULT_LEVEL=4\n',
    },
    {
      files: { 'prj.conf': 'CONFIG_LOG=y\n«CONFIG_LOG_DEFAULT_LEVEL=4»\n' },
      becomes: 'CONFIG_LOG=y\nCONFIG_LOG_DEFAULT_LEVEL=3\n',
    },
    {
      files: { 'mcuboot.conf': '«CONFIG_MCUBOOT_LOG_LEVEL_DBG=y»\n' },
      becomes: 'CONFIG_MCUBOOT_LOG_LEVEL_INF=y\n',
    },
  ],
  good: [
    {
      files: {
        sdkconfig:
          'CONFIG_LOG_DEFAULT_LEVEL_INFO=y\n# CONFIG_LOG_DEFAULT_LEVEL_DEBUG is not set\nCONFIG_LOG_DEFAULT_LEVEL=3\n',
      },
    },
    { files: { 'prj.conf': 'CONFIG_LOG=y\nCONFIG_LOG_DEFAULT_LEVEL=2\n' } },
    { files: { sdkconfig: 'CONFIG_LOG_MAXIMUM_LEVEL_VERBOSE=y\n' } },
  ],
});
