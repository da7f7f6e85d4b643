import { rule, type ProductView, type Thing } from '../kit/index.js';

const LISTS = ['acl_file', 'plugin', 'auth_plugin', 'plugin_load', 'global_plugin'];

export default rule({
  id: 'broker-without-acl',
  title: 'MQTT broker lets every client do everything',
  severity: 'info',
  in: 'strict',
  heading: 5,
  provisions: ['5.5-5', '5.5-4'],
  cwe: [862],
  why: 'Without a list of who may read and write what, the log-in of the cheapest sensor opens all topics.',
  attack:
    'Someone unscrews a sensor at the outer wall and reads the broker log-in from its flash. With it they subscribe to every topic of the house and publish the command that opens the garage.',
  instead:
    'mosquitto: acl_file with a pattern for each client (pattern readwrite devices/%u/#), or the dynamic security plugin. aedes: authorizePublish and authorizeSubscribe that compare the topic with the client.',

  any: {
    product: {
      needs: [],
      *judge(product: ProductView) {
        const users = product.option('mosquitto:password_file');
        if (users && !LISTS.some((key) => product.option(`mosquitto:${key}`)))
          yield {
            at: users,
            says: 'every user of this broker may read and write all topics: there is no acl_file',
          };
      },
    },
  },
  ts: {
    thing: {
      'mqtt-broker': (options: Thing) => {
        const authenticate = options.fields.get('authenticate');
        return (
          authenticate !== undefined &&
          options.closed &&
          options.setting('mqtt.authorize') === undefined && {
            at: authenticate,
            says: 'clients of this broker log in, but each may then read and write all topics',
          }
        );
      },
    },
    setting: {
      'mqtt.authorize': ({ value }) =>
        value.func !== undefined && {
          at: value,
          shows: 'The broker decides who may read and write which topic',
          provision: '5.5-5',
        },
    },
  },

  bad: [
    { files: { 'mosquitto.conf': 'listener 8883\n«password_file /etc/mosquitto/users»\n' } },
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes({ authenticate: «(c, user, pass, done) => done(null, check(user, pass))» });",
    },
  ],
  good: [
    {
      files: {
        'mosquitto.conf':
          'listener 8883\npassword_file /etc/mosquitto/users\n«guard: acl_file /etc/mosquitto/acl»\n',
      },
    },
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes({ authenticate: login, authorizePublish: (client, packet, done) => done(own(client, packet) ? null : new Error('no')) });",
      shows: '5.5-5',
    },
    { ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes({ heartbeatInterval: 6000 });" },
  ],
});
