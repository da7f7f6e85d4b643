import { hostOf, isLocalHost, rule, suggest, type Expr } from '../kit/index.js';

/** A plain broker URL that leaves the device. */
function cleartext(url: Expr | undefined): string | undefined {
  const value = url?.value;
  if (value === undefined || !/^(mqtt|tcp|ws):\/\//i.test(value)) return undefined;
  const host = hostOf(value);
  return host !== undefined && !isLocalHost(host) ? value : undefined;
}

function encrypted(url: string): string {
  return url
    .replace(/^(mqtt|tcp):/i, 'mqtts:')
    .replace(/^ws:/i, 'wss:')
    .replace(/:1883\b/, ':8883');
}

/** Reported at the use; the literal itself is only rewritten where it stands. */
function report(url: Expr): { at: Expr; says: string; fixes?: ReturnType<typeof suggest>[] } | undefined {
  const plain = cleartext(url);
  if (plain === undefined) return undefined;
  const quote = url.text.charAt(0);
  const here = url.kind === 'string' && /["'`]/.test(quote);
  return {
    at: url,
    says: `the connection to ${plain.replace(/\/\/[^@/]*@/, '//')} is not encrypted: telemetry, commands and the broker password cross the network in the clear`,
    ...(here && { fixes: [suggest(url, quote + encrypted(plain) + quote, 'Connect with TLS')] }),
  };
}

export default rule({
  id: 'mqtt-cleartext',
  title: 'MQTT without TLS',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [319],
  why: 'Telemetry, commands and the broker password cross the network in the clear.',
  attack:
    'A neighbour on the same network records one connection and has the broker password. From then on they read every message of the device and send it commands of their own.',
  instead: 'Use mqtts:// (port 8883) with a verified broker certificate.',

  any: {
    setting: {
      'mqtt.broker-url': ({ value }) => report(value),
      'mqtt.transport': ({ value, means, thing }) =>
        means === 'plain' &&
        !isLocalHost(thing?.fields.get('host')?.value ?? thing?.fields.get('hostname')?.value ?? '') && {
          at: value,
          says: `${value.text} sends MQTT without TLS`,
        },
    },
  },

  bad: [
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect({ host: 'broker.example', port: 1883, protocol: «'mqtt'» });",
    },
    {
      ts: "import mqtt from 'mqtt'; const c = mqtt.connect(«'mqtt://broker.example:1883'»);",
      becomes: "import mqtt from 'mqtt'; const c = mqtt.connect('mqtts://broker.example:8883');",
    },
    { ts: "import { connect } from 'mqtt'; connect(«`mqtt://broker.example`», { username });" },
    {
      c: 'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = «"mqtt://broker.example"» }; esp_mqtt_client_init(&cfg); }',
      becomes:
        'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = "mqtts://broker.example" }; esp_mqtt_client_init(&cfg); }',
    },
  ],
  good: [
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect({ hostname: 'localhost', protocol: 'mqtt' }); mqtt.connect({ host, protocol: 'mqtts' });",
    },
    { ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example:8883', { ca });" },
    { ts: "import mqtt from 'mqtt'; mqtt.connect('mqtt://127.0.0.1:1883');" },
    { ts: "import { connect } from './database'; connect('mqtt://not-the-library');" },
  ],
});
