import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'update-without-revert',
  title: 'Update cannot be reverted',
  severity: 'warning',
  heading: 3,
  provisions: ['5.3-2', '5.9-1'],
  cwe: [754],
  why: 'An image that is made permanent before its first start stays, even when it never comes up or has lost its network.',
  attack:
    'Nobody has to attack: one release that fails on some of the units leaves them dead in the field, and a technician must visit each. An attacker who gets an older signed release installed has it for good in the same way.',
  instead:
    'Request a test boot (BOOT_UPGRADE_TEST) and call boot_write_img_confirmed() once the new image has reached its server; until then a restart brings the former image back.',

  c: {
    setting: {
      'ota.confirm': ({ value }) => ({
        at: value,
        shows: 'A new image confirms itself after its first start',
        provision: '5.3-2',
      }),
      'ota.revert': ({ value, means, api, spelling }) => {
        const test = spelling('on');
        return means === 'off' && test !== undefined
          ? {
              at: value,
              says: `${value.text} keeps the new image for good before it has run once: ${api} leaves no way back`,
              fixes: [suggest(value, test, 'Boot it as a test first')],
            }
          : means === 'on' && {
              at: value,
              shows: 'A new image is tried and reverted unless confirmed',
              provision: '5.3-2',
            };
      },
    },
  },

  bad: [
    {
      c: 'int f(void) { return boot_request_upgrade(«BOOT_UPGRADE_PERMANENT»); }',
      becomes: 'int f(void) { return boot_request_upgrade(BOOT_UPGRADE_TEST); }',
    },
    {
      c: '#define MODE BOOT_UPGRADE_PERMANENT\nint f(void) { return boot_request_upgrade_multi(0, «MODE»); }',
    },
    { c: 'int f(void) { return boot_set_pending(«1»); }' },
  ],
  good: [
    { c: 'void online(void) { ESP_ERROR_CHECK(esp_ota_mark_app_valid_cancel_rollback()); }', shows: '5.3-2' },
    { c: 'int f(void) { return boot_request_upgrade(BOOT_UPGRADE_TEST); }', shows: '5.3-2' },
    { c: 'int f(bool permanent) { return boot_request_upgrade(permanent); }' },
    { c: 'int f(void) { return boot_request_upgrade_multi(1, BOOT_UPGRADE_TEST); }' },
  ],
});
