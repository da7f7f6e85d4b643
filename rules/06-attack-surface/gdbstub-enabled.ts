import { rule, type Answer, type Option } from '../kit/index.js';

const stub = (option: Option, edit = option.set('n')): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} lets whoever is on the serial port read and change memory with a debugger`,
    fixes: [{ title: 'Leave the debugger stub out', edits: [edit], safe: false }],
  };

export default rule({
  id: 'gdbstub-enabled',
  title: 'Debugger stub built in',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-4A', '5.6-6'],
  cwe: [489, 1191],
  why: 'The stub opens a debugger on the serial port, after a crash or at any time, and asks nobody for a password.',
  attack:
    'Someone connects a serial adapter and makes the device crash, by a malformed packet or a short power dip. Instead of restarting it waits for a debugger, and they read the keys from its memory.',
  instead:
    'Print a short message and restart on a panic (CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT=y); keep the stub in a debug overlay.',

  any: {
    option: {
      CONFIG_ESP_SYSTEM_PANIC_GDBSTUB: (option) =>
        stub(option, { at: option.at, text: 'CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT=y' }),
      CONFIG_ESP_SYSTEM_GDBSTUB_RUNTIME: (option) => stub(option),
      CONFIG_GDBSTUB: (option) => stub(option),
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': '«CONFIG_ESP_SYSTEM_PANIC_GDBSTUB=y»\n' },
      becomes: 'CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT=y\n',
    },
    { files: { 'prj.conf': '«CONFIG_GDBSTUB=y»\n' }, becomes: 'CONFIG_GDBSTUB=n\n' },
    { files: { sdkconfig: '«CONFIG_ESP_SYSTEM_GDBSTUB_RUNTIME=y»\n' } },
  ],
  good: [
    {
      files: {
        sdkconfig: 'CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT=y\n# CONFIG_ESP_SYSTEM_PANIC_GDBSTUB is not set\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_ESP_GDBSTUB_ENABLED=n\n' } },
    { files: { 'prj.conf': '# CONFIG_GDBSTUB=y when debugging\n' } },
  ],
});
