import { rule, type Expr, type Thing } from '../kit/index.js';

/** `true` copies the caller's origin; so does a function that answers `done(null, true)` to all. */
function any(origin: Expr): boolean {
  if (origin.literal === 'boolean') return origin.value === 'true';
  const func = origin.func;
  const answer = func?.statements === 1 && func.returns.length === 1 ? func.returns[0]?.call : undefined;
  return answer?.args[0]?.literal === 'null' && answer.args[1]?.value === 'true';
}

export default rule({
  id: 'cors-any-origin-with-credentials',
  title: 'Every web site may use the log-in',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-5', '5.5-4'],
  cwe: [942],
  why: 'The browser of a logged-in owner then lets any page on the web call the gateway in their name and read the answer.',
  attack:
    'The owner, logged in to their gateway, opens a link from a chat. The page behind it asks the gateway for its settings; the browser sends the cookie along, and the gateway permits the foreign page to read the answer and to change settings.',
  instead:
    "List the origins of your own user interface: `origin: ['https://hub.example']`. Without cookies, leave credentials out.",

  ts: {
    thing: {
      cors: (options: Thing) => {
        const origin = options.fields.get('origin');
        return (
          origin !== undefined &&
          any(origin) &&
          options.fields.get('credentials')?.value === 'true' && {
            at: origin,
            says: 'any web page that the owner visits may use their log-in here and read the answers',
          }
        );
      },
    },
  },

  bad: [
    { ts: "import cors from 'cors'; app.use(cors({ origin: «true», credentials: true }));" },
    {
      ts: "const cors = require('cors');\nconst options = { credentials: true };\noptions.origin = «(origin, done) => done(null, true)»;\napp.use(cors(options));",
    },
    {
      ts: "import fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = fastify();\napp.register(cors, { origin: «true», credentials: true });",
    },
  ],
  good: [
    {
      ts: "import fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = fastify();\napp.register(cors, { origin: ['https://hub.example'], credentials: true });",
    },
    { ts: "import cors from 'cors'; app.use(cors({ origin: ['https://hub.example'], credentials: true }));" },
    { ts: "import cors from 'cors'; app.use(cors({ origin: true }));" },
    { ts: "import cors from 'cors'; app.use(cors({ origin: '*' }));" },
    {
      ts: "import cors from 'cors'; app.use(cors({ credentials: true, origin: (origin, done) => { «guard: if (!own.has(origin)) return done(new Error('foreign'));» return done(null, true); } }));",
    },
  ],
});
