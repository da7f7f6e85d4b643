import { rule, type Answer, type Thing } from '../kit/index.js';

const words = (thing: Thing, field: string): readonly (string | undefined)[] | undefined => {
  const list = thing.fields.get(field);
  if (!list) return [];
  return list.parts.length > 0
    ? list.parts.map((part) => part.value)
    : list.kind === 'array'
      ? []
      : undefined;
};

function open(thing: Thing | undefined): Answer {
  const properties = thing?.fields.get('properties');
  if (!thing?.closed || !properties) return false;
  const secure = words(thing, 'secure');
  const written = words(thing, 'properties')?.some(
    (word) => word === 'write' || word === 'writeWithoutResponse',
  );
  if (written !== true || !secure || secure.includes(undefined)) return false;
  return secure.some((word) => word === 'write' || word === 'writeWithoutResponse')
    ? { at: properties, shows: 'Writing this characteristic needs an encrypted link', provision: '5.5-4' }
    : { at: properties, says: 'anyone in radio range writes this characteristic: no pairing is asked for' };
}

export default rule({
  id: 'bleno-open-write',
  title: 'Bluetooth value that anyone may write',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-4', '5.5-5'],
  cwe: [306],
  why: 'Without `secure`, a characteristic takes writes over an unencrypted link from any phone nearby.',
  attack:
    'Someone on the street opens a free Bluetooth explorer on their phone, connects to the gateway without pairing and writes the value that sets the Wi-Fi or opens the lock.',
  instead:
    "Add `secure: ['write']` (and 'read' where the value is private) so that the link must be paired and encrypted.",

  ts: {
    thing: { 'ble-characteristic': open },
    shape: [
      {
        pattern: `(class_declaration
          (class_heritage (extends_clause value: (_) @base))
          body: (class_body (method_definition
            body: (statement_block (expression_statement
              (call_expression function: (super) arguments: (arguments . (object) @options)))))))`,
        needs: ['bleno'],
        judge: ({ base, options }) =>
          /^(@\w+\/)?bleno\.Characteristic$/.test(base?.names[0] ?? '') && open(options?.thing),
      },
    ],
  },

  bad: [
    {
      ts: "import bleno from '@abandonware/bleno'; const c = new bleno.Characteristic({ uuid, properties: «['read', 'write']», onWriteRequest });",
    },
    {
      ts: "const { Characteristic } = require('bleno');\nclass Wifi extends Characteristic {\n  constructor() {\n    super({ uuid: 'fff1', properties: «['writeWithoutResponse']», descriptors: [] });\n  }\n}",
    },
  ],
  good: [
    {
      ts: "import bleno from 'bleno'; new bleno.Characteristic({ uuid, properties: ['read', 'write'], secure: ['read', 'write'] });",
      shows: '5.5-4',
    },
    { ts: "import bleno from 'bleno'; new bleno.Characteristic({ uuid, properties: ['read', 'notify'] });" },
    { ts: "import bleno from 'bleno'; new bleno.Characteristic({ ...shared, properties: ['write'] });" },
    { ts: "import { Characteristic } from 'hap-nodejs'; new Characteristic({ properties: ['write'] });" },
  ],
});
