import { rule, type Call } from '../kit/index.js';

/** Events that bring in what a peer sent. */
const RECEIVES =
  /^(mqtt\.MqttClient|ws\.WebSocket|ws|dgram\.Socket|net\.Socket|tls\.TLSSocket|serialport\.SerialPort|@serialport\/parser-readline\.ReadlineParser|noble\.Characteristic)#(on|once|addListener)$/;

/** The handler of a message that holds the call, if one does. */
function receiver(call: Call): Call | undefined {
  const handed = call.inside?.argumentOf;
  if (!handed || !RECEIVES.test(handed.call.callee)) return undefined;
  const event = handed.call.args[0]?.value;
  return event === 'message' || event === 'data' ? handed.call : undefined;
}

export default rule({
  id: 'json-parse-unguarded',
  title: 'A message that is not JSON ends the process',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [248, 20],
  why: 'JSON.parse throws on anything that is not JSON; in an event handler nobody catches it and the whole gateway stops.',
  attack:
    'Someone on the network sends one message that reads "x" to the topic or socket that the gateway listens to. The process ends, and with it the heating, the alarm and the log of who did it. They send it again after each restart.',
  instead:
    'Parse inside try and drop what does not parse; then check the shape of what came out before using it.',

  ts: {
    call: {
      'JSON.parse': (call) => {
        const from = !call.guarded && receiver(call);
        return (
          from && {
            at: call.calleeAt,
            says: 'a message that is not JSON throws here, and nothing in this handler catches it: the process ends',
            path: [{ at: from.calleeAt, says: 'whoever can send to this handler chooses the text' }],
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import mqtt from 'mqtt';\nconst client = mqtt.connect('mqtts://broker.example');\nclient.on('message', (topic, payload) => { const order = JSON.«parse»(payload.toString()); run(order); });",
    },
    {
      ts: "import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port }).on('connection', (ws) => { ws.on('message', (data) => apply(JSON.«parse»(String(data)))); });",
    },
  ],
  good: [
    {
      ts: "import mqtt from 'mqtt';\nconst client = mqtt.connect('mqtts://broker.example');\nclient.on('message', (topic, payload) => { try { run(JSON.parse(payload.toString())); } catch { drop(topic); } });",
    },
    {
      ts: "import mqtt from 'mqtt';\nimport { readFileSync } from 'node:fs';\nconst client = mqtt.connect('mqtts://broker.example');\nclient.on('connect', () => { const settings = JSON.parse(readFileSync('settings.json', 'utf8')); use(settings); });",
    },
    {
      ts: "import { EventEmitter } from 'node:events';\nnew EventEmitter().on('message', (text) => JSON.parse(text));",
    },
  ],
});
