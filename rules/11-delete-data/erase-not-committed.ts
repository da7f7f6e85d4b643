import { rule, type Answer, type Call } from '../kit/index.js';

/** Only where the handle is closed in the same function: elsewhere a caller may commit. */
const judge = (call: Call): Answer =>
  call.inside?.calls.has('nvs_close') === true &&
  !call.inside.calls.has('nvs_commit') && {
    at: call.calleeAt,
    says: `${call.callee} without nvs_commit: after a restart what was deleted may still be there`,
  };

export default rule({
  id: 'erase-not-committed',
  title: 'Deletion is not written to flash',
  severity: 'info',
  heading: 11,
  provisions: ['5.11-1', '5.4-1'],
  cwe: [459],
  why: 'Only nvs_commit promises that a change has reached the flash; until then the old values may come back.',
  attack:
    'An owner resets the device and sells it. The handle was closed without a commit, so the buyer finds the Wi-Fi password and the account token of the former owner still stored in it.',
  instead:
    'Call nvs_commit() before nvs_close() and check both results, or erase the whole partition with nvs_flash_erase().',

  c: { call: { nvs_erase_all: judge, nvs_erase_key: judge } },

  bad: [
    {
      c: 'void reset(void) { nvs_handle_t h; nvs_open("user", NVS_READWRITE, &h); «nvs_erase_all»(h); nvs_close(h); esp_restart(); }',
    },
    {
      c: 'esp_err_t forget(nvs_handle_t h) { esp_err_t err = «nvs_erase_key»(h, "wifi"); nvs_close(h); return err; }',
    },
  ],
  good: [
    {
      c: 'void reset(void) { nvs_handle_t h; nvs_open("user", NVS_READWRITE, &h); nvs_erase_all(h); «guard: nvs_commit(h);» nvs_close(h); }',
    },
    { c: 'esp_err_t wipe(nvs_handle_t h) { return nvs_erase_all(h); }' },
    { c: 'void reset(void) { ESP_ERROR_CHECK(nvs_flash_erase()); esp_restart(); }' },
  ],
});
