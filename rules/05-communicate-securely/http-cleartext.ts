import {
  knownText,
  namesNoTrust,
  plainClient,
  remoteHost,
  rule,
  suggest,
  type Answer,
  type Call,
  type Expr,
} from '../kit/index.js';

/** Names that belong to nobody: a sample, or a name that something else resolves, like a socket in the file system. */
const NOBODY = /^example\.(com|net|org)$/;

/** The host that a plain URL leads to; one that is filled in at run time is not known. */
function plain(url: Expr): string | undefined {
  const text = knownText(url);
  if (text === undefined || !/^http:\/\//i.test(text)) return undefined;
  const host = remoteHost(text);
  return host !== undefined && NOBODY.test(host) ? undefined : host;
}

/** Moddable. Node's http has no class of this name. */
function moddableRequest(call: Call): Answer {
  const options = plainClient(call);
  const host = options?.fields.get('host')?.value;
  return (
    options &&
    host !== undefined && {
      at: options,
      says: `without Socket: SecureSocket requests to ${host} travel in the clear: anyone on the path reads them and writes the answers`,
    }
  );
}

export default rule({
  id: 'http-cleartext',
  title: 'HTTP without TLS',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-6'],
  cwe: [319],
  why: 'Whoever is on the path reads the request with its tokens and cookies, and writes the answer that the device then believes.',
  attack:
    'A guest on the same Wi-Fi redirects the device to their own laptop, for which a free tool is enough. They read what it sends and answer in the name of your service: other settings, another time, another file to download.',
  instead:
    'Use https:// and give the client a trust anchor. In a network that the device itself spans, or to localhost, plain HTTP may be right: say so in a suppression.',

  any: {
    setting: {
      'http.url': ({ value, thing }) => {
        const host = plain(value);
        const here =
          /^(string|template)$/.test(value.kind) &&
          /^["'`]http:/i.test(value.text) &&
          !/^http:\/\/[^/]*:[\d$]/i.test(knownText(value) ?? '');
        return (
          host !== undefined && {
            at: value,
            says: `requests to ${host} travel in the clear: anyone on the path reads them and writes the answers`,
            ...(here &&
              !namesNoTrust(thing) && {
                fixes: [suggest(value, value.text.replace(/^(["'`])http:/i, '$1https:'), 'Request over TLS')],
              }),
          }
        );
      },
      'http.transport': ({ value, means, thing }) =>
        means === 'plain' &&
        thing?.closed === true &&
        thing.setting('http.url') === undefined && {
          at: value,
          says: `${value.text} sends requests in the clear: anyone on the path reads them and writes the answers`,
        },
    },
  },
  ts: { call: { 'http.Request': moddableRequest } },

  bad: [
    {
      ts: "import axios from 'axios';\nconst api = axios.create({ baseURL: «'http://api.example.com/v1'» });\nfetch(«`http://time.example.com`»);",
      becomes:
        "import axios from 'axios';\nconst api = axios.create({ baseURL: 'https://api.example.com/v1' });\nfetch(`https://time.example.com`);",
    },
    {
      ts: "import { Request } from 'http';\nconst state = new Request(«{ host: 'api.maker.com', path: '/state', response: String }»);",
    },
    {
      ts: "const { get } = require('node:http');\nconst HOST = 'http://cloud.example.com';\nget(«HOST + '/state'», done);",
    },
    {
      ts: "export const report = (unit: string) => fetch(«`http://${unit}.meters.maker.com/state`»);\nexport const read = (id: number) => fetch(«'http://api.maker.com/things/' + id»);",
      becomes:
        "export const report = (unit: string) => fetch(`https://${unit}.meters.maker.com/state`);\nexport const read = (id: number) => fetch('http://api.maker.com/things/' + id);",
    },
    {
      ts: "const BASE = 'http://api.maker.com';\nexport async function read(id: number) { const address = `${BASE}/things/${id}`; return fetch(«address»); }",
    },
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = «"http://api.example.com/v1/state"», .crt_bundle_attach = esp_crt_bundle_attach }; esp_http_client_init(&cfg); }',
      becomes:
        'void f(void) { esp_http_client_config_t cfg = { .url = "https://api.example.com/v1/state", .crt_bundle_attach = esp_crt_bundle_attach }; esp_http_client_init(&cfg); }',
    },
    {
      files: {
        'config.h': '#define API_HOST "http://api.example.com"\n#define API_STATE API_HOST "/state"\n',
        'main.c':
          '#include "config.h"\nvoid f(CURL *curl) { curl_easy_setopt(curl, CURLOPT_URL, «API_STATE»); }',
      },
    },
    {
      c: 'void f(esp_http_client_handle_t client) { esp_http_client_set_url(client, «"http://10.1.2.3:8080/report"»); }',
    },
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .host = HOST, .path = "/", .transport_type = «HTTP_TRANSPORT_OVER_TCP» }; esp_http_client_init(&cfg); }',
    },
    {
      ts: "import got from 'got';\nimport { request } from 'undici';\nexport const read = () => got.get(«'http://api.maker.com/state'»);\nexport const write = (body: string) => request(«'http://api.maker.com/state'», { method: 'PUT', body });",
      becomes:
        "import got from 'got';\nimport { request } from 'undici';\nexport const read = () => got.get('https://api.maker.com/state');\nexport const write = (body: string) => request('https://api.maker.com/state', { method: 'PUT', body });",
    },
    {
      ts: "import { fetch } from '@devicescript/net';\nconst answer = await fetch(«'http://api.maker.com/state'»);",
      becomes:
        "import { fetch } from '@devicescript/net';\nconst answer = await fetch('https://api.maker.com/state');",
    },
  ],
  good: [
    {
      ts: "import got from 'got';\nimport { request } from 'undici';\ngot.get('https://api.maker.com/state'); request('http://localhost:8080/state'); got.get(address);",
    },
    {
      c: 'void f(void) { esp_http_client_config_t cfg = { .url = "https://api.example.com" }; esp_http_client_init(&cfg); }',
    },
    {
      ts: "import { Request } from 'http';\nimport SecureSocket from 'securesocket';\nnew Request({ host: 'api.maker.com', port: 443, Socket: SecureSocket });",
    },
    {
      c: 'void f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, "http://example.com"); curl_easy_setopt(c, CURLOPT_UNIX_SOCKET_PATH, "/run/api"); }',
    },
    {
      ts: "fetch('https://api.example.com'); fetch('http://localhost:8080/health'); fetch(`http://${host}/state`);",
    },
    {
      ts: "fetch(`http://${name}.local/state`); fetch('http://' + host + '/state'); fetch(`http://127.0.0.1:${port}/`); fetch(`${base}/x`); fetch(`http://${a}.${b}/`);",
    },
    { ts: "import { get } from './cache'; get('http://api.example.com');" },
    { c: 'void f(CURL *curl) { curl_easy_setopt(curl, CURLOPT_URL, "http://127.0.0.1:9200/_health"); }' },
    {
      c: 'void f(CURL *curl, const char *url) { curl_easy_setopt(curl, CURLOPT_URL, url); curl_easy_setopt(curl, CURLOPT_REFERER, "http://example.com/"); }',
    },
    { c: 'void f(void) { xml_set_namespace(doc, "http://www.w3.org/2000/svg"); }' },
  ],
});
