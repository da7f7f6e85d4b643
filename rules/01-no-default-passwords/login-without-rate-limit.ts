import { rule, type Answer, type Call } from '../kit/index.js';

const LOGIN = /(^|\/)(login|log-in|signin|sign-in|authenticate|session|token)\/?$/i;
const LIMITERS = new Set([
  'express-rate-limit',
  'express-rate-limit.rateLimit',
  'express-slow-down',
  'express-slow-down.slowDown',
]);

function judge({ args, calleeAt }: Call): Answer {
  const [path, ...handlers] = args;
  if (!path || !LOGIN.test(path.value ?? '')) return false;
  const limiter = handlers.find((handler) => LIMITERS.has(handler.call?.callee ?? ''));
  if (limiter) return { at: limiter, shows: 'Attempts to log in are limited', provision: '5.1-5' };
  return { at: calleeAt, says: `nothing in this route limits how often ${path.value ?? ''} may be tried` };
}

const use = ({ args }: Call): Answer => {
  const limiter = args.find((handler) => LIMITERS.has(handler.call?.callee ?? ''));
  return limiter && { at: limiter, shows: 'The number of requests is limited', provision: '5.1-5' };
};

export default rule({
  id: 'login-without-rate-limit',
  title: 'Log-in that may be tried without end',
  severity: 'warning',
  in: 'audit',
  heading: 1,
  provisions: ['5.1-5'],
  cwe: [307],
  why: 'People choose short passwords; only slowness keeps a program from trying them all.',
  attack:
    'Someone on the network lets a script try the thousand most used passwords on the log-in of the gateway. It answers as fast as it can, and within a minute one of them fits.',
  instead:
    'express-rate-limit on the route, for instance five tries in fifteen minutes for an address, and a growing delay for an account.',

  ts: {
    call: Object.fromEntries(
      ['express.Application', 'express.Express', 'express.Router'].flatMap((type) => [
        [`${type}#post`, judge],
        [`${type}#use`, use],
      ]),
    ),
  },

  bad: [
    {
      ts: "import express from 'express';\nconst app = express();\napp.«post»('/api/login', (req, res) => check(req, res));",
    },
    {
      ts: "const { Router } = require('express');\nconst router = Router();\nconst PATH = '/session';\nrouter.«post»(PATH, json, check);",
    },
  ],
  good: [
    {
      ts: "import express from 'express';\nimport rateLimit from 'express-rate-limit';\nconst limiter = rateLimit({ windowMs: 900_000, limit: 5 });\nconst app = express();\napp.post('/login', limiter, check);",
      shows: '5.1-5',
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.post('/lamps', switchLamp); app.get('/login', page);",
    },
    { ts: "import { app } from './client';\napp.post('/login', { user, password });" },
  ],
});
