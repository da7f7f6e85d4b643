import { rule, suggest, type Thing } from '../kit/index.js';

export default rule({
  id: 'tls-server-accepts-any-client',
  title: 'Client certificates are asked for but not required',
  severity: 'warning',
  in: 'audit',
  heading: 5,
  provisions: ['5.1-2A', '5.5-4', '5.5-5'],
  cwe: [295],
  why: 'With rejectUnauthorized off, a client with no certificate, or with one it made itself, is connected all the same; only code that reads `authorized` keeps it out.',
  attack:
    'Someone on the network connects to the local interface with a certificate they made a minute ago. The server asked for one and got one; unless the program looks at `authorized` on every path, they are in.',
  instead:
    'rejectUnauthorized: true with your device authority as `ca`; otherwise read socket.authorized before the first byte is used.',

  ts: {
    thing: {
      'tls-server': (options: Thing) => {
        const off = options.fields.get('rejectUnauthorized');
        return (
          off?.value === 'false' &&
          options.fields.get('requestCert')?.value === 'true' && {
            at: off,
            says: 'clients without a valid certificate are connected as well; is `authorized` read before anything else?',
            ...(off.kind === 'boolean' && {
              fixes: [suggest(off, 'true', 'Require a valid client certificate')],
            }),
          }
        );
      },
    },
    setting: {
      'tls.request-client': ({ value, means, thing }) =>
        means === 'on' &&
        thing?.closed === true &&
        thing.fields.get('rejectUnauthorized')?.value !== 'false' && {
          at: value,
          shows: 'Clients must present a valid certificate',
          provision: '5.1-2A',
        },
    },
  },

  bad: [
    {
      ts: "import tls from 'node:tls'; tls.createServer({ key, cert, ca, requestCert: true, rejectUnauthorized: «false» }, serve);",
      becomes:
        "import tls from 'node:tls'; tls.createServer({ key, cert, ca, requestCert: true, rejectUnauthorized: true }, serve);",
    },
    {
      ts: "const https = require('https');\nconst options = { key, cert, requestCert: true };\noptions.rejectUnauthorized = «false»;\nhttps.createServer(options, app);",
    },
  ],
  good: [
    {
      ts: "import tls from 'node:tls'; tls.createServer({ key, cert, ca, requestCert: true }, serve);",
      shows: '5.1-2A',
    },
    { ts: "import tls from 'node:tls'; tls.createServer({ key, cert, rejectUnauthorized: false }, serve);" },
    {
      ts: "import { createServer } from './fake'; createServer({ requestCert: true, rejectUnauthorized: false });",
    },
  ],
});
