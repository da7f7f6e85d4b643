import { rule, type Answer, type Call } from '../kit/index.js';

function judge(call: Call): Answer {
  return {
    at: call.calleeAt,
    says: `${call.callee} opens a command line to anyone who connects a cable, without a login`,
  };
}

export default rule({
  id: 'console-without-login',
  title: 'Command line on a port of the device',
  severity: 'info',
  in: 'audit',
  heading: 6,
  provisions: ['5.6-4A', '5.6-1'],
  cwe: [489, 306],
  why: 'The console of ESP-IDF knows no users: in a product that is sold it is a maintenance door without a lock.',
  attack:
    'Someone with the device in their hands connects a serial adapter, presses enter and types help. Commands made for the laboratory read the settings, write the flash or start a server.',
  instead:
    'Build it only where CONFIG of a development profile is set, or ask for a per-device secret before the first command.',

  c: {
    call: {
      esp_console_new_repl_uart: judge,
      esp_console_new_repl_usb_cdc: judge,
      esp_console_new_repl_usb_serial_jtag: judge,
    },
  },

  bad: [
    { c: 'void f(void) { ESP_ERROR_CHECK(«esp_console_new_repl_uart»(&uart, &config, &repl)); }' },
    { c: '#define CONSOLE esp_console_new_repl_usb_cdc\nvoid f(void) { «CONSOLE»(&cdc, &config, &repl); }' },
  ],
  good: [
    { c: 'void f(void) { esp_console_init(&config); }' },
    { c: '/* esp_console_new_repl_uart */ void f(void) { start_shell(); }' },
    { c: 'void f(struct api *api) { api->esp_console_new_repl_uart(&config); }' },
  ],
});
