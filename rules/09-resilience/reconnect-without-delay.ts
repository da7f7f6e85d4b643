import { rule, type Expr } from '../kit/index.js';

const CONNECT = new Set([
  'connect',
  'lwip_connect',
  'zsock_connect',
  'esp_wifi_connect',
  'esp_http_client_perform',
  'esp_http_client_open',
  'esp_tls_conn_http_new_sync',
  'esp_mqtt_client_reconnect',
  'mqtt_connect',
  'mosquitto_connect',
  'mosquitto_reconnect',
  'MQTTClient_connect',
  'MQTT_Connect',
  'coap_connect',
]);

/** The call that a loop waits for, and a body without a statement. */
function endless(call: Expr | undefined, body: Expr | undefined): { callee: string; at: Expr } | undefined {
  const callee = call?.call?.callee;
  const empty = /^(;|\{\s*;?\s*\})$/.test(body?.text ?? '');
  return call && callee !== undefined && empty && CONNECT.has(callee) ? { callee, at: call } : undefined;
}

const CONDITION =
  '[(binary_expression left: (call_expression) @call) (binary_expression right: (call_expression) @call) (unary_expression argument: (call_expression) @call) (call_expression) @call]';

export default rule({
  id: 'reconnect-without-delay',
  title: 'Connects again without a pause',
  severity: 'warning',
  heading: 9,
  provisions: ['5.9-3', '5.9-1'],
  cwe: [799, 835],
  why: 'After an outage every unit in the field knocks at the same moment and without a stop; the service cannot come back under that load.',
  attack:
    'Someone interrupts the cloud service for a minute. A hundred thousand devices then ask for a connection as fast as their processors allow: they finish what the attacker began, and their own batteries and other tasks starve.',
  instead:
    'Wait between attempts, twice as long after each failure up to a limit, with a random part so that units do not march in step.',

  c: {
    shape: [
      {
        pattern: `(while_statement condition: (parenthesized_expression ${CONDITION}) body: [(expression_statement) (compound_statement)] @body)`,
        needs: [...CONNECT].map((name) => `${name}(`),
        judge: ({ call, body }) => {
          const found = endless(call, body);
          return found && { at: found.at, says: `${found.callee} is called again and again without a pause` };
        },
      },
    ],
  },

  bad: [
    { c: 'void f(void) { while («esp_wifi_connect()» != ESP_OK) { } }' },
    { c: 'void f(int s) { while («connect(s, (struct sockaddr *)&a, sizeof a)» < 0); }' },
    { c: 'void f(struct mosquitto *m) { while (0 != «mosquitto_reconnect(m)») { ; } }' },
  ],
  good: [
    { c: 'void f(void) { while (esp_wifi_connect() != ESP_OK) { vTaskDelay(backoff()); } }' },
    { c: 'void f(int s) { while (recv(s, buf, sizeof buf, 0) > 0) { } while (*p++ != 0); }' },
    { c: 'void f(void) { for (int i = 0; i < 3 && connect(s, a, n) != 0; i++) k_sleep(K_SECONDS(5)); }' },
  ],
});
