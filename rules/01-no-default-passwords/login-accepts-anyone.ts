import { letsEverybodyIn, rule, type Answer, type Expr, type Setting } from '../kit/index.js';

/** `done(null, user)`: anything but a refusal. */
const passes = ([error, user]: readonly Expr[]): boolean =>
  error?.literal === 'null' &&
  user !== undefined &&
  user.literal !== 'null' &&
  !/^(false|0|)$/.test(user.value ?? 'unknown');

/** `done(null, true)`. */
const agrees = ([error, answer]: readonly Expr[]): boolean =>
  error?.literal === 'null' && answer?.value === 'true';

const isTrue = ([answer]: readonly Expr[]): boolean => answer?.value === 'true';

function report(value: Expr, open: boolean): Answer {
  return (
    open && {
      at: value,
      says: 'this check never looks at the password and says yes to whoever asks',
    }
  );
}

/** Passport: the request comes first where it was asked for. */
function strategy(password: number, { value, call }: Setting): Answer {
  const { func } = value;
  if (!func) return undefined;
  const shift = call?.args[0]?.thing?.fields.get('passReqToCallback')?.value === 'true' ? 1 : 0;
  return report(
    value,
    letsEverybodyIn(func, { password: password + shift, answer: password + shift + 1, isYes: passes }),
  );
}

/** A function that answers by its result, or through one that it is given. */
function predicate(password: number, { value }: Setting): Answer {
  const { func } = value;
  if (!func) return undefined;
  const later = func.params.length > password + 1 && func.tail?.value === undefined;
  return report(
    value,
    letsEverybodyIn(
      func,
      later ? { password, answer: password + 1, isYes: agrees } : { password, isYes: isTrue },
    ),
  );
}

export default rule({
  id: 'login-accepts-anyone',
  title: 'Password check that says yes to everybody',
  severity: 'error',
  heading: 1,
  provisions: ['5.5-5', '5.1-3', '5.5-4'],
  cwe: [287, 306],
  why: 'A log-in that asks for a password and takes every one of them is none, but looks like one in every review and to every user.',
  attack:
    'Someone on the same network opens the page of the gateway and types any name and any password. They are in, as whoever they said they were; left over from a test, the check that should stop them always says yes.',
  instead:
    'Compare with a stored hash (scrypt, Argon2, bcrypt) in constant time and refuse all else: done(null, false) for Passport, an Error for @fastify/basic-auth, false for express-basic-auth and for isValidUser of node-opcua.',

  ts: {
    setting: {
      'auth.passport': (setting) => strategy(1, setting),
      'auth.passport-token': (setting) => strategy(0, setting),
      'auth.check-user': (setting) => predicate(1, setting),
      'auth.check-token': (setting) => predicate(0, setting),
      'auth.fastify-basic': ({ value }) =>
        value.func &&
        report(
          value,
          letsEverybodyIn(value.func, { password: 1, answer: 4, isYes: (given) => given.length === 0 }),
        ),
    },
  },

  bad: [
    {
      ts: "import passport from 'passport';\nimport { Strategy } from 'passport-local';\npassport.use(new Strategy(«(name, password, done) => done(null, { name })»));",
    },
    {
      ts: "import { Strategy as LocalStrategy } from 'passport-local';\nexport const login = new LocalStrategy({ passReqToCallback: true }, «(req, name, password, done) => { log.info('log-in', { name }); return done(null, users.get(name)); }»);",
    },
    {
      ts: "const { BasicStrategy } = require('passport-http');\nfunction check(user, password, done) { done(null, true); }\npassport.use(new BasicStrategy(«check»));",
    },
    {
      ts: "import { Strategy } from 'passport-http-bearer';\nexport const tokens = new Strategy(«(token, done) => { done(null, { role: 'installer' }); }»);",
    },
    {
      ts: "import basicAuth from 'express-basic-auth';\napp.use(basicAuth({ authorizer: «() => true», challenge: true }));\napp.use(basicAuth({ authorizeAsync: true, authorizer: «(user, password, done) => done(null, true)» }));",
    },
    {
      ts: "import fastify from 'fastify';\nimport basicAuth from '@fastify/basic-auth';\nimport bearer from '@fastify/bearer-auth';\nconst app = fastify();\napp.register(basicAuth, { validate: «(user, password, request, reply, done) => { done(); }» });\napp.register(bearer, { keys, auth: «(key) => true» });",
    },
    {
      ts: "import { OPCUAServer } from 'node-opcua';\nexport const server = new OPCUAServer({ port: 4840, userManager: { «isValidUser(user, password) { return true; }» } });",
    },
  ],
  good: [
    {
      ts: "import { Strategy } from 'passport-local';\nexport const login = new Strategy((name, password, done) => { «guard: if (!matches(name, password)) return done(null, false);» done(null, { name }); });",
    },
    {
      ts: "import { Strategy } from 'passport-local';\nnew Strategy((name, password, done) => done(null, false)); new Strategy((name, password, done) => users.check(name, password, done)); new Strategy(async (name, password, done) => { done(null, await users.find(name, password)); });",
    },
    {
      ts: "import { Strategy } from 'passport-http-bearer';\nnew Strategy((token, done) => done(null, sessions.get(token)));",
    },
    {
      ts: "import basicAuth from 'express-basic-auth';\napp.use(basicAuth({ authorizer: (user, password) => basicAuth.safeCompare(password, process.env.PASSWORD ?? '') }));\napp.use(basicAuth({ authorizer: () => false }));",
    },
    {
      ts: "import fastify from 'fastify';\nimport basicAuth from '@fastify/basic-auth';\nconst app = fastify();\napp.register(basicAuth, { validate: (user, password, request, reply, done) => { done(matches(user, password) ? undefined : new Error('no')); } });",
    },
    {
      ts: "import { OPCUAServer } from 'node-opcua';\nnew OPCUAServer({ userManager: { isValidUser: (user, password) => accounts.matches(user, password) } });",
    },
    {
      ts: "import { Strategy } from './plan';\nnew Strategy((name, password, done) => done(null, { name }));",
    },
  ],
});
