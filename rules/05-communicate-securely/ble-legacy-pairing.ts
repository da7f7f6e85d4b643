import { rule, suggest, type Answer, type Option } from '../kit/index.js';

const SAYS = 'who records the pairing works out the key in seconds, and reads all that follows';

/**
 * In Zephyr, where legacy pairing is off by default. In NimBLE a config without Secure Connections is mostly one without
 * any pairing, and a device that has both built in says in its code which it uses.
 */
const is =
  (bad: string, good: string, what: string) =>
  (option: Option): Answer =>
    option.value === bad && {
      at: option,
      says: `${option.name}=${bad} ${what}: ${SAYS}`,
      fixes: [{ title: 'Pair with Secure Connections', edits: [option.set(good)], safe: false }],
    };

export default rule({
  id: 'ble-legacy-pairing',
  title: 'Bluetooth pairs in the old way',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [757, 326],
  why: 'Before Bluetooth 4.2 the key of a link was agreed with a number of at most six digits, zero without a display: a recording of the pairing is enough to try them all. Secure Connections agree on it with Diffie-Hellman.',
  attack:
    'Someone leaves a sniffer for twenty euros near the door and waits until the owner pairs a new phone, or disturbs the link until they do. A free program finds the key from the recording, and from then on opens every message, old ones included.',
  instead:
    'NimBLE: ble_hs_cfg.sm_sc = 1 (with CONFIG_BT_NIMBLE_SM_SC=y). Zephyr: leave CONFIG_BT_SMP_SC_PAIR_ONLY on. Espruino: lesc: true. A device whose phones are all newer than 2015 needs no other way.',

  any: {
    option: {
      CONFIG_BT_SMP_SC_PAIR_ONLY: is('n', 'y', 'allows legacy pairing'),
      CONFIG_BT_SMP_OOB_LEGACY_PAIR_ONLY: is('y', 'n', 'leaves legacy pairing only'),
    },
    setting: {
      'ble.sc': ({ value, means, spelling }) => {
        const on = spelling('on');
        if (means === 'on')
          return { at: value, shows: 'Bluetooth pairs with Secure Connections', provision: '5.5-1' };
        return (
          means === 'off' && {
            at: value,
            says: `pairing in the old way: ${SAYS}`,
            ...(on !== undefined && { fixes: [suggest(value, on, 'Ask for Secure Connections')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { ble_hs_cfg.sm_bonding = 1; ble_hs_cfg.sm_sc = «0»; }',
      becomes: 'void f(void) { ble_hs_cfg.sm_bonding = 1; ble_hs_cfg.sm_sc = 1; }',
    },
    {
      files: { 'prj.conf': 'CONFIG_BT_SMP=y\n«CONFIG_BT_SMP_SC_PAIR_ONLY=n»\n' },
      becomes: 'CONFIG_BT_SMP=y\nCONFIG_BT_SMP_SC_PAIR_ONLY=y\n',
    },
    { ts: 'NRF.setSecurity({ passkey: process.env.PASSKEY, mitm: true, lesc: «false» });' },
  ],
  good: [
    { c: 'void f(void) { ble_hs_cfg.sm_mitm = 1; ble_hs_cfg.sm_sc = 1; }', shows: '5.5-1' },
    { c: 'void f(struct link *cfg, int want) { cfg->sm_sc = 0; ble_hs_cfg.sm_sc = want; }' },
    { files: { sdkconfig: 'CONFIG_BT_NIMBLE_SM_LEGACY=y\nCONFIG_BT_NIMBLE_SM_SC=y\n' } },
    { files: { 'sdkconfig.defaults': 'CONFIG_BT_NIMBLE_SM_LEGACY=n\nCONFIG_BT_NIMBLE_SM_SC=n\n' } },
    {
      files: {
        'prj.conf': 'CONFIG_BT_SMP=y\nCONFIG_BT_SMP_SC_PAIR_ONLY=y\n# CONFIG_BT_SMP_SC_PAIR_ONLY=n\n',
      },
    },
  ],
});
