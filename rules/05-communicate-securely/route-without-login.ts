import { rule, type Answer, type Call, type Thing } from '../kit/index.js';

const CHANGES = /^HTTP_(POST|PUT|DELETE|PATCH)$/;
/** Words of a function that asks who is there. */
const ASKS =
  /auth|login|log_in|session|token|cookie|passport|permission|guard|role|verify|signed|allowed|get_hdr_value|csrf|jwt|user|admin/i;

function handler(route: Thing): Answer {
  const method = route.fields.get('method');
  const func = route.fields.get('handler')?.func;
  return (
    method !== undefined &&
    func !== undefined &&
    method.names.some((name) => CHANGES.test(name)) &&
    !ASKS.test(func.name) &&
    ![...func.calls].some((name) => ASKS.test(name)) && {
      at: route.fields.get('uri') ?? method,
      says: `${func.name} changes something for whoever asks: nothing in it looks at a log-in`,
    }
  );
}

/** A route with its handler alone: nothing stands between the request and what it does. */
function route(call: Call): Answer {
  const [path, ...handlers] = call.args;
  const [only] = handlers;
  const func = only?.func;
  return (
    path?.value !== undefined &&
    handlers.length === 1 &&
    func !== undefined &&
    !ASKS.test(path.value) &&
    !ASKS.test(only?.text ?? '') &&
    ![...func.calls].some((name) => ASKS.test(name)) && {
      at: path,
      says: `${path.text} changes something for whoever asks, unless a log-in is checked before this router`,
    }
  );
}

export default rule({
  id: 'route-without-login',
  title: 'Request changes something without a log-in',
  severity: 'warning',
  in: 'audit',
  heading: 5,
  provisions: ['5.5-5', '5.5-4'],
  cwe: [306],
  why: 'One route that somebody forgot is enough: everybody in the network may send it.',
  attack:
    'A guest in the Wi-Fi opens the page of the device, looks at which requests it sends, and repeats one of them from the command line. No log-in is asked for, and the set point is what the guest wrote.',
  instead:
    'Check the session at the start of each handler that changes something (ESP-IDF), or mount the check before the router: app.use(requireLogin) in Express, an onRequest hook in Fastify.',

  c: { thing: { httpd_uri_t: handler } },
  ts: {
    call: Object.fromEntries(
      ['express.Application', 'express.Express', 'express.Router', 'fastify.FastifyInstance'].flatMap(
        (type) => ['post', 'put', 'patch', 'delete'].map((method) => [`${type}#${method}`, route] as const),
      ),
    ),
  },

  bad: [
    {
      c: 'static esp_err_t on_plan(httpd_req_t *r) { char b[64]; httpd_req_recv(r, b, 64); return store_plan(b); }\nvoid f(void) { httpd_uri_t plan = { .uri = «"/api/plan"», .method = HTTP_POST, .handler = on_plan }; httpd_register_uri_handler(server, &plan); }',
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.put(«'/api/plan'», (req, res) => { store(req.body); res.end(); });",
    },
  ],
  good: [
    {
      c: 'static esp_err_t on_plan(httpd_req_t *r) { «guard: if (!session_ok(r)) return ESP_FAIL;» char b[64]; httpd_req_recv(r, b, 64); return store_plan(b); }\nvoid f(void) { httpd_uri_t plan = { .uri = "/api/plan", .method = HTTP_POST, .handler = on_plan }; httpd_register_uri_handler(server, &plan); }',
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.put('/api/plan', «guard: requireLogin,» (req, res) => { store(req.body); res.end(); });\napp.get('/api/plan', (req, res) => res.json(plan));\napp.post('/login', (req, res) => res.end());",
    },
  ],
});
