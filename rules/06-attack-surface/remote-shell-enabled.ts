import { rule, type Answer, type Option, type ProductView } from '../kit/index.js';

const shell =
  (over: string) =>
  (option: Option): Answer =>
    option.value === 'y' && {
      at: option,
      says: `${option.name} offers the command shell ${over}`,
      fixes: [{ title: 'Leave the shell out', edits: [option.set('n')], safe: false }],
    };
const mcumgr = shell('to whoever speaks MCUmgr with the device over the air or the network');
/** Over a cable MCUmgr is no more than the serial port it runs on. */
const TRANSPORTS = [
  'CONFIG_MCUMGR_TRANSPORT_BT',
  'CONFIG_MCUMGR_SMP_BT',
  'CONFIG_MCUMGR_TRANSPORT_UDP',
  'CONFIG_MCUMGR_SMP_UDP',
];

export default rule({
  id: 'remote-shell-enabled',
  title: 'Command shell over the network',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-1', '5.5-5', '5.6-5'],
  cwe: [489, 306],
  why: 'The shell reads and writes memory, files and settings, and asks for no login.',
  attack:
    'Someone scans the network and finds port 23 open, or subscribes to the shell topic on the broker. They type `help`, then read the stored Wi-Fi password, change settings and restart the device at will.',
  instead:
    'Leave the shell out of what is sold. For service staff offer a few commands of your own behind an authenticated link.',

  any: {
    option: {
      CONFIG_SHELL_BACKEND_TELNET: shell('over Telnet, in clear and without a login'),
      CONFIG_SHELL_BACKEND_MQTT: shell('over MQTT to whoever may publish to the broker'),
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const remote = TRANSPORTS.some((name) => product.option(name)?.value === 'y');
        for (const name of ['CONFIG_MCUMGR_GRP_SHELL', 'CONFIG_MCUMGR_CMD_SHELL_MGMT']) {
          const option = product.option(name);
          if (option && remote) yield mcumgr(option);
        }
      },
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_SHELL=y\n«CONFIG_SHELL_BACKEND_TELNET=y»\n' },
      becomes: 'CONFIG_SHELL=y\nCONFIG_SHELL_BACKEND_TELNET=n\n',
    },
    {
      files: {
        'prj_release.conf':
          'CONFIG_MCUMGR_TRANSPORT_BT=y\n«CONFIG_MCUMGR_GRP_SHELL=y»\n«CONFIG_SHELL_BACKEND_MQTT=y»\n',
      },
    },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_MCUMGR_TRANSPORT_SHELL=y\nCONFIG_MCUMGR_GRP_SHELL=y\n' } },
    { files: { 'prj.conf': 'CONFIG_SHELL=n\nCONFIG_SHELL_BACKEND_TELNET=n\n' } },
    { files: { 'prj.conf': 'CONFIG_MCUMGR=y\nCONFIG_MCUMGR_GRP_IMG=y\n' } },
    { files: { 'prj.conf': '#CONFIG_SHELL_BACKEND_TELNET=y\nCONFIG_SHELL_BACKEND_SERIAL=y\n' } },
  ],
});
