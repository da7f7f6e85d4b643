import { rule, type Option, type ProductView } from '../kit/index.js';

/** `listener port [address]`: none, a loopback address or a socket path is local. */
function isPublic({ value }: Option): boolean {
  const [, address] = value.split(/\s+/);
  return address === undefined || !/^(localhost|127\.|::1|\/|@)/.test(address);
}

export default rule({
  id: 'mosquitto-without-tls',
  title: 'Broker listens without TLS',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7', '5.8-1'],
  cwe: [319],
  why: 'Passwords, commands and telemetry of all clients of this broker cross the network in the clear.',
  attack:
    'A guest on the Wi-Fi starts a packet capture and waits until any device reconnects. The MQTT CONNECT packet holds the user name and the password as text, and with them the guest switches every device of the house.',
  instead:
    'Give the listener certfile and keyfile (port 8883), or bind it to localhost if only programs on the same machine use it.',

  any: {
    product: {
      needs: [],
      *judge(product: ProductView) {
        const listener = product.option('mosquitto:listener');
        const secured = ['certfile', 'psk_hint', 'psk_file'].some((key) =>
          product.option(`mosquitto:${key}`),
        );
        if (listener && isPublic(listener) && !secured)
          yield {
            at: listener,
            says: 'this broker takes connections from the network, but none of its listeners has a certificate',
          };
      },
    },
  },

  bad: [
    { files: { 'mosquitto.conf': '«listener 1883»\npassword_file /etc/mosquitto/passwd\n' } },
    { files: { 'mosquitto.conf': 'persistence true\n«listener 1883 0.0.0.0»\nallow_anonymous false\n' } },
  ],
  good: [
    {
      files: {
        'mosquitto.conf':
          'listener 8883\n«guard: certfile /etc/mosquitto/server.crt»\nkeyfile /etc/mosquitto/server.key\n',
      },
    },
    { files: { 'mosquitto.conf': 'listener 1883 127.0.0.1\n' } },
    { files: { 'mosquitto.conf': 'listener 0 /run/mosquitto.sock\n# listener 1883\n' } },
  ],
});
