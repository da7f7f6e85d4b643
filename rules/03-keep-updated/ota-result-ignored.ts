import { rule, type Answer, type Call, type ProductView } from '../kit/index.js';

const ENDS = ['esp_https_ota_finish', 'esp_ota_end'] as const;

const ignored = (call: Call): boolean => call.result === 'no' || call.result === 'discarded';

const report = (call: Call): Answer => ({
  at: call.calleeAt,
  says: `the result of ${call.callee} is dropped: an image that is damaged or not genuine goes unnoticed`,
});

/** Clean-up after an error also calls these, so a function counts only when it never looks at any of their results. */
function* unheard(product: ProductView): Generator<Answer> {
  for (const name of ENDS) {
    const calls = product.calls(name);
    for (const call of calls) {
      const together = calls.filter(
        (other) =>
          other.inside !== undefined &&
          other.inside.at.start === call.inside?.at.start &&
          other.at.file === call.at.file,
      );
      const boots = name !== 'esp_ota_end' || call.inside?.calls.has('esp_ota_set_boot_partition') === true;
      if (boots && together.length > 0 && together.every(ignored)) yield report(call);
    }
  }
}

export default rule({
  id: 'ota-result-ignored',
  title: 'Result of the update ignored',
  severity: 'warning',
  heading: 3,
  provisions: ['5.3-9', '5.3-2'],
  cwe: [252],
  why: 'This is the call that checks the new image; without its answer the program goes on as if the update had worked.',
  attack:
    'Someone on the path cuts or alters the download each time. The device notices, nobody reads the answer, and it restarts and reports success. It stays on the old version with its known holes, and whoever manages the fleet believes it is up to date.',
  instead: 'Keep the returned error, report it, and select the boot partition or restart only on ESP_OK.',

  c: {
    call: {
      esp_https_ota: (call) => ignored(call) && report(call),
      esp_https_ota_perform: (call) => ignored(call) && report(call),
    },
    product: { needs: ENDS, judge: unheard },
  },

  bad: [
    { c: 'void f(void) { «esp_https_ota»(&config); esp_restart(); }' },
    { c: 'void f(void) { «esp_ota_end»(handle); esp_ota_set_boot_partition(next); esp_restart(); }' },
    { c: 'void f(void) { (void)«esp_https_ota_finish»(handle); esp_restart(); }' },
  ],
  good: [
    { c: 'void f(void) { if (esp_https_ota(&config) == ESP_OK) esp_restart(); }' },
    {
      c: 'void f(void) { ESP_ERROR_CHECK(esp_ota_end(handle)); ESP_ERROR_CHECK(esp_ota_set_boot_partition(next)); }',
    },
    {
      c: 'void f(void) { if (esp_ota_write(h, b, n) != ESP_OK) { esp_ota_end(h); return; } esp_err_t err = esp_ota_end(h); if (err == ESP_OK) esp_ota_set_boot_partition(next); }',
    },
    { c: 'void download_failed(void) { if (handle) { esp_ota_end(handle); handle = 0; } }' },
  ],
});
