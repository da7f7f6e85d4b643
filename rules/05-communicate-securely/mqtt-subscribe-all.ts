import { rule, type Expr, type Placed } from '../kit/index.js';

/** Every topic of the broker, or every topic below any first level. */
const ALL = /^(#|\+\/#|\/#|\+(\/\+)+(\/#)?)$/;

function broad(topic: Expr): Placed | undefined {
  const items = topic.kind === 'array' ? topic.parts : [topic];
  return items.find(({ value }) => value !== undefined && ALL.test(value));
}

export default rule({
  id: 'mqtt-subscribe-all',
  title: 'Client subscribes to everything on the broker',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-5', '5.8-1'],
  cwe: [668],
  why: 'A device that asks for every topic shows that the broker gives it all: messages of other devices reach code that was never meant to see them, and memory that others may fill.',
  attack:
    'Someone buys one device and takes its log-in out of the flash. The broker must let this log-in read everything, because the firmware asks for everything, so they now read the messages of all other customers.',
  instead:
    'Subscribe to the topics of this device only (devices/ID/cmd/#), and let the access list of the broker allow each client no more than that.',

  any: {
    setting: {
      'mqtt.topic': ({ value }) => {
        const at = broad(value);
        return (
          at !== undefined && {
            at,
            says: 'this takes the messages of all clients of the broker, not only those meant for this device',
          }
        );
      },
    },
  },

  bad: [
    { c: 'void f(void) { esp_mqtt_client_subscribe(client, «"#"», 0); }' },
    {
      c: '#define TOPIC_ALL "#"\nvoid f(struct mosquitto *m) { mosquitto_subscribe(m, NULL, «TOPIC_ALL», 1); }',
    },
    { c: 'void f(MQTTClient client) { MQTTClient_subscribe(client, «"+/+"», 1); }' },
    { c: 'void f(void) { MqttTopic topic = { .topic_filter = «"#"», .qos = 0 }; use(&topic); }' },
    {
      ts: "import mqtt from 'mqtt';\nconst client = mqtt.connect(url);\nclient.on('connect', () => client.subscribe(«'#'»));",
    },
    {
      ts: "import { connect } from 'mqtt';\nconst client = connect(url);\nawait client.subscribeAsync(['hub/state', «'+/#'»]);",
    },
  ],
  good: [
    {
      c: 'void f(const char *id) { esp_mqtt_client_subscribe(client, "devices/17/cmd/#", 1); esp_mqtt_client_publish(client, "#", "", 0, 0, 0); }',
    },
    { c: 'void f(struct mosquitto *m, const char *topic) { mosquitto_subscribe(m, NULL, topic, 1); }' },
    {
      ts: "import mqtt from 'mqtt';\nconst client = mqtt.connect(url);\nclient.subscribe(['zigbee2mqtt/#', `devices/${id}/+/set`]);\nclient.unsubscribe('#');",
    },
    { ts: "import { bus } from './bus';\nbus.subscribe('#');" },
  ],
});
