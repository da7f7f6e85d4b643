import {
  looksSecretName,
  rule,
  suggest,
  type Answer,
  type Call,
  type Setting,
  type Thing,
} from '../kit/index.js';

/** A token against forged requests is there to be read by the page. */
const forPages = ({ thing, call }: Setting): boolean =>
  /csrf|xsrf/i.test(call?.args[0]?.value ?? '') || /csrf|xsrf/i.test(thing?.fields.get('name')?.value ?? '');

function report(setting: Setting, says: string): Answer {
  const on = setting.spelling('on');
  return (
    setting.means === 'off' && {
      at: setting.value,
      says,
      ...(on !== undefined && { fixes: [suggest(setting.value, on, 'Protect the cookie')] }),
    }
  );
}

/** A cookie that a browser logs in with, by its name. */
const logsIn = (name: string): boolean =>
  !/csrf|xsrf/i.test(name) &&
  (looksSecretName(name) || /(^|[-_.])(sid|sess|session(-?id)?|auth|jwt)$/i.test(name));

/** Express and Fastify let scripts read a cookie unless they are told otherwise. */
function cookieOfLogIn({ args: [name, , options] }: Call): Answer {
  if (!name || !logsIn(name.value ?? '')) return undefined;
  const known = options?.thing;
  return (
    (options ? known?.closed === true && !known.fields.has('httpOnly') : true) && {
      at: name,
      says: `without httpOnly every script on the page reads the cookie ${name.value ?? ''} and can send it away`,
    }
  );
}

/** Express sends the cookie of a session over plain HTTP too, unless it is told otherwise. */
function sessionByDefault(thing: Thing): Answer {
  const hasMore = [...thing.fields.keys()].some((key) => key.startsWith('cookie.'));
  const cookie = thing.fields.get('cookie');
  return (
    thing.closed &&
    !thing.fields.has('cookie.secure') &&
    (hasMore || cookie === undefined || cookie.thing?.closed === true) && {
      at: thing,
      says: 'without cookie.secure the session cookie also travels over plain HTTP, where anyone on the network copies it',
    }
  );
}

export default rule({
  id: 'cookie-insecure',
  title: 'Session cookie without protection',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-6', '5.5-7'],
  cwe: [614, 1004, 1275],
  why: 'The cookie is the log-in. Without `secure` it travels over plain HTTP too, without `httpOnly` every script of the page reads it, and with `sameSite: none` every other page uses it.',
  attack:
    'Someone on the same Wi-Fi makes the browser of the owner fetch one picture from the gateway over plain HTTP and copies the cookie out of the request. With it they are logged in as the owner.',
  instead:
    "`cookie: { secure: true, httpOnly: true, sameSite: 'strict' }`, and serve the interface over HTTPS only.",

  ts: {
    setting: {
      'cookie.secure': (setting) =>
        report(
          setting,
          'the session cookie also travels over plain HTTP, where anyone on the network copies it',
        ),
      'cookie.http-only': (setting) =>
        !forPages(setting) &&
        report(setting, 'every script on the page reads this cookie and can send it away'),
      'cookie.same-site': (setting) =>
        !forPages(setting) &&
        report(setting, 'the browser sends this cookie with whatever any other page asks of the device'),
    },
    call: {
      'express.Response#cookie': cookieOfLogIn,
      'fastify.FastifyReply#setCookie': cookieOfLogIn,
      'fastify.FastifyReply#cookie': cookieOfLogIn,
    },
    thing: { 'express-session.SessionOptions': sessionByDefault },
  },

  bad: [
    {
      ts: "import session from 'express-session'; app.use(session({ secret, cookie: { secure: «false», maxAge: 3600_000 } }));",
      becomes:
        "import session from 'express-session'; app.use(session({ secret, cookie: { secure: true, maxAge: 3600_000 } }));",
    },
    {
      ts: "import session, { SessionOptions } from 'express-session';\nconst options: SessionOptions = { secret, cookie: { secure: true, httpOnly: «false» } };\napp.use(session(options));",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.post('/login', (req, res) => { res.cookie('sid', id, { httpOnly: «false» }); });",
    },
    { ts: "import session from 'express-session'; app.use(session(«{ secret, resave: false }»));" },
    {
      ts: "import express from 'express';\nconst app = express();\napp.post('/login', (req, res) => { res.cookie(«'session'», id); res.cookie(«'auth_token'», token, { maxAge: 3600_000 }); res.cookie('sid', id, { httpOnly: true, secure: true, sameSite: «'none'» }); });",
    },
    {
      ts: "import fastify from 'fastify';\nimport session from '@fastify/session';\nconst app = fastify();\napp.register(session, { secret, cookie: { secure: «false» } });\napp.post('/login', (request, reply) => { reply.setCookie(«'sid'», id, { path: '/' }); });",
    },
    {
      ts: "const app = require('fastify')({ logger: true });\napp.register(require('@fastify/secure-session'), { key, cookie: { httpOnly: «false» } });",
    },
    {
      ts: "import Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx) => { ctx.cookies.set('sid', id, { httpOnly: «false» }); });",
    },
    {
      ts: "import session from 'koa-session'; app.use(session({ key: 'hub:sess', secure: «false» }, app));",
    },
  ],
  good: [
    {
      ts: "import fastify from 'fastify';\nimport session from '@fastify/session';\nconst app = fastify();\napp.register(session, { secret, cookie: { httpOnly: true, sameSite: 'lax' } });\napp.register(other, { cookie: { secure: false } });",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.post('/login', (req, res) => { res.cookie('sid', id, { httpOnly: true, secure: true }); res.cookie('session', id, options); res.cookie('XSRF-TOKEN', token); res.cookie('language', 'da'); });",
    },
    {
      ts: "import session from 'express-session'; app.use(session({ ...base, secret })); app.use(session({ secret, cookie }));",
    },
    {
      ts: "import Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx) => { ctx.cookies.set('sid', id, { secure: true }); ctx.cookies.set('seen', '1'); });",
    },
    {
      ts: "import session from 'express-session'; app.use(session({ secret, cookie: { secure: 'auto', httpOnly: true } }));",
    },
    {
      ts: "import session from 'express-session'; app.use(session({ secret, cookie: { secure: production } }));",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => { res.set('x', 'y'); other.cookie('sid', id, { secure: false }); });",
    },
  ],
});
