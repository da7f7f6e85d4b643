import {
  isLocalHost,
  knownText,
  namesNoTrust,
  plainClient,
  remoteHost,
  rule,
  suggest,
  type Answer,
  type Call,
  type Expr,
  type ProductView,
  type Thing,
} from '../kit/index.js';

/** A plain broker URL that leaves the device, as far as it is known. */
function cleartext(url: Expr): string | undefined {
  const text = knownText(url);
  if (text === undefined || !/^(mqtt|tcp|ws):\/\//i.test(text)) return undefined;
  return remoteHost(text) === undefined ? undefined : text;
}

function encrypted(url: string): string {
  return url
    .replace(/^(["'`])(mqtt|tcp):/i, '$1mqtts:')
    .replace(/^(["'`])ws:/i, '$1wss:')
    .replace(/:1883\b/, ':8883');
}

/** Reported at the use; the literal itself is only rewritten where it stands. */
function report(
  url: Expr,
  client: Thing | undefined,
): { at: Expr; says: string; fixes?: ReturnType<typeof suggest>[] } | undefined {
  const plain = cleartext(url);
  if (plain === undefined) return undefined;
  const here = /^(string|template)$/.test(url.kind) && /^["'`](mqtt|tcp|ws):/i.test(url.text);
  return {
    at: url,
    says: `the connection to ${plain.replace(/\/\/[^@/]*@/, '//').replaceAll('${}', '…')} is not encrypted: telemetry, commands and the broker password cross the network in the clear`,
    ...(here && !namesNoTrust(client) && { fixes: [suggest(url, encrypted(url.text), 'Connect with TLS')] }),
  };
}

/** A host in the text that is the device itself or its own network. */
const isLocal = (host: Expr | undefined): boolean => isLocalHost(host?.value ?? '');

/** lwIP: TLS is a field of what the client says of itself. */
function lwipClient(call: Call): Answer {
  const info = call.args[5]?.thing;
  const tls = info?.fields.get('tls_config');
  return (
    info?.closed === true &&
    (tls === undefined || tls.literal === 'null') && {
      at: call.calleeAt,
      says: 'tls_config is not set: telemetry, commands and the broker password cross the network in the clear',
    }
  );
}

/** Contiki-NG: its client has no TLS; Zephyr has a call of the same name with one argument. */
function contikiClient(call: Call): Answer {
  return (
    call.args.length >= 5 &&
    !isLocal(call.args[1]) && {
      at: call.calleeAt,
      says: 'the MQTT client of Contiki-NG has no TLS: commands and the broker password cross the network in the clear',
    }
  );
}

/** Moddable. In MQTT.js nobody calls the module with new. */
function moddableClient(call: Call): Answer {
  const options = plainClient(call);
  return (
    options && {
      at: options,
      says: 'without Socket: SecureSocket this client sends telemetry, commands and the broker password in the clear',
    }
  );
}

const CONNECTS = ['mosquitto_connect', 'mosquitto_connect_bind', 'mosquitto_connect_async'];
const SECURES = ['mosquitto_tls_set', 'mosquitto_tls_psk_set', 'mosquitto_void_option'];

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
  instead:
    'Use mqtts:// (port 8883) with a verified broker certificate. Zephyr: MQTT_TRANSPORT_SECURE and CONFIG_MQTT_LIB_TLS=y. FreeRTOS: TLS_FreeRTOS_Connect. lwIP: tls_config from altcp_tls_create_config_client. wolfMQTT: use_tls 1 and a callback that loads the CA. libmosquitto: mosquitto_tls_set. Moddable: Socket: SecureSocket. Contiki-NG: a border router that carries the connection through TLS.',

  any: {
    setting: {
      'mqtt.broker-url': ({ value, thing }) => report(value, thing),
      'mqtt.transport': ({ value, means, thing, call }) =>
        means === 'plain' &&
        !isLocal(thing?.fields.get('host') ?? thing?.fields.get('hostname') ?? call?.args[1]) && {
          at: value,
          says: call
            ? `${call.callee} connects without TLS: telemetry, commands and the broker password cross the network in the clear`
            : `${value.text} sends MQTT without TLS`,
        },
    },
    product: {
      needs: [],
      *judge(product: ProductView) {
        const mqtt = product.option('CONFIG_MQTT_LIB');
        const secured = ['CONFIG_MQTT_LIB_TLS', 'CONFIG_MQTT_LIB_CUSTOM_TRANSPORT'].some(
          (name) => product.option(name)?.value === 'y',
        );
        if (mqtt?.value === 'y' && !secured)
          yield {
            at: mqtt,
            says: 'MQTT is built without CONFIG_MQTT_LIB_TLS: every connection of this device crosses the network in the clear',
            fixes: [
              {
                title: 'Build MQTT with TLS',
                edits: [{ at: mqtt.at, text: 'CONFIG_MQTT_LIB=y\nCONFIG_MQTT_LIB_TLS=y' }],
                safe: false,
              },
            ],
          };
      },
    },
  },
  c: {
    setting: {
      'net.transport': ({ value, means, call }) =>
        means === 'plain' &&
        call !== undefined && {
          at: value,
          says: `${call.callee} connects coreMQTT or coreHTTP without TLS: commands and log-ins cross the network in the clear`,
        },
    },
    call: { mqtt_client_connect: lwipClient, mqtt_connect: contikiClient },
    product: {
      needs: [...CONNECTS, ...SECURES],
      *judge(product: ProductView) {
        if (SECURES.some((name) => product.calls(name).length > 0)) return;
        for (const call of CONNECTS.flatMap(product.calls))
          if (!isLocal(call.args[1]))
            yield {
              at: call.calleeAt,
              says: `${call.callee} without mosquitto_tls_set: telemetry, commands and the broker password cross the network in the clear`,
            };
      },
    },
  },
  ts: { call: { mqtt: moddableClient } },

  bad: [
    {
      ts: "import mqtt from 'mqtt';\nexport const join = (site: string) => mqtt.connect(«`mqtt://${site}.brokers.maker.com`», { reconnectPeriod: 5000 });",
      becomes:
        "import mqtt from 'mqtt';\nexport const join = (site: string) => mqtt.connect(`mqtts://${site}.brokers.maker.com`, { reconnectPeriod: 5000 });",
    },
    {
      ts: "import mqtt from 'mqtt'; const c = mqtt.connect(«'mqtt://broker.example:1883'»);",
      becomes: "import mqtt from 'mqtt'; const c = mqtt.connect('mqtts://broker.example:8883');",
    },
    {
      c: 'void f(void) { struct mqtt_client client; client.transport.type = «MQTT_TRANSPORT_NON_SECURE»; mqtt_connect(&client); }',
    },
    {
      c: 'void f(NetworkContext_t *net, const ServerInfo_t *server) { if («Plaintext_Connect»(net, server, 500, 500) != SOCKETS_SUCCESS) restart(); }',
    },
    {
      c: 'void f(MqttClient *client) { MqttClient_NetConnect(client, "broker.maker.com", 1883, 5000, «0», NULL); }',
    },
    {
      c: 'void f(void) { static struct mqtt_connect_client_info_t info = { .client_id = "a", .client_pass = pass }; «mqtt_client_connect»(client, &ip, 1883, on, NULL, &info); }',
    },
    {
      c: 'void f(void) { «mqtt_connect»(&conn, broker, 1883, 60, MQTT_CLEAN_SESSION_ON); }',
    },
    { c: 'void f(struct mosquitto *m, const char *host) { «mosquitto_connect»(m, host, 1883, 60); }' },
    {
      files: { 'prj.conf': 'CONFIG_NETWORKING=y\n«CONFIG_MQTT_LIB=y»\n' },
      becomes: 'CONFIG_NETWORKING=y\nCONFIG_MQTT_LIB=y\nCONFIG_MQTT_LIB_TLS=y\n',
    },
    {
      ts: "import Client from 'mqtt';\nconst client = new Client(«{ host: 'broker.maker.com', port: 1883, id: 'a' }»);",
    },
    {
      ts: "import { startMQTTClient } from '@devicescript/net';\nawait startMQTTClient({ host: 'broker.maker.com', proto: «'tcp'», port: 1883 });",
    },
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect({ host: 'broker.example', port: 1883, protocol: «'mqtt'» });",
    },
    { ts: "import { connect } from 'mqtt'; connect(«`mqtt://broker.example`», { username });" },
    {
      c: 'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = «"mqtt://broker.example"», .broker.verification.crt_bundle_attach = esp_crt_bundle_attach }; esp_mqtt_client_init(&cfg); }',
      becomes:
        'void f(void) { esp_mqtt_client_config_t cfg = { .broker.address.uri = "mqtts://broker.example", .broker.verification.crt_bundle_attach = esp_crt_bundle_attach }; esp_mqtt_client_init(&cfg); }',
    },
  ],
  good: [
    {
      ts: "import mqtt from 'mqtt';\nmqtt.connect(`mqtt://${host}:1883`); mqtt.connect(`mqtt://${site}.local`); mqtt.connect('mqtt://' + host);",
    },
    { ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example:8883', { ca });" },
    { c: 'void f(struct mqtt_client *client) { mqtt_connect(client); }' },
    {
      c: 'void f(MqttClient *client) { MqttClient_NetConnect(client, "broker.maker.com", 8883, 5000, «guard: 1 +» 0, on_tls); }',
    },
    {
      c: 'void f(void) { static struct mqtt_connect_client_info_t info = { .client_id = "a" }; «guard: info.tls_config = altcp_tls_create_config_client(ca, sizeof ca);» mqtt_client_connect(client, &ip, 8883, on, NULL, &info); }',
    },
    {
      files: {
        'net.c':
          'void dial(struct mosquitto *m, const char *host) { mosquitto_connect(m, host, 8883, 60); }\n',
        'tls.c':
          'int secure(struct mosquitto *m) { return «guard: mosquitto_tls_set(m, CA, NULL, NULL, NULL, NULL) +» 0; }\n',
      },
    },
    { c: 'void f(struct mosquitto *m) { mosquitto_connect(m, "localhost", 1883, 60); }' },
    { files: { 'prj.conf': 'CONFIG_MQTT_LIB=y\n«guard: CONFIG_MQTT_LIB_TLS=y»\n' } },
    {
      ts: "import Client from 'mqtt';\nimport SecureSocket from 'securesocket';\nconst client = new Client({ host: 'broker.maker.com', port: 8883, Socket: SecureSocket });",
    },
    {
      ts: "import { startMQTTClient } from '@devicescript/net';\nawait startMQTTClient({ host: 'broker.maker.com', proto: 'tls', port: 8883 });",
    },
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect({ hostname: 'localhost', protocol: 'mqtt' }); mqtt.connect({ host, protocol: 'mqtts' });",
    },
    { ts: "import mqtt from 'mqtt'; mqtt.connect('mqtt://127.0.0.1:1883');" },
    { ts: "import { connect } from './database'; connect('mqtt://not-the-library');" },
  ],
});
