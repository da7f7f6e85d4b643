import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'opcua-security-none',
  title: 'OPC UA without security or log-in',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-4', '5.5-7'],
  cwe: [319, 306],
  why: 'In security mode None nothing is signed and nothing is encrypted, and a server that admits the anonymous user takes commands from everybody.',
  attack:
    'Someone with a laptop in the plant network starts a free OPC UA client. It lists the nodes of the device, reads all values, and writes a new set point; nobody asks who they are.',
  instead:
    'securityMode: MessageSecurityMode.SignAndEncrypt with SecurityPolicy.Basic256Sha256 or newer, certificates that both sides trust, and allowAnonymous: false with a userManager.',

  ts: {
    setting: {
      'opcua.security': ({ value, means, api, thing }) =>
        means === 'off' &&
        // Mode and policy go together: one report for both.
        (api.endsWith('.securityMode') || thing?.fields.has('securityMode') !== true) && {
          at: value,
          says: `${value.text} sends values and log-ins in the clear, and anyone on the way changes them`,
        },
      'opcua.anonymous': ({ value, means, spelling }) => {
        const on = spelling('on');
        return (
          means === 'off' && {
            at: value,
            says: 'everybody who reaches this server reads and writes its nodes without a log-in',
            ...(on !== undefined && { fixes: [suggest(value, on, 'Ask for a log-in')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import { OPCUAClient, MessageSecurityMode, SecurityPolicy } from 'node-opcua';\nconst client = OPCUAClient.create({ securityMode: «MessageSecurityMode.None», securityPolicy: SecurityPolicy.None });",
    },
    {
      ts: "import { OPCUAServer } from 'node-opcua';\nconst server = new OPCUAServer({ port: 4840, allowAnonymous: «true» });",
      becomes:
        "import { OPCUAServer } from 'node-opcua';\nconst server = new OPCUAServer({ port: 4840, allowAnonymous: false });",
    },
  ],
  good: [
    {
      ts: "import { OPCUAClient, MessageSecurityMode, SecurityPolicy } from 'node-opcua';\nOPCUAClient.create({ securityMode: MessageSecurityMode.SignAndEncrypt, securityPolicy: SecurityPolicy.Basic256Sha256 });",
    },
    {
      ts: "import { OPCUAServer } from 'node-opcua';\nnew OPCUAServer({ allowAnonymous: false, userManager });",
    },
    { ts: "import { Server } from './plain';\nnew Server({ allowAnonymous: true });" },
  ],
});
