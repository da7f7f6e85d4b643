import { rule, type Answer, type Option } from '../kit/index.js';

const judge = (option: Option): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} leaves a command line on the serial port: whoever opens the case can use it`,
    fixes: [{ title: 'Leave it out', edits: [option.set('n')], safe: false }],
  };

export default rule({
  id: 'debug-shell-enabled',
  title: 'Command line on the serial port',
  severity: 'warning',
  in: 'strict',
  heading: 6,
  provisions: ['5.6-4A', '5.6-1'],
  cwe: [489],
  why: 'A shell that helps in the lab reads keys and changes settings for anybody with a serial adapter.',
  attack:
    'Someone buys one unit, opens it, and solders two wires to the test pads of the UART. The prompt appears; they list the settings, dump memory, and learn enough to attack all the other units over the network.',
  instead: 'Keep the shell in a debug overlay (debug.conf) and build what is sold without it.',

  any: { option: { CONFIG_SHELL: judge, CONFIG_AT_HOST_LIBRARY: judge } },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_GPIO=y\n«CONFIG_SHELL=y»\n' },
      becomes: 'CONFIG_GPIO=y\nCONFIG_SHELL=n\n',
    },
    { files: { 'prj_release.conf': '«CONFIG_AT_HOST_LIBRARY=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': '# CONFIG_SHELL is not set\n' } },
    { files: { 'prj.conf': 'CONFIG_SHELL_STACK_SIZE=2048\n' } },
    { files: { 'prj.conf': 'CONFIG_SHELL=n\n' } },
  ],
});
