import { rule, type ProductView } from '../kit/index.js';

export default rule({
  id: 'ble-address-trackable',
  title: 'Bluetooth address never changes',
  severity: 'info',
  in: 'audit',
  heading: 8,
  provisions: ['5.8-1', '6.6'],
  cwe: [359],
  why: 'A device that is worn or carried and always shows the same address tells where its owner is.',
  attack:
    'A shop puts cheap Bluetooth receivers at its doors and shelves. It recognises the wristband of each visitor by its address, follows them through the rooms, and knows them again next week.',
  instead:
    'Set CONFIG_BT_PRIVACY=y, so that the address changes every few minutes and only bonded phones can resolve it.',

  any: {
    option: {
      CONFIG_BT_PRIVACY: (option) =>
        option.value === 'y' && { at: option, shows: 'The Bluetooth address changes', provision: '5.8-1' },
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const peripheral = product.option('CONFIG_BT_PERIPHERAL');
        if (peripheral?.value === 'y' && product.option('CONFIG_BT_PRIVACY')?.value !== 'y')
          yield {
            at: peripheral,
            says: 'it advertises under one address for life: whoever carries it can be followed',
          };
      },
    },
  },

  bad: [
    { files: { 'prj.conf': 'CONFIG_BT=y\n«CONFIG_BT_PERIPHERAL=y»\n' } },
    { files: { 'prj.conf': 'CONFIG_BT_PRIVACY=n\n«CONFIG_BT_PERIPHERAL=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_BT_PERIPHERAL=y\n«guard: CONFIG_BT_PRIVACY=y»\n' }, shows: '5.8-1' },
    { files: { 'prj.conf': 'CONFIG_BT_CENTRAL=y\n' } },
    { files: { 'prj.conf': 'CONFIG_BT_PERIPHERAL=n\n' } },
  ],
});
