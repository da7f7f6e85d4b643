import { rule, type Answer, type Call } from '../kit/index.js';

/** What starts the same watchdog again, with other settings. */
const AGAIN: Readonly<Record<string, readonly string[]>> = {
  esp_task_wdt_deinit: ['esp_task_wdt_init', 'esp_task_wdt_reconfigure'],
  rtc_wdt_disable: ['rtc_wdt_enable'],
  wdt_disable: ['wdt_setup', 'wdt_enable'],
  disableCore0WDT: ['enableCore0WDT'],
  disableCore1WDT: ['enableCore1WDT'],
  disableLoopWDT: ['enableLoopWDT'],
};

function judge(call: Call): Answer {
  // Zephyr's takes the device; a function of that name without one is a chip's own driver.
  if (call.callee === 'wdt_disable' && call.args.length === 0) return false;
  const again = AGAIN[call.callee]?.some((name) => call.inside?.calls.has(name)) === true;
  return (
    !again && {
      at: call.calleeAt,
      says: `${call.callee} takes the watchdog away: a task that hangs then stays hung until somebody pulls the plug`,
    }
  );
}

export default rule({
  id: 'watchdog-disabled',
  title: 'Watchdog is switched off',
  severity: 'warning',
  heading: 9,
  provisions: ['5.9-1', '5.9-2'],
  cwe: [693, 1088],
  why: 'A watchdog brings a stuck device back without a person; without it one deadlock or endless loop is final.',
  attack:
    'Someone finds a request that makes the device wait for ever. With a watchdog it is back in seconds; without one, a single packet takes every unit they can reach out of service until its owner notices.',
  instead:
    'Keep the watchdog and feed it from the task that does the work; give long operations a longer timeout or let them feed it.',

  c: { call: Object.fromEntries(Object.keys(AGAIN).map((name) => [name, judge])) },

  bad: [
    { c: 'void app_main(void) { «esp_task_wdt_deinit»(); run(); }' },
    {
      c: '#define QUIET() rtc_wdt_disable()\nvoid update(void) { ESP_ERROR_CHECK(«esp_task_wdt_deinit»()); «QUIET»(); write_image(); }',
    },
    { c: 'void f(const struct device *dog) { «wdt_disable»(dog); }' },
  ],
  good: [
    {
      c: 'void f(const esp_task_wdt_config_t *slow) { esp_task_wdt_deinit(); «guard: esp_task_wdt_init(slow);» run(); }',
    },
    { c: 'void f(const struct device *dog) { wdt_disable(dog); wdt_setup(dog, 0); }' },
    { c: 'void reset(void) { wdt_disable(); }' },
    { c: 'void f(void) { esp_task_wdt_delete(NULL); esp_task_wdt_reset(); }' },
  ],
});
