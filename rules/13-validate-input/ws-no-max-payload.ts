import { rule, type Thing } from '../kit/index.js';

export default rule({
  id: 'ws-no-max-payload',
  title: 'WebSocket messages of any size',
  severity: 'info',
  in: 'strict',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [770],
  why: 'ws accepts messages of 100 MiB unless told otherwise: a few of them fill the memory of a small gateway.',
  attack:
    'Someone on the network opens ten connections and starts a message of 100 MiB on each. The gateway runs out of memory and restarts, again and again, and with it all that depends on it.',
  instead: 'Set maxPayload to the largest message that your protocol knows, for instance 64 * 1024.',

  ts: {
    thing: {
      'ws.ServerOptions': (options: Thing) => {
        const limit = options.fields.get('maxPayload');
        if (limit)
          return (
            limit.value !== undefined &&
            limit.value !== '0' && {
              at: limit,
              shows: 'WebSocket messages are limited in size',
              provision: '5.13-1B',
            }
          );
        return (
          options.closed && {
            at: options,
            says: 'clients may send messages of up to 100 MiB, each held in memory',
          }
        );
      },
    },
  },

  bad: [
    { ts: "import { WebSocketServer } from 'ws'; const server = new WebSocketServer(«{ port: 8080 }»);" },
    { ts: "const WebSocket = require('ws');\nconst server = new WebSocket.Server(«{ noServer: true }»);" },
  ],
  good: [
    {
      ts: "import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 8080, maxPayload: 65536 });",
      shows: '5.13-1B',
    },
    { ts: "import { WebSocketServer } from 'ws'; new WebSocketServer({ ...options, port: 8080 });" },
    { ts: "import { WebSocketServer } from './fake'; new WebSocketServer({ port: 8080 });" },
  ],
});
