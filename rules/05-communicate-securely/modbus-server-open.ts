import { rule, type Answer, type Call, type Expr, type ProductView } from '../kit/index.js';

const ANY = /^(0\.0\.0\.0|::|)$/;
const SAYS =
  'this Modbus server listens on every network the device is in, and Modbus knows no log-in: anyone who reaches it writes registers';

const open = (host: Expr | undefined): boolean =>
  host?.literal === 'null' || (host?.literal === 'string' && ANY.test(host.value ?? '?'));

function judge(call: Call): Answer {
  const host = call.args[0];
  return host !== undefined && open(host) && { at: host, says: SAYS };
}

export default rule({
  id: 'modbus-server-open',
  title: 'Modbus server open to the network',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-4', '5.5-5', '5.6-1'],
  cwe: [306],
  why: 'Modbus TCP has neither log-in nor encryption: whoever reaches the port is the operator.',
  attack:
    'Someone on the guest Wi-Fi scans for port 502 and finds the device. A free tool of a few lines writes a coil, and the pump that it drives stands still.',
  instead:
    'Bind the server to the address of the field network or to 127.0.0.1, behind a gateway that asks for a log-in (Modbus/TCP Security, VPN), and admit only the registers that must be written.',

  ts: {
    setting: {
      'modbus.listen': ({ value }) => open(value) && { at: value, says: SAYS },
    },
  },
  c: {
    product: {
      needs: ['modbus_new_tcp', 'modbus_new_tcp_pi', 'modbus_tcp_listen', 'modbus_tcp_pi_listen'],
      *judge(product: ProductView) {
        const listens = ['modbus_tcp_listen', 'modbus_tcp_pi_listen'].some(
          (name) => product.calls(name).length > 0,
        );
        if (listens)
          yield* ['modbus_new_tcp', 'modbus_new_tcp_pi'].flatMap(product.calls).map((call) => judge(call));
      },
    },
  },

  bad: [
    {
      ts: "import ModbusRTU from 'modbus-serial';\nconst server = new ModbusRTU.ServerTCP(vector, { host: «'0.0.0.0'», port: 502 });",
    },
    {
      ts: "import { ServerTCP } from 'modbus-serial';\nconst HOST = '::';\nnew ServerTCP(vector, { host: «HOST», port: 502, unitID: 1 });",
    },
    {
      c: 'void f(void) { modbus_t *bus = modbus_new_tcp(«NULL», 502); int s = modbus_tcp_listen(bus, 1); modbus_tcp_accept(bus, &s); }',
    },
    {
      c: '#define BIND "0.0.0.0"\nvoid f(void) { modbus_t *bus = modbus_new_tcp_pi(«BIND», "502"); modbus_tcp_pi_listen(bus, 4); }',
    },
  ],
  good: [
    {
      ts: "import { ServerTCP } from 'modbus-serial';\nnew ServerTCP(vector, { host: '127.0.0.1', port: 502 });",
    },
    { ts: "import { ServerTCP } from 'modbus-serial';\nnew ServerTCP(vector, { port: 502 });" },
    { c: 'void f(void) { modbus_t *bus = modbus_new_tcp("192.168.7.1", 502); modbus_tcp_listen(bus, 1); }' },
    { c: 'void f(void) { modbus_t *bus = modbus_new_tcp("10.0.0.9", 502); modbus_connect(bus); }' },
  ],
});
