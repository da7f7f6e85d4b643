import { rule, type Answer, type Expr } from '../kit/index.js';

const SAYS =
  'this broker lets in every client, whatever name and password it gives: anyone on the network reads and commands all devices';

/** `done(null, true)`. */
function admits(answer: Expr | undefined): boolean {
  const args = answer?.call?.args ?? [];
  return args[0]?.literal === 'null' && args[1]?.value === 'true';
}

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
        const func = value.func;
        if (!func) return false;
        return func.statements === 1 && func.returns.length === 1 && admits(func.returns[0])
          ? { at: value, says: SAYS }
          : { at: value, shows: 'The MQTT broker authenticates its clients', provision: '5.5-4' };
      },
    },
    shape: [
      {
        pattern: `(assignment_expression
          left: (member_expression property: (property_identifier) @name) @left
          right: (_ body: [
            (statement_block . [(expression_statement (_) @answer) (return_statement (_) @answer)] .)
            (call_expression) @answer
          ])
          (#eq? @name "authenticate"))`,
        needs: ['aedes'],
        judge: ({ left, answer }) =>
          /^aedes\.(Aedes|Server)#authenticate$/.test(left?.names[0] ?? '') &&
          admits(answer) &&
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
  ],
  good: [
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
