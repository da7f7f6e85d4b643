import { rule, suggest, type Answer, type Option } from '../kit/index.js';

const LONGEST = 16;

function option({ value, valueAt, set }: Option): Answer {
  const bytes = Number(value);
  return (
    Number.isInteger(bytes) &&
    bytes > 0 &&
    bytes < LONGEST && {
      at: valueAt,
      says: `whoever connects may agree on a key of ${value} bytes, which can be tried out`,
      fixes: [{ title: 'Ask for 16 bytes', edits: [set(String(LONGEST))], safe: false }],
    }
  );
}

export default rule({
  id: 'ble-short-key',
  title: 'Bluetooth key may be short',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1'],
  cwe: [326],
  why: 'Both sides of a Bluetooth link agree on the length of its key, and the shorter wish wins: a device that accepts seven bytes has a key that can be tried out.',
  attack:
    'Someone stands between phone and device when they pair and changes one byte of the negotiation, so that both believe the other can do no better than a short key. They record what is said, try all keys at home, and read it.',
  instead: 'Ask for 16 bytes: every device with Secure Connections can do that, and refuses the rest.',

  any: {
    option: {
      CONFIG_BT_SMP_MIN_ENC_KEY_SIZE: option,
      CONFIG_BT_NIMBLE_SM_MIN_KEY_SIZE: option,
    },
    setting: {
      'ble.min-key-size': ({ value, means }) =>
        means === 'short' && {
          at: value,
          says: `whoever connects may agree on a key of ${value.value ?? value.text} bytes, which can be tried out`,
          ...(value.kind === 'number' && { fixes: [suggest(value, String(LONGEST), 'Ask for 16 bytes')] }),
        },
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_BT_SMP=y\nCONFIG_BT_SMP_MIN_ENC_KEY_SIZE=«7»\n' },
      becomes: 'CONFIG_BT_SMP=y\nCONFIG_BT_SMP_MIN_ENC_KEY_SIZE=16\n',
    },
    {
      c: 'void f(void) { uint8_t size = 7; esp_ble_gap_set_security_param(ESP_BLE_SM_MIN_KEY_SIZE, «&size», sizeof(uint8_t)); }',
    },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_BT_SMP=y\nCONFIG_BT_SMP_MIN_ENC_KEY_SIZE=16\n' } },
    {
      c: 'void f(void) { uint8_t size = 16; esp_ble_gap_set_security_param(ESP_BLE_SM_MIN_KEY_SIZE, &size, sizeof(uint8_t)); esp_ble_gap_set_security_param(ESP_BLE_SM_MAX_KEY_SIZE, &size, sizeof(uint8_t)); }',
    },
  ],
});
