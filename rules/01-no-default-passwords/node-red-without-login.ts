import { hasField, isLocalHost, nodeRedSettings, rule } from '../kit/index.js';

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && host !== '0.0.0.0' && isLocalHost(host);
}

const shape = nodeRedSettings((left, settings, thing) => {
  const { fields, closed } = thing;
  if (hasField(thing, 'adminAuth'))
    return { at: settings, shows: 'The editor of Node-RED asks for a login', provision: '5.5-5' };
  const isOff =
    fields.get('httpAdminRoot')?.value === 'false' || fields.get('disableEditor')?.value === 'true';
  if (!closed || isOff || isLoopback(fields.get('uiHost')?.value)) return undefined;
  return {
    at: left,
    says: 'these settings of Node-RED have no adminAuth: whoever reaches the port edits the flows, and a flow may run any command',
  };
});

export default rule({
  id: 'node-red-without-login',
  title: 'Node-RED editor without a login',
  severity: 'error',
  heading: 1,
  provisions: ['5.5-5', '5.1-3', '5.6-1'],
  cwe: [306],
  why: 'The editor of Node-RED is a way to run programs: a flow reads files, starts commands and talks to everything the gateway talks to.',
  attack:
    'Someone on the guest network scans for port 1880 and opens it in a browser. They drag an exec node into the flow, deploy, and have a shell on the gateway, with every device and every password behind it.',
  instead:
    'Set adminAuth with a bcrypt hash (node-red admin hash-pw), or bind uiHost to 127.0.0.1 behind a proxy that asks for a login, or ship the product with httpAdminRoot: false.',

  ts: {
    shape: [shape],
  },

  bad: [
    {
      ts: "«module.exports» = { flowFile: 'flows.json', uiPort: process.env.PORT || 1880, functionGlobalContext: {} };",
    },
    { ts: "«module.exports» = { uiPort: 1880, uiHost: '0.0.0.0', credentialSecret: process.env.SECRET };" },
  ],
  good: [
    {
      ts: "module.exports = { uiPort: 1880, flowFile: 'flows.json', «guard: adminAuth: { type: 'credentials', users: [{ username: 'admin', password: process.env.HASH, permissions: '*' }] }» };",
      shows: '5.5-5',
    },
    { ts: "module.exports = { uiPort: 1880, flowFile: 'flows.json', uiHost: '127.0.0.1' };" },
    { ts: "module.exports = { uiPort: 1880, flowFile: 'flows.json', httpAdminRoot: false };" },
    { ts: "module.exports = { ...require('./base'), uiPort: 1880, flowFile: 'flows.json' };" },
    { ts: 'module.exports = { uiPort: 8080, theme: { dark: true } };' },
  ],
});
