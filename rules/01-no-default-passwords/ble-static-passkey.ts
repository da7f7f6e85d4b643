import { rule } from '../kit/index.js';

export default rule({
  id: 'ble-static-passkey',
  title: 'Bluetooth passkey in the source',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.1-2'],
  cwe: [1392, 798],
  why: 'A passkey proves that the person who pairs can see this very device. One that is the same in every unit proves nothing, and after one pairing it is known for good.',
  attack:
    'Someone pairs with a device of their own, or reads a review, and knows the six digits. Standing on the pavement they pair with the same model in your hall and control it.',
  instead:
    'Draw a new passkey for each pairing and show it (passkey_display, BLE_SM_IOACT_DISP), or print one per unit on the label. Devices without a display: out-of-band data by NFC or QR code, or pairing only for a minute after a button press.',

  any: {
    setting: {
      /* Zero is where a program starts from, not what it pairs with. */
      'ble.passkey': ({ value }) =>
        /^[1-9]\d{0,5}$/.test(value.value ?? '') &&
        !value.names.some((name) => name.startsWith('CONFIG_')) && {
          at: value,
          says: 'the passkey stands in the source: every unit pairs with the same six digits',
        },
    },
  },

  bad: [
    { c: 'void f(void) { bt_passkey_set(«123456»); }' },
    {
      c: '#define PAIRING_CODE 654321\nvoid f(uint16_t conn) { struct ble_sm_io io = { .action = BLE_SM_IOACT_DISP, .passkey = «PAIRING_CODE» }; ble_sm_inject_io(conn, &io); }',
    },
    {
      c: 'void f(void) { uint32_t code = 111111; esp_ble_gap_set_security_param(ESP_BLE_SM_SET_STATIC_PASSKEY, «&code», sizeof code); }',
    },
    { ts: "NRF.setSecurity({ passkey: «'123456'», mitm: 1, display: 1 });" },
  ],
  good: [
    { ts: 'NRF.setSecurity({ passkey: codeOfThisUnit(), mitm: 1, display: 1 });' },
    {
      c: 'void f(uint16_t conn, int key) { struct ble_sm_io io = { 0 }; io.passkey = 0; if (key > 0) io.passkey = key; ble_sm_inject_io(conn, &io); }',
    },
    { c: 'void f(void) { bt_passkey_set(BT_PASSKEY_INVALID); }' },
    { c: 'void f(unsigned int label_code) { bt_passkey_set(label_code); }' },
    {
      c: 'void f(uint16_t conn) { struct ble_sm_io io = { 0 }; io.passkey = esp_random() % 1000000; ble_sm_inject_io(conn, &io); }',
    },
    {
      c: 'void f(void) { uint8_t size = 16; esp_ble_gap_set_security_param(ESP_BLE_SM_MAX_KEY_SIZE, &size, sizeof size); }',
    },
  ],
});
