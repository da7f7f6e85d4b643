import { rule, type Answer, type Expr, type Setting } from '../kit/index.js';

/** A test of what a wrong secret does. A sample word is none: code that runs with it signs with it. */
const NOT_THE_SECRET = /^(wrong|invalid)([-_ .]|$)/i;

function inSource(expr: Expr, what: string): Answer {
  const { value } = expr;
  return (
    value !== undefined &&
    value !== '' &&
    expr.literal === 'string' &&
    !NOT_THE_SECRET.test(value) &&
    !value.startsWith('-----BEGIN') && {
      at: expr,
      says: `the secret that ${what} is written in the source: every unit shares it, and whoever reads the code can forge them`,
    }
  );
}

/** The text whose bytes are given. */
const textOf = (value: Expr): Expr =>
  /^(TextEncoder#encode|Buffer\.from)$/.test(value.call?.callee ?? '')
    ? (value.call?.args[0] ?? value)
    : value;

/** A single secret, or an array of old and new ones. */
const each =
  (what: string) =>
  ({ value }: Setting): Answer =>
    value.kind === 'array'
      ? value.parts.flatMap((part) => (inSource(part, what) ?? []) as never)
      : inSource(textOf(value), what);

export default rule({
  id: 'signing-secret-in-source',
  title: 'Signing secret in the source',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [321, 798],
  why: 'Whoever knows the secret can sign: tokens and session cookies of any user, on every unit that runs this code.',
  attack:
    'Someone unpacks the firmware image, or reads the repository, and copies the secret. They sign a token for the administrator and log in to every gateway of this model over the network, without a password.',
  instead:
    'Make the secret on first start with crypto.randomBytes(32), keep it in a file with mode 0600 or in the secure element, and read it from there.',

  ts: {
    setting: {
      'jwt.secret': each('signs tokens'),
      'session.secret': each('signs session cookies'),
    },
  },

  bad: [
    { ts: "import jwt from 'jsonwebtoken'; const t = jwt.sign({ user }, «'s3cr3t-of-hub'»);" },
    {
      files: {
        'config.ts': "export const JWT_KEY = 'hub-2024-key';\n",
        'auth.ts':
          "import { verify } from 'jsonwebtoken';\nimport { JWT_KEY } from './config';\nexport const read = (t: string) => verify(t, «JWT_KEY»);",
      },
    },
    {
      ts: "import session from 'express-session'; app.use(session({ secret: «'keyboard cat'», resave: false }));",
    },
    {
      ts: "const cookieSession = require('cookie-session'); app.use(cookieSession({ keys: [«'one'», «'two'»] }));",
    },
    { ts: "import parser from 'cookie-parser'; app.use(parser(«'hub'»));" },
    {
      ts: "import fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nimport cookie from '@fastify/cookie';\nconst app = fastify();\napp.register(jwt, { secret: «'hub-2024-key'» });\nawait app.register(cookie, { secret: «'hub-cookie-key'» });",
    },
    {
      ts: "import { SignJWT, jwtVerify } from 'jose';\nconst key = new TextEncoder().encode(«'hub-2024-key'»);\nexport const read = (t: string) => jwtVerify(t, key);\nexport const make = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(Buffer.from(«'hub-2024-key'»));",
    },
    {
      ts: "import { Strategy, ExtractJwt } from 'passport-jwt';\nnew Strategy({ jwtFromRequest: ExtractJwt.fromHeader('x-token'), secretOrKey: «'hub-2024-key'» }, check);",
    },
  ],
  good: [
    {
      ts: "import { Strategy, ExtractJwt } from 'passport-jwt';\nnew Strategy({ jwtFromRequest: ExtractJwt.fromHeader('x-token'), secretOrKey: process.env.JWT_SECRET }, check);",
    },
    { ts: "import jwt from 'jsonwebtoken'; jwt.sign({ user }, process.env.JWT_SECRET!);" },
    {
      ts: "import jwt from 'jsonwebtoken'; jwt.verify(t, '-----BEGIN PUBLIC KEY-----\\nMFkw\\n-----END PUBLIC KEY-----');",
    },
    {
      ts: "import session from 'express-session'; app.use(session({ secret: readFileSync('/data/session.key'), name: 'sid' }));",
    },
    { ts: "import jwt from 'jsonwebtoken'; const forged = jwt.sign({ user }, 'wrong-secret-key');" },
    {
      ts: "import fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nconst app = fastify();\napp.register(jwt, { secret: process.env.JWT_SECRET }); app.register(paint, { secret: 'of the trade' });",
    },
    {
      ts: "import { jwtVerify } from 'jose';\nexport const read = (t: string) => jwtVerify(t, new TextEncoder().encode(process.env.JWT_SECRET));\nexport const other = (t: string, keys: unknown) => jwtVerify(t, keys);",
    },
    { ts: "import { sign } from './paint'; sign({ user }, 'red');" },
  ],
});
