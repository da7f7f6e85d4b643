import {
  hostOf,
  isLocalHost,
  knownText,
  remoteHost,
  rule,
  type Answer,
  type Call,
  type Expr,
  type ProductView,
} from '../kit/index.js';

function plainUrl(url: Expr): Answer {
  const address = knownText(url) ?? '';
  const host = /^coap(\+tcp)?:\/\//i.test(address) ? remoteHost(address) : undefined;
  return (
    host !== undefined && {
      at: url,
      says: `requests to ${host} travel without DTLS or OSCORE: anyone on the path reads them and answers in its name`,
    }
  );
}

/** The path of the security mode in object 0: `LWM2M_OBJ(0, 0, 2)` or `"0/0/2"`. */
const MODE = /^&?\s*LWM2M_OBJ\(\s*0\s*,\s*\w+\s*,\s*2\s*\)$|^"?\/?0\/\d+\/2"?$/;

function mode(call: Call): Answer {
  const [path, value] = call.args;
  return (
    path !== undefined &&
    value?.value === '3' &&
    (MODE.test(path.text) || MODE.test(path.value ?? '')) && {
      at: value,
      says: 'security mode 3 is none: the server may be anybody, and its commands cross the network in the clear',
    }
  );
}

/** libcoap: where a session or an endpoint begins, by the position of its transport. */
const BEGINS: Readonly<Record<string, number>> = { coap_new_client_session: 3, coap_new_endpoint: 2 };
const PLAIN = ['COAP_PROTO_UDP', 'COAP_PROTO_TCP', 'COAP_PROTO_WS'];
/** What shows that the product protects its messages somewhere. */
const PROTECTS = [
  'coap_new_client_session_psk',
  'coap_new_client_session_psk2',
  'coap_new_client_session_pki',
  'coap_new_client_session_oscore',
  'coap_new_client_session_oscore_psk',
  'coap_new_client_session_oscore_pki',
  'coap_context_set_pki',
  'coap_context_set_psk',
  'coap_context_set_psk2',
  'coap_context_oscore_server',
];

export default rule({
  id: 'coap-cleartext',
  title: 'CoAP without DTLS or OSCORE',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [319],
  why: 'Plain CoAP is UDP with a forgeable sender: requests are read, changed and made up by anyone on the way.',
  attack:
    'Someone on the way between device and server sends one packet with the address of the server as its sender. Nothing proves where it comes from, and the device takes the set point, or the address of the next firmware, out of it.',
  instead:
    'LwM2M: security mode 0 (PSK) or 2 (certificate) and coaps://. libcoap: coap_new_client_session_psk2 or _pki, or OSCORE. Zephyr: CONFIG_LWM2M_DTLS_SUPPORT=y and a sec tag. Node: node-coap has no DTLS; use OSCORE or a tunnel. Where the link layer encrypts every hop up to a border router of yours (Thread), say so in a suppression.',

  any: { setting: { 'coap.url': ({ value }) => plainUrl(value) } },
  c: {
    setting: {
      'lwm2m.security': ({ value, means, thing }) =>
        means === 'off' &&
        !isLocalHost(hostOf(thing?.fields.get('server_uri')?.value ?? '') ?? '') && {
          at: value,
          says: `${value.text} turns security off: the server may be anybody, and its commands cross the network in the clear`,
        },
    },
    call: { lwm2m_set_u8: mode, lwm2m_engine_set_u8: mode },
    product: {
      needs: [...Object.keys(BEGINS), ...PROTECTS],
      *judge(product: ProductView) {
        if (PROTECTS.some((name) => product.calls(name).length > 0)) return;
        for (const [name, at] of Object.entries(BEGINS))
          for (const call of product.calls(name)) {
            const transport = call.args[at];
            if (transport && PLAIN.some((plain) => transport.names.includes(plain)))
              yield {
                at: transport,
                says: `${call.callee} speaks CoAP in the clear, and nothing in this product sets up DTLS or OSCORE`,
              };
          }
      },
    },
  },
  ts: {
    setting: {
      'coap.host': ({ value }) => {
        const name = knownText(value) ?? '';
        const host = name.includes('.') ? remoteHost(`coap://${name}`) : undefined;
        return (
          host !== undefined && {
            at: value,
            says: `requests to ${host} travel without DTLS or OSCORE: anyone on the path reads them and answers in its name`,
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'coap_session_t *f(coap_context_t *c, coap_address_t *to) { return coap_new_client_session(c, NULL, to, «COAP_PROTO_UDP»); }',
    },
    {
      ts: "import coap from 'coap';\ncoap.request({ hostname: «'hub.maker.com'», pathname: '/light', method: 'PUT' });",
    },
    {
      ts: "import { request as ask } from 'coap';\nexport const open = (valve: string) => ask({ host: «`${valve}.roof.maker.com`», pathname: '/open', method: 'PUT' });",
    },
    {
      c: '#define TRANSPORT COAP_PROTO_TCP\nvoid f(coap_context_t *c, coap_address_t *any) { coap_new_endpoint(c, any, «TRANSPORT»); }',
    },
    { c: 'void f(void) { lwm2m_set_u8(&LWM2M_OBJ(0, 0, 2), «3»); }' },
    { c: '#define NO_SEC 3\nvoid f(void) { lwm2m_engine_set_u8("0/0/2", «NO_SEC»); }' },
    {
      c: 'void f(anjay_t *anjay, anjay_iid_t *id) { const anjay_security_instance_t server = { .ssid = 1, .server_uri = "coap://lwm2m.maker.com:5683", .security_mode = «ANJAY_SECURITY_NOSEC» }; anjay_security_object_add_instance(anjay, &server, id); }',
    },
    { ts: "import { request } from 'coap';\nconst req = request(«'coap://hub.maker.com/light'»);" },
  ],
  good: [
    {
      ts: "import { request as ask } from 'coap';\nexport const open = (valve: string) => ask({ host: valve, pathname: '/open' });\nexport const near = (valve: string) => ask(`coap://${valve}.local/open`);",
    },
    {
      c: 'coap_session_t *f(coap_context_t *c, coap_address_t *to) { return coap_new_client_session(c, NULL, to, COAP_PROTO_DTLS); }',
    },
    {
      files: {
        'server.c':
          'void f(coap_context_t *c, coap_address_t *any) { coap_new_endpoint(c, any, COAP_PROTO_UDP); }\n',
        'keys.c':
          'int keys(coap_context_t *c, coap_dtls_spsk_t *psk) { return «guard: coap_context_set_psk2(c, psk) +» 0; }\n',
      },
    },
    { c: 'void f(void) { lwm2m_set_u8(&LWM2M_OBJ(0, 0, 2), 0); lwm2m_set_u8(&LWM2M_OBJ(3, 0, 2), 3); }' },
    {
      c: 'void f(anjay_t *anjay, anjay_iid_t *id) { const anjay_security_instance_t server = { .server_uri = "coaps://lwm2m.maker.com", .security_mode = ANJAY_SECURITY_PSK }; anjay_security_object_add_instance(anjay, &server, id); }',
    },
    {
      c: 'void f(anjay_t *anjay, anjay_iid_t *id) { const anjay_security_instance_t server = { .server_uri = "coap://localhost:5683", .security_mode = ANJAY_SECURITY_NOSEC }; anjay_security_object_add_instance(anjay, &server, id); }',
    },
    {
      ts: "import { request } from 'coap';\nrequest('coap://localhost/light');\nrequest(`coap://${host}/light`);",
    },
    { ts: "import { request } from './bus';\nrequest('coap://hub.maker.com/light');" },
  ],
});
