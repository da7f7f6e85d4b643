import { rule } from '../kit/index.js';

/** The network key that a well-known gateway shipped with for years; in every list of keys to try. */
const KNOWN = [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13].join();

export default rule({
  id: 'zigbee-default-network-key',
  title: 'Published Zigbee network key',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.4-3', '5.4-4'],
  cwe: [1394],
  why: 'The network key encrypts every frame of a Zigbee network; this one is printed in public examples.',
  attack:
    'Someone parks in the street with a twenty-euro Zigbee stick and tries the published keys. With this one they read every sensor and switch every lamp, plug and lock of the house.',
  instead:
    'Make sixteen random bytes on first start (crypto.randomBytes(16)) and keep them in storage of that unit.',

  ts: {
    shape: [
      {
        pattern: `(pair key: (_) @name value: (array) @key (#match? @name "^['\\"]?(networkKey|network_key)['\\"]?$"))`,
        needs: ['networkKey', 'network_key'],
        judge: ({ key }) =>
          key?.parts.map((part) => part.value ?? '').join() === KNOWN && {
            at: key,
            says: 'this network key is public: anyone near the house reads and commands its Zigbee devices',
          },
      },
    ],
  },

  bad: [
    {
      ts: 'export const defaults = { panID: 0x1a62, networkKey: «[1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13]» };',
    },
    {
      ts: "const settings = { advanced: { 'network_key': «[0x01, 0x03, 0x05, 0x07, 0x09, 0x0b, 0x0d, 0x0f, 0x00, 0x02, 0x04, 0x06, 0x08, 0x0a, 0x0c, 0x0d]» } };",
    },
  ],
  good: [
    { ts: 'const config = { networkKey: [...crypto.randomBytes(16)] };' },
    {
      ts: 'const config = { networkKey: stored ?? undefined, order: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13] };',
    },
    { ts: "const schema = { network_key: ['array', 'null'] };" },
  ],
});
