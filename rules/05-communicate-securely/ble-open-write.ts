import { rule, type Answer, type Expr, type Thing } from '../kit/index.js';

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
  if (!thing?.closed || !properties || secureAbove(thing)) return false;
  const secure = words(thing, 'secure');
  const written = words(thing, 'properties')?.some(
    (word) => word === 'write' || word === 'writeWithoutResponse',
  );
  if (written !== true || !secure || secure.includes(undefined)) return false;
  return secure.some((word) => word === 'write' || word === 'writeWithoutResponse')
    ? { at: properties, shows: 'Writing this characteristic needs an encrypted link', provision: '5.5-4' }
    : { at: properties, says: 'anyone in radio range writes this characteristic: no pairing is asked for' };
}

/** All names in `A | B | C`. */
function flags(value: Expr | undefined): readonly string[] {
  if (!value) return [];
  return value.kind === 'binary' ? value.parts.flatMap(flags) : value.names;
}

/** Mesh, Matter, HomeKit and provisioning protocols bring their own keys and need the characteristic open. */
function secureAbove(thing: Thing): boolean {
  return /mesh|matter|chip|prov|blufi|homekit|hap_/i.test(thing.fields.get('uuid')?.text ?? '');
}

/** NimBLE: a characteristic whose flags allow writing over a link that was never paired. */
function openToAll(thing: Thing): Answer {
  const value = thing.fields.get('flags');
  const names = flags(value);
  // What a variable adds to them may be the demand.
  if (names.some((name) => !name.startsWith('BLE_GATT_CHR_F_'))) return false;
  if (!value || secureAbove(thing) || !names.some((name) => /^BLE_GATT_CHR_F_WRITE(_NO_RSP)?$/.test(name)))
    return false;
  return names.some((name) => /^BLE_GATT_CHR_F_WRITE_(ENC|AUTHEN|AUTHOR)$/.test(name))
    ? { at: value, shows: 'Writing this characteristic needs an encrypted link', provision: '5.5-4' }
    : { at: value, says: 'anyone in radio range writes this characteristic: no pairing is asked for' };
}

export default rule({
  id: 'ble-open-write',
  title: 'Bluetooth value that anyone may write',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-4', '5.5-5'],
  cwe: [306],
  why: 'Without a demand for encryption, a characteristic takes writes over an unencrypted link from any phone nearby.',
  attack:
    'Someone on the street opens a free Bluetooth explorer on their phone, connects to the gateway without pairing and writes the value that sets the Wi-Fi or opens the lock.',
  instead:
    "NimBLE: add BLE_GATT_CHR_F_WRITE_ENC, or _AUTHEN where pairing is authenticated. bleno: add `secure: ['write']` (and 'read' where the value is private). If the characteristic exists for set-up only, close it when set-up is done and say so in a suppression.",

  c: { thing: { 'struct ble_gatt_chr_def': openToAll } },

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
      c: 'static const struct ble_gatt_svc_def services[] = {\n  { .type = BLE_GATT_SVC_TYPE_PRIMARY,\n    .characteristics = (struct ble_gatt_chr_def[]) {\n      { .access_cb = on_name, .flags = «BLE_GATT_CHR_F_READ | BLE_GATT_CHR_F_WRITE» },\n      { 0 } } },\n  { 0 } };',
    },
    {
      ts: "import bleno from '@abandonware/bleno'; const c = new bleno.Characteristic({ uuid, properties: «['read', 'write']», onWriteRequest });",
    },
    {
      ts: "const { Characteristic } = require('bleno');\nclass Wifi extends Characteristic {\n  constructor() {\n    super({ uuid: 'fff1', properties: «['writeWithoutResponse']», descriptors: [] });\n  }\n}",
    },
  ],
  good: [
    {
      c: 'static const struct ble_gatt_chr_def table[] = { { .flags = BLE_GATT_CHR_F_READ | BLE_GATT_CHR_F_WRITE | BLE_GATT_CHR_F_WRITE_ENC }, { .flags = BLE_GATT_CHR_F_NOTIFY } };',
      shows: '5.5-4',
    },
    {
      ts: "import bleno from 'bleno'; new bleno.Characteristic({ uuid, properties: ['read', 'write'], secure: ['read', 'write'] });",
      shows: '5.5-4',
    },
    { ts: "import bleno from 'bleno'; new bleno.Characteristic({ uuid, properties: ['read', 'notify'] });" },
    {
      c: 'static const struct ble_gatt_chr_def mesh = { .uuid = BLE_UUID16_DECLARE(MESH_PROXY_DATA_IN), .flags = BLE_GATT_CHR_F_WRITE_NO_RSP };',
    },
    {
      c: 'void f(bool secure) { int demand = 0; if (secure) demand |= BLE_GATT_CHR_F_WRITE_ENC; table[0] = (struct ble_gatt_chr_def){ .flags = BLE_GATT_CHR_F_WRITE | demand }; }',
    },
    { ts: "import bleno from 'bleno'; new bleno.Characteristic({ ...shared, properties: ['write'] });" },
    { ts: "import { Characteristic } from 'hap-nodejs'; new Characteristic({ properties: ['write'] });" },
  ],
});
