import {
  knownText,
  namesNoTrust,
  plainClient,
  remoteHost,
  rule,
  suggest,
  type Answer,
  type Call,
} from '../kit/index.js';

/** Moddable. */
function moddableClient(call: Call): Answer {
  const options = plainClient(call);
  const host = options?.fields.get('host')?.value;
  return (
    options &&
    host !== undefined && {
      at: options,
      says: `without Socket: SecureSocket the connection to ${host} is not encrypted: anyone on the path reads it and adds messages of their own`,
    }
  );
}

export default rule({
  id: 'ws-cleartext',
  title: 'WebSocket without TLS',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [319],
  why: 'Commands and events go both ways in the clear for as long as the connection lasts, the token of the first message included.',
  attack:
    'Someone on the same Wi-Fi listens to the connection and copies the token from its first message. They also slip a message of their own into the stream, and the device carries it out as if the service had sent it.',
  instead:
    'Connect to wss:// and leave certificate checks on; for a private authority, give its certificate as the trust anchor.',

  any: {
    setting: {
      'ws.url': ({ value, thing }) => {
        const address = knownText(value) ?? '';
        const host = /^ws:\/\//i.test(address) ? remoteHost(address) : undefined;
        const here =
          /^(string|template)$/.test(value.kind) &&
          /^["'`]ws:/i.test(value.text) &&
          !/^ws:\/\/[^/]*:[\d$]/i.test(address);
        return (
          host !== undefined && {
            at: value,
            says: `the connection to ${host} is not encrypted: anyone on the path reads it and adds messages of their own`,
            ...(here &&
              !namesNoTrust(thing) && {
                fixes: [suggest(value, value.text.replace(/^(["'`])ws:/i, '$1wss:'), 'Connect with TLS')],
              }),
          }
        );
      },
    },
  },
  ts: { call: { 'websocket.Client': moddableClient } },

  bad: [
    {
      ts: "import WebSocket from 'ws'; const socket = new WebSocket(«'ws://hub.example.com/api'»);",
      becomes: "import WebSocket from 'ws'; const socket = new WebSocket('wss://hub.example.com/api');",
    },
    {
      ts: "import { Client } from 'websocket';\nconst ws = new Client(«{ host: 'hub.maker.com', path: '/feed' }»);",
    },
    {
      ts: "const SERVER = 'ws://cloud.example.com:8080';\nconst socket = new WebSocket(«`${SERVER}/events`»);",
    },
    {
      ts: 'export const watch = (unit: string, token: string) => new WebSocket(«`ws://${unit}.maker.com/feed?token=${token}`»);',
      becomes:
        'export const watch = (unit: string, token: string) => new WebSocket(`wss://${unit}.maker.com/feed?token=${token}`);',
    },
    {
      c: 'void f(void) { esp_websocket_client_config_t cfg = { .uri = «"ws://cloud.example.com"» }; esp_websocket_client_init(&cfg); }',
    },
  ],
  good: [
    { ts: "import { WebSocket } from 'ws'; new WebSocket('wss://hub.example.com/api');" },
    {
      ts: "import { Client } from 'websocket';\nimport SecureSocket from 'securesocket';\nnew Client({ host: 'hub.maker.com', port: 443, Socket: SecureSocket });\nnew Client({ host: 'localhost' });",
    },
    {
      ts: "new WebSocket('ws://localhost:8080'); new WebSocket(`ws://${location.host}/api`); new WebSocket('ws://' + name + '.local');",
    },
    { ts: "import { WebSocket } from './replay'; new WebSocket('ws://hub.example.com/api');" },
  ],
});
