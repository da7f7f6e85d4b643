import { rule, suggest, type Answer, type Setting } from '../kit/index.js';

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

export default rule({
  id: 'cookie-insecure',
  title: 'Session cookie without protection',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-6', '5.5-7'],
  cwe: [614, 1004],
  why: 'The cookie is the log-in. Without `secure` it travels over plain HTTP too, without `httpOnly` every script of the page reads it.',
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
    },
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
  ],
  good: [
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
