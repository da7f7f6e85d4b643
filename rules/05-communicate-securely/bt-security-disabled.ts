import { rule, type Answer, type Option } from '../kit/index.js';

const off =
  (what: string) =>
  (option: Option): Answer =>
    option.value === 'y' && {
      at: option,
      says: `${option.name} ${what}`,
      fixes: [{ title: 'Switch the option off', edits: [option.set('n')], safe: false }],
    };
const debugKeys = off(
  'pairs with the key pair printed in the Bluetooth specification: a sniffer can decrypt everything',
);

export default rule({
  id: 'bt-security-disabled',
  title: 'Bluetooth security disabled by config',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7', '5.1-3'],
  cwe: [1390, 321],
  why: 'These options are made for sniffers and test equipment; with them pairing and encryption protect nothing.',
  attack:
    'Someone with a Bluetooth sniffer sits in the next room while the owner pairs the device. The keys are the ones from the specification, so the sniffer decrypts the session and they take part in it.',
  instead: 'Leave these options off in what is sold; keep them in an overlay for the test bench.',

  any: {
    option: {
      CONFIG_BT_CONN_DISABLE_SECURITY: off(
        'skips all permission checks of GATT: every peer may read and write everything',
      ),
      CONFIG_BT_USE_DEBUG_KEYS: debugKeys,
      CONFIG_BT_NIMBLE_SM_SC_DEBUG_KEYS: debugKeys,
      CONFIG_BT_STORE_DEBUG_KEYS: off('keeps bonds that were made with published keys'),
      CONFIG_BT_OOB_DATA_FIXED: off(
        'uses the same out-of-band data for every pairing, and everybody can look it up',
      ),
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_BT_SMP=y\n«CONFIG_BT_USE_DEBUG_KEYS=y»\n' },
      becomes: 'CONFIG_BT_SMP=y\nCONFIG_BT_USE_DEBUG_KEYS=n\n',
    },
    { files: { 'prj_release.conf': '«CONFIG_BT_CONN_DISABLE_SECURITY=y»\n«CONFIG_BT_OOB_DATA_FIXED=y»\n' } },
    { files: { 'sdkconfig.defaults': '«CONFIG_BT_NIMBLE_SM_SC_DEBUG_KEYS=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_BT_SMP=y\nCONFIG_BT_BONDABLE=y\n' } },
    { files: { sdkconfig: '# CONFIG_BT_NIMBLE_SM_SC_DEBUG_KEYS is not set\n' } },
    {
      files: {
        'prj.conf': '# only for the sniffer: CONFIG_BT_USE_DEBUG_KEYS=y\nCONFIG_BT_USE_DEBUG_KEYS=n\n',
      },
    },
  ],
});
