import { letsEverybodyIn, rule, type Answer, type Func } from '../kit/index.js';

const SAYS =
  'this broker lets in every client, whatever name and password it gives: anyone on the network reads and commands all devices';

/** `done(null, true)`, whatever comes in; a check of the client may well do without the name. */
const admits = (func: Func): boolean =>
  letsEverybodyIn(func, {
    password: 2,
    answer: 3,
    isYes: ([error, answer]) => error?.literal === 'null' && answer?.value === 'true',
  });

export default rule({
  id: 'broker-accepts-everyone',
  title: 'MQTT broker that accepts everyone',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-3', '5.5-4', '5.5-5'],
  cwe: [287, 306],
  why: 'A log-in that always says yes is none, but looks like one in every review.',
  attack:
    'A guest on the Wi-Fi connects to the broker of the gateway with any name. They subscribe to everything, learn who is at home, and publish the command that opens the door.',
  instead:
    'Compare the password with the hash stored for that client (crypto.timingSafeEqual), or ask for client certificates, and answer done(null, false) in all other cases.',

  ts: {
    setting: {
      'mqtt.authenticate': ({ value }): Answer => {
        const { func } = value;
        return (
          func &&
          (admits(func)
            ? { at: value, says: SAYS }
            : { at: value, shows: 'The MQTT broker authenticates its clients', provision: '5.5-4' })
        );
      },
    },
    shape: [
      {
        pattern: `(assignment_expression
          left: (member_expression property: (property_identifier) @name) @left
          right: (_) @right
          (#eq? @name "authenticate"))`,
        needs: ['aedes'],
        judge: ({ left, right }) =>
          /^aedes\.(Aedes|Server)#authenticate$/.test(left?.names[0] ?? '') &&
          right?.func !== undefined &&
          admits(right.func) &&
          left !== undefined && { at: left, says: SAYS },
      },
    ],
  },

  bad: [
    {
      ts: "import Aedes from 'aedes';\nconst broker = new Aedes();\n«broker.authenticate» = (client, user, password, done) => { done(null, true); };",
    },
    {
      ts: "const aedes = require('aedes');\nconst broker = aedes();\n«broker.authenticate» = function (client, username, password, callback) { return callback(null, true); };",
    },
    {
      ts: "import { Aedes } from 'aedes'; const broker = new Aedes({ authenticate: «(c, u, p, cb) => cb(null, true)» });",
    },
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes();\n«broker.authenticate» = (client, _user, _password, done: Done) => {\n  log.info('visitor', { client: client.id });\n  done(null, true);\n};",
    },
    {
      ts: "import { Aedes } from 'aedes';\nfunction admit(client, user, password, done) { done(null, true); }\nconst broker = new Aedes();\n«broker.authenticate» = admit;",
    },
  ],
  good: [
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes();\nbroker.authenticate = (client, user, password, done) => { users.assertMayConnect(user, password); done(null, true); };",
    },
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes();\nbroker.authenticate = async (client, user, password, done) => { await mayConnect(client); done(null, true); };",
    },
    {
      ts: "import { Aedes } from 'aedes';\nconst broker = new Aedes();\nbroker.authenticate = (client, user, password, done) => { for (const name of names) if (name === user) done(null, true); };",
    },
    {
      ts: "import { Aedes } from 'aedes'; const broker = new Aedes({ authenticate: (c, u, p, cb) => cb(null, check(u, p)) });",
      shows: '5.5-4',
    },
    {
      ts: "import aedes from 'aedes';\nconst broker = aedes();\nbroker.authenticate = (client, user, password, done) => { «guard: if (!known(user, password)) return done(null, false);» done(null, true); };",
    },
    {
      ts: "import { Aedes } from 'aedes'; const broker = new Aedes({ preConnect: (client, packet, cb) => cb(null, true) });",
    },
    {
      ts: "import { Strategy } from './login'; const s = new Strategy();\ns.authenticate = (c, u, p, cb) => cb(null, true);",
    },
  ],
});
