import { rule, type ProductView } from '../kit/index.js';

const says = 'this service runs as root: a hole in it opens the whole machine';

export default rule({
  id: 'service-runs-as-root',
  title: 'Service runs as root',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-7'],
  cwe: [250],
  why: 'A program that talks to the network will have a hole some day; what it may do then is decided by the user it runs as.',
  attack:
    'Someone finds a way to run a command through the web interface of the gateway. As the service is root they install a program that survives updates, read the keys of all other services, and listen to the whole network.',
  instead:
    'Give the unit a user of its own (User=, or DynamicUser=yes), single rights by AmbientCapabilities= and SupplementaryGroups=dialout, and ProtectSystem=strict.',

  any: {
    option: {
      'systemd:Service.User': (option) =>
        option.value === 'root' || option.value === '0'
          ? { at: option, says }
          : option.value !== '' && {
              at: option,
              shows: `The service runs as ${option.value}`,
              provision: '5.6-7',
            },
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const start = product.option('systemd:Service.ExecStart');
        /** Of the same unit: a product may have several. */
        const get = (name: string): string | undefined => {
          const option = product.option(`systemd:${name}`);
          return option?.at.file === start?.at.file ? option?.value : undefined;
        };
        const own = get('Service.User') !== undefined || get('Service.DynamicUser') !== undefined;
        const helper = get('Service.Type') === 'oneshot';
        const session = get('Install.WantedBy') === 'default.target';
        if (start && !own && !helper && !session) yield { at: start, says: `${says}; it names no User=` };
      },
    },
  },

  bad: [
    {
      files: {
        'hub.service':
          '[Unit]\nDescription=Hub\n\n[Service]\n«ExecStart=/usr/bin/node /opt/hub/index.js»\nRestart=always\n',
      },
    },
    { files: { 'hub.service': '[Service]\n«User=root»\nExecStart=/opt/hub/hubd\n' } },
  ],
  good: [
    {
      files: {
        'a.service': '[Service]\nType=oneshot\nExecStart=/opt/hub/make-key\n',
        'b.service': '[Service]\nExecStart=/opt/hub/hubd\n«guard: User=hub»\n',
      },
    },
    {
      files: { 'hub.service': '[Service]\nExecStart=/usr/bin/node /opt/hub/index.js\n«guard: User=hub»\n' },
      shows: '5.6-7',
    },
    { files: { 'hub.service': '[Service]\nExecStart=/opt/hub/hubd\n«guard: DynamicUser=yes»\n' } },
    { files: { 'hub.service': '[Service]\nType=oneshot\nExecStart=/opt/hub/make-key\n' } },
    {
      files: { 'tray.service': '[Service]\nExecStart=/usr/bin/tray\n\n[Install]\nWantedBy=default.target\n' },
    },
  ],
});
