import { rule } from '../kit/index.js';

export default rule({
  id: 'bt-fixed-passkey',
  title: 'Bluetooth pairing with a fixed passkey',
  severity: 'warning',
  in: 'audit',
  heading: 1,
  provisions: ['5.1-1', '5.1-2'],
  cwe: [1392],
  why: 'A passkey that never changes can be worked out from a few pairing attempts, and is worth nothing if all units share it.',
  attack:
    'Someone looks up the passkey of the model, or tries: each failed attempt with Passkey Entry gives away one of its twenty bits. After some minutes they pair with the device as if they were its owner.',
  instead:
    'Show a fresh random passkey for each pairing, or compare numbers. Without a display give each unit a random passkey on its label and accept pairing only for a short time after a button press.',

  any: {
    option: {
      CONFIG_BT_FIXED_PASSKEY: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'the passkey stays the same for every pairing: make sure that it differs from unit to unit',
          fixes: [{ title: 'Use a random passkey', edits: [option.set('n')], safe: false }],
        },
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_BT_SMP=y\n«CONFIG_BT_FIXED_PASSKEY=y»\n' },
      becomes: 'CONFIG_BT_SMP=y\nCONFIG_BT_FIXED_PASSKEY=n\n',
    },
    { files: { 'overlay-pairing.conf': '«CONFIG_BT_FIXED_PASSKEY=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_BT_SMP=y\n' } },
    { files: { 'prj.conf': '# CONFIG_BT_FIXED_PASSKEY is not set\n' } },
    { files: { 'prj.conf': 'CONFIG_BT_FIXED_PASSKEY=n\n' } },
  ],
});
