import { rule, type Answer, type Option, type ProductView } from '../kit/index.js';

const open = (option: Option, wrong: 'y' | 'n', right: string): Answer =>
  option.value === wrong && {
    at: option,
    says: 'anybody in radio range may manage the device over Bluetooth: upload images, restart it, run its commands',
    fixes: [{ title: 'Require an authenticated link', edits: [{ at: option.at, text: right }], safe: false }],
  };

export default rule({
  id: 'mcumgr-unauthenticated',
  title: 'Device management without login',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-4', '5.5-5', '5.3-2'],
  cwe: [306],
  why: 'MCUmgr uploads firmware, restarts the device and reads its files; without an authenticated link it does so for anybody.',
  attack:
    'Someone walks past with a phone and a free MCUmgr app. The app connects without pairing, lists the images, reads statistics, and restarts the device over and over, or uploads an image if signatures are weak.',
  instead:
    'Zephyr: choose CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN and pair with a passkey. Over IP keep MCUmgr to a maintenance mode or a protected link.',

  any: {
    option: {
      CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW: (option) =>
        open(option, 'y', 'CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN=y'),
      CONFIG_MCUMGR_TRANSPORT_BT_AUTHEN: (option) => open(option, 'n', 'CONFIG_MCUMGR_TRANSPORT_BT_AUTHEN=y'),
      CONFIG_MCUMGR_SMP_BT_AUTHEN: (option) => open(option, 'n', 'CONFIG_MCUMGR_SMP_BT_AUTHEN=y'),
      CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN: (option) =>
        option.value === 'y' && {
          at: option,
          shows: 'Device management over Bluetooth requires an authenticated link',
          provision: '5.5-5',
        },
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const udp = product.option('CONFIG_MCUMGR_TRANSPORT_UDP');
        if (udp?.value === 'y' && product.option('CONFIG_MCUMGR_TRANSPORT_UDP_DTLS')?.value !== 'y')
          yield {
            at: udp,
            says: 'anybody on the network may manage the device: MCUmgr over UDP asks for no login',
          };
      },
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_MCUMGR_TRANSPORT_BT=y\n«CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW=y»\n' },
      becomes: 'CONFIG_MCUMGR_TRANSPORT_BT=y\nCONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN=y\n',
    },
    {
      files: { 'overlay-bt.conf': '«CONFIG_MCUMGR_TRANSPORT_BT_AUTHEN=n»\n' },
      becomes: 'CONFIG_MCUMGR_TRANSPORT_BT_AUTHEN=y\n',
    },
    { files: { 'prj.conf': 'CONFIG_MCUMGR=y\n«CONFIG_MCUMGR_TRANSPORT_UDP=y»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN=y\n' }, shows: '5.5-5' },
    { files: { 'prj.conf': 'CONFIG_MCUMGR_TRANSPORT_BT=y\n' } },
    { files: { 'prj.conf': 'CONFIG_MCUMGR_TRANSPORT_UDP=y\n«guard: CONFIG_MCUMGR_TRANSPORT_UDP_DTLS=y»\n' } },
  ],
});
