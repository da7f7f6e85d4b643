import { rule } from '../kit/index.js';

const FALSY = new Set(['null', 'false', '0', '']);

export default rule({
  id: 'server-identity-check-noop',
  title: 'Server name check accepts every name',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [297],
  why: 'A certificate proves nothing until its name is compared with the host that was meant: any other valid certificate will do.',
  attack:
    'Anyone can get a free certificate for a domain of their own. Someone on the path of the device presents that one instead of yours; nobody compares the names, so the device talks to them.',
  instead:
    'Leave checkServerIdentity out: Node then compares the names. To pin a certificate as well, call tls.checkServerIdentity first and return its error.',

  any: {
    setting: {
      'tls.identity-check': ({ value }) => {
        const check = value.func;
        return (
          check !== undefined &&
          check.statements <= 1 &&
          check.calls.size === 0 &&
          check.returns.every((result) => result.literal !== undefined && FALSY.has(result.value ?? '?')) && {
            at: value,
            says: 'this check returns no error for any name, so the certificate of another host is as good as that of the server',
          }
        );
      },
    },
  },

  bad: [
    { ts: "import tls from 'node:tls'; tls.connect({ host, ca, checkServerIdentity: «() => undefined» });" },
    { ts: "import { Agent } from 'https'; const agent = new Agent({ checkServerIdentity: «() => {}» });" },
    {
      ts: "import mqtt from 'mqtt';\nfunction accept() { return null; }\nconst options: any = { ca };\noptions.checkServerIdentity = «accept»;\nmqtt.connect('mqtts://broker.example', options);",
    },
    {
      ts: "const https = require('https');\nhttps.get('https://hub.example', { «checkServerIdentity() { return undefined; }» }, done);",
    },
  ],
  good: [
    {
      ts: "import tls from 'node:tls'; tls.connect({ host, ca, checkServerIdentity: (name, cert) => tls.checkServerIdentity('hub', cert) });",
    },
    {
      ts: "import tls from 'node:tls'; tls.connect({ host, checkServerIdentity: (name, cert) => { if (cert.fingerprint256 !== pin) return new Error('wrong'); } });",
    },
    { ts: "import tls from 'node:tls'; tls.connect({ host, checkServerIdentity: verifyPin });" },
    { ts: "import { connect } from './fake'; connect({ checkServerIdentity: () => undefined });" },
  ],
});
