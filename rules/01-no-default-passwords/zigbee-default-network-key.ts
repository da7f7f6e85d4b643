import { rule, type Expr } from '../kit/index.js';

/** The network key that a well-known gateway shipped with for years; in every list of keys to try. */
const KNOWN = [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13].join();

/** The key that every Zigbee device knows for joining: it wraps the network key in clear for all who listen. */
const FOR_JOINING = new TextEncoder().encode('ZigBeeAlliance09').join();
const keyOf = (array: Expr | undefined): string => array?.parts.map((part) => part.value ?? '').join() ?? '';
const SAYS_JOINING =
  'every Zigbee radio knows this key: whoever listens while a device joins has the network key';

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
    'Make sixteen random bytes on first start (crypto.randomBytes(16), esp_fill_random) and keep them in storage of that unit. Let devices join by install code (esp_zb_secur_ic_only_enable), each with a key of its own.',

  c: {
    shape: [
      {
        pattern: '(init_declarator value: (initializer_list) @key)',
        needs: ['0x5a, 0x69', '0x5A, 0x69', '0x5A,0x69', '0x5a,0x69', '0x01, 0x03, 0x05, 0x07'],
        judge: ({ key }) =>
          key !== undefined &&
          ((keyOf(key) === FOR_JOINING && { at: key, says: SAYS_JOINING }) ||
            (keyOf(key) === KNOWN && {
              at: key,
              says: 'this network key is public: anyone near the house reads and commands its Zigbee devices',
            })),
      },
    ],
    literal: [
      {
        needs: ['ZigBeeAlliance09'],
        judge: (literal) => literal.value === 'ZigBeeAlliance09' && { at: literal, says: SAYS_JOINING },
      },
    ],
  },
  ts: {
    shape: [
      {
        pattern: `(pair key: (_) @name value: (array) @key (#match? @name "^['\\"]?(networkKey|network_key)['\\"]?$"))`,
        needs: ['networkKey', 'network_key'],
        judge: ({ key }) =>
          keyOf(key) === KNOWN &&
          key && {
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
    {
      c: 'static uint8_t tc_link_key[16] = «{ 0x5A, 0x69, 0x67, 0x42, 0x65, 0x65, 0x41, 0x6C, 0x6C, 0x69, 0x61, 0x6E, 0x63, 0x65, 0x30, 0x39 }»;',
    },
    { c: 'void f(void) { esp_zb_secur_TC_standard_distribute_key_set(«"ZigBeeAlliance09"»); }' },
    {
      ts: "import { Controller } from 'zigbee-herdsman';\nconst controller = new Controller({ network: { panID: 0x1a62, channelList: [15], networkKey: «[1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13]» }, databasePath });",
    },
  ],
  good: [
    {
      ts: "import { Controller } from 'zigbee-herdsman';\nconst controller = new Controller({ network: { panID, channelList: [15], networkKey: keyOfThisUnit }, databasePath });",
    },
    {
      c: 'static const uint8_t order[] = { 0x01, 0x03, 0x05, 0x07, 0x09 };\nconst char *note = "not ZigBeeAlliance09";',
    },
    { ts: 'const config = { networkKey: [...crypto.randomBytes(16)] };' },
    {
      ts: 'const config = { networkKey: stored ?? undefined, order: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13] };',
    },
    { ts: "const schema = { network_key: ['array', 'null'] };" },
  ],
});
