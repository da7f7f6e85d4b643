import { rule, suggest, type Expr, type Shown } from '../kit/index.js';

const shown = (at: Expr, shows: string): Shown => ({ at, shows, provision: '5.5-1' });

export default rule({
  id: 'ble-pairing-without-mitm',
  title: 'Bluetooth pairing that anyone in reach can join',
  severity: 'warning',
  in: 'strict',
  heading: 5,
  provisions: ['5.5-1', '5.5-4'],
  cwe: [1390],
  why: 'Pairing without a passkey, a comparison or out-of-band data (Just Works) keeps out listeners at best: it does not tell the owner from a stranger, nor the device from a relay between the two.',
  attack:
    'Someone within radio range relays between the phone and the device while they pair, with two cheap dongles, and from then on reads and changes what they say. Or they simply pair themselves, because nothing asks who they are.',
  instead:
    'Use Secure Connections with MITM protection: a display or keyboard on the device (numeric comparison, passkey) or out-of-band data. A device that has neither: allow pairing only for a short time after a button press, and authenticate in the application.',

  any: {
    setting: {
      'ble.mitm': ({ value, means, spelling }) => {
        const on = spelling('on');
        if (means === 'on') return shown(value, 'Bluetooth pairing is protected against a man in the middle');
        return (
          means === 'off' && {
            at: value,
            says: 'pairing without protection against a man in the middle: a relay between phone and device goes unnoticed',
            ...(on !== undefined && { fixes: [suggest(value, on, 'Ask for MITM protection')] }),
          }
        );
      },
      'ble.io-cap': ({ value, means }) =>
        means === 'off' && {
          at: value,
          says: 'without input and output pairing is Just Works: whoever is in reach may pair',
        },
      'ble.security-level': ({ value, means, spelling }) => {
        const on = spelling('on');
        if (means === 'on')
          return shown(value, 'The Bluetooth link is encrypted by a pairing that was authenticated');
        return (
          means === 'low' && {
            at: value,
            says: `${value.text} is satisfied with a link that nobody was authenticated for: a stranger, or a relay, gets it too`,
            ...(on !== undefined && {
              fixes: [suggest(value, on, 'Ask for authenticated Secure Connections')],
            }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: 'NRF.setSecurity({ passkey: process.env.PASSKEY, mitm: «false», display: true });',
      becomes: 'NRF.setSecurity({ passkey: process.env.PASSKEY, mitm: true, display: true });',
    },
    {
      c: 'static void connected(struct bt_conn *conn, uint8_t err) { if (!err) bt_conn_set_security(conn, «BT_SECURITY_L2»); }',
      becomes:
        'static void connected(struct bt_conn *conn, uint8_t err) { if (!err) bt_conn_set_security(conn, BT_SECURITY_L4); }',
    },
    {
      c: 'void f(void) { ble_hs_cfg.sm_bonding = 1; ble_hs_cfg.sm_mitm = «0»; ble_hs_cfg.sm_sc = 1; }',
      becomes: 'void f(void) { ble_hs_cfg.sm_bonding = 1; ble_hs_cfg.sm_mitm = 1; ble_hs_cfg.sm_sc = 1; }',
    },
    { c: '#define IO_CAP BLE_HS_IO_NO_INPUT_OUTPUT\nvoid f(void) { ble_hs_cfg.sm_io_cap = «IO_CAP»; }' },
  ],
  good: [
    {
      c: 'void f(void) { ble_hs_cfg.sm_io_cap = BLE_HS_IO_DISPLAY_ONLY; ble_hs_cfg.sm_mitm = 1; ble_hs_cfg.sm_sc = 1; }',
      shows: '5.5-1',
    },
    {
      c: 'static void connected(struct bt_conn *conn, uint8_t err) { if (!err) bt_conn_set_security(conn, BT_SECURITY_L4); }',
      shows: '5.5-1',
    },
    { c: 'void f(int want) { ble_hs_cfg.sm_mitm = want; }' },
    { c: 'void f(struct link *cfg) { cfg->sm_mitm = 0; }' },
  ],
});
