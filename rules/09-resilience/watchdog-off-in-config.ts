import { rule, type Answer, type Option } from '../kit/index.js';

const judge = (option: Option): Answer =>
  option.value === 'n' && {
    at: option,
    says: `without ${option.name.replace(/^CONFIG_/, '')} a hanging program stays down until somebody pulls the plug`,
    fixes: [{ title: 'Switch the watchdog on', edits: [option.set('y')], safe: false }],
  };

export default rule({
  id: 'watchdog-off-in-config',
  title: 'Watchdog left out of the build',
  severity: 'warning',
  heading: 9,
  provisions: ['5.9-1', '5.9-2'],
  cwe: [693],
  why: 'The watchdog brings a device back that hangs; without it one lost interrupt or endless loop ends its service.',
  attack:
    'Someone sends a packet that makes a parser loop for ever, or jams the radio until a driver hangs. With a watchdog the device is back in seconds; without it the alarm, the lock or the heating is off until somebody notices.',
  instead:
    'Leave the watchdogs on, subscribe the tasks that matter, and let a timeout restart the device (CONFIG_ESP_TASK_WDT_PANIC=y).',

  any: {
    option: {
      CONFIG_ESP_TASK_WDT_EN: judge,
      CONFIG_ESP_TASK_WDT: judge,
      CONFIG_ESP_INT_WDT: judge,
      CONFIG_BOOTLOADER_WDT_ENABLE: judge,
      CONFIG_ESP_TASK_WDT_PANIC: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'A hanging task restarts the device',
          provision: '5.9-1',
        },
    },
  },
  c: {
    setting: {
      'watchdog.state': ({ value, means }) =>
        means === 'on' && { at: value, shows: 'A watchdog watches the program', provision: '5.9-1' },
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': '«CONFIG_ESP_TASK_WDT_EN=n»\n' },
      becomes: 'CONFIG_ESP_TASK_WDT_EN=y\n',
    },
    { files: { sdkconfig: '«# CONFIG_ESP_INT_WDT is not set»\n' }, becomes: 'CONFIG_ESP_INT_WDT=y\n' },
    { files: { 'sdkconfig.release': '«CONFIG_BOOTLOADER_WDT_ENABLE=n»\nCONFIG_ESP_TASK_WDT_EN=y\n' } },
  ],
  good: [
    { c: 'void f(void) { ESP_ERROR_CHECK(esp_task_wdt_add(NULL)); }', shows: '5.9-1' },
    { c: 'int f(const struct device *dog) { return wdt_setup(dog, 0); }', shows: '5.9-1' },
    {
      files: { sdkconfig: 'CONFIG_ESP_TASK_WDT_EN=y\nCONFIG_ESP_TASK_WDT_PANIC=y\nCONFIG_ESP_INT_WDT=y\n' },
      shows: '5.9-1',
    },
  ],
});
