import { rule, type Thing } from '../kit/index.js';

export default rule({
  id: 'ws-any-origin',
  title: 'WebSocket server takes pages of any origin',
  severity: 'info',
  in: 'audit',
  heading: 5,
  provisions: ['5.5-5', '5.5-4'],
  cwe: [1385],
  why: 'Browsers let every web page open a WebSocket to every host and send the cookies of that host along; only the server can look at where the page came from.',
  attack:
    'The owner of the gateway, logged in, opens a link from a chat. The page behind it connects to the WebSocket of the gateway in the name of the owner and switches what it likes.',
  instead:
    'Compare request.headers.origin with your own origins in verifyClient or in the upgrade handler, or let the first message carry a token that a foreign page does not have.',

  ts: {
    thing: {
      'ws-server': (options: Thing) => {
        const port = options.fields.get('port') ?? options.fields.get('server');
        return (
          options.type === 'ws.ServerOptions' &&
          port !== undefined &&
          options.closed &&
          !options.fields.has('verifyClient') && {
            at: port,
            says: 'a page of any web site may connect here with the cookies of the owner: nothing compares the origin',
          }
        );
      },
    },
  },

  bad: [
    { ts: "import { WebSocketServer } from 'ws';\nconst feed = new WebSocketServer({ port: «8080» });" },
    {
      ts: "import WebSocket from 'ws';\nconst feed = new WebSocket.Server({ server: «http», path: '/feed' });",
    },
  ],
  good: [
    {
      ts: "import { WebSocketServer } from 'ws';\nconst feed = new WebSocketServer({ port: 8080, «guard: verifyClient: (info) => OWN.has(info.origin)» });",
    },
    { ts: "import { WebSocketServer } from 'ws';\nconst feed = new WebSocketServer({ noServer: true });" },
    { ts: "import { WebSocketServer } from './fake';\nnew WebSocketServer({ port: 8080 });" },
  ],
});
