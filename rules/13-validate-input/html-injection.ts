import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request', "a server's answer"],
  to: ['an HTML page'],
  says: ({ kind }, { text }) =>
    `${text} holds what comes from ${kind} and is shown as HTML: a <script> in it runs in the browser of whoever looks`,
};

export default rule({
  id: 'html-injection',
  title: 'Input becomes a part of a page',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.5-5'],
  cwe: [79, 80],
  why: 'A browser cannot tell the markup of the page from markup that somebody sent, and runs both with the session of whoever looks.',
  attack:
    'Someone mails the owner a link to their own device, /find?name=<script>…</script>. The device answers "not found" with the name in it, and the script does with the owner’s login what it likes: adds a user, opens the lock.',
  instead:
    'Answer programs with JSON: res.json. Express: res.type("text") for plain messages, or a template that escapes. Elsewhere escape-html, he or DOMPurify; in a browser textContent. ESP-IDF: httpd_resp_set_type(req, "text/plain") or "application/json", and < as &lt; in pages.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: "import express from 'express';\nexpress().get('/find', (req, res) => { res.status(404).send(«`no device ${req.query.name}`»); });",
    },
    {
      ts: "import http from 'node:http'; import url from 'node:url';\nhttp.createServer((request, response) => { const { query } = url.parse(request.url, true); response.writeHead(400, { 'Content-Type': 'text/html' }); response.end(«'Unknown button ' + query.button»); });",
    },
    {
      ts: "import express from 'express';\nconst row = (name) => '<li>' + name + '</li>';\nexpress().post('/names', (req, res) => { let page = '<ul>'; for (const name of req.body.names) page += row(name); res.send(«page»); });",
    },
    {
      c: `esp_err_t find(httpd_req_t *req) {
  char query[64], page[128];
  httpd_req_get_url_query_str(req, query, sizeof query);
  snprintf(page, sizeof page, "<p>No device %s</p>", query);
  return httpd_resp_sendstr(req, «page»);
}`,
    },
    {
      ts: `async function list() {
  const found = await (await fetch('/scan')).json();
  for (const { ssid } of found) document.querySelector('#nets').innerHTML = «'<li>' + ssid + '</li>'»;
}
$.getJSON('/names', (names) => { for (const name of names) $('#names').append(«'<li>' + name + '</li>'»); });`,
    },
  ],
  good: [
    {
      ts: `async function list() {
  const found = await (await fetch('/scan')).json();
  const row = document.createElement('li');
  for (const { ssid } of found) row.textContent = ssid;
  row.innerHTML = found.length + ' networks';
}
$.getJSON('/names', (names) => { for (const name of names) $('<li>').text(name).appendTo('#names'); $('#' + name).addClass('seen'); });`,
    },
    {
      ts: "import express from 'express';\nexpress().get('/find', (req, res) => { «guard: res.type('text');» res.send(`no device ${req.query.name}`); });",
    },
    {
      ts: "import express from 'express'; import escape from 'escape-html';\nexpress().get('/find', (req, res) => { res.status(404).send(`no device ${escape(req.query.name)}`); });",
    },
    {
      ts: "import express from 'express';\nexpress().get('/find', (req, res) => { res.set('Content-Type', 'application/json').send(`{\"name\":\"${req.query.name}\"}`); res.json({ name: req.query.name }); });",
    },
    {
      ts: "import express from 'express';\nexpress().post('/echo', (req, res) => { res.send(req.body); res.send({ name: req.body.name }); });",
    },
    {
      ts: "import express from 'express'; import { find } from './store.js'; import { devices } from 'store';\nexpress().get('/find', async (req, res) => { res.send(await devices.find(req.query.name)); });",
    },
    {
      ts: "import http from 'node:http';\nhttp.createServer((request, response) => { response.writeHead(404, { 'Content-Type': 'text/plain' }); response.end('no ' + request.url); });",
    },
    {
      ts: "import express from 'express';\nexpress().get('/find', (req, res) => { res.send(`no device ${req.query.name.replace(/[<>&\"']/g, '')}`); });",
    },
    {
      c: 'esp_err_t find(httpd_req_t *req) { char query[64]; httpd_req_get_url_query_str(req, query, sizeof query); «guard: httpd_resp_set_type(req, "application/json");» return httpd_resp_sendstr(req, query); }',
    },
    {
      c: 'esp_err_t count(httpd_req_t *req) { char page[64]; snprintf(page, sizeof page, "<p>%d bytes</p>", req->content_len); return httpd_resp_sendstr(req, page); }',
    },
  ],
});
