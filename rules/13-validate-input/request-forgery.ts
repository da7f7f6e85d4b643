import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
  to: ['a request URL'],
  says: ({ kind }, { text }) =>
    `${text} comes from ${kind} and says where this device sends a request: whoever sends it reaches what only the device may reach`,
};

export default rule({
  id: 'request-forgery',
  title: 'Input chooses where a request goes',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.5-5'],
  cwe: [918],
  why: 'The device stands inside: its own services, the router and the other devices answer it without asking who it is.',
  attack:
    'Someone gives the gateway http://127.0.0.1:8080/admin/users or http://192.168.0.1/reboot.cgi as the address of a picture. The gateway fetches it, with its own rights and from within the house, and hands back what it was told.',
  instead:
    'Keep the host in the code and let input choose the path behind it, with encodeURIComponent. Where people must name hosts (a camera, a webhook): parse with new URL, compare hostname with a list, and refuse loopback and the own network unless that is what it is for. ESP-IDF and curl: print only the path into the address.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: "import express from 'express';\nexpress().get('/picture', async (req, res) => { const answer = await fetch(«req.query.url»); res.send(await answer.text()); });",
    },
    {
      ts: "import express from 'express'; import axios from 'axios';\nexpress().post('/probe', async (req, res) => { const { host } = req.body; res.json(await axios.get(«`http://${host}/status`»)); });",
    },
    {
      ts: "import mqtt from 'mqtt'; import axios from 'axios';\nmqtt.connect('mqtts://h').on('message', async (topic, payload) => { const { url } = JSON.parse(payload.toString()); await axios({ method: 'post', url: «url» }); });",
    },
    {
      ts: "import express from 'express'; import http from 'node:http';\nexpress().get('/x', (req, res) => { http.request({ host: «req.get('host')», path: '/' }); });",
    },
    {
      c: 'void on_packet(int s) { char url[128]; recv(s, url, sizeof url - 1, 0); esp_http_client_config_t config = { .url = url, .timeout_ms = 500 }; esp_http_client_init(«&config»); }',
    },
    {
      c: 'void on_packet(int s, CURL *curl) { char host[64], url[128]; recv(s, host, sizeof host - 1, 0); snprintf(url, sizeof url, "https://%s/firmware", host); curl_easy_setopt(curl, CURLOPT_URL, «url»); }',
    },
  ],
  good: [
    {
      ts: "import express from 'express';\nexpress().get('/weather', async (req, res) => { const answer = await fetch(`https://api.example.com/weather/${req.query.city}`); res.json(await answer.json()); });",
    },
    {
      ts: "import express from 'express'; import { base } from './config.js';\nexpress().get('/weather', async (req, res) => { res.json(await fetch(`${base}/weather/${req.query.city}`)); });",
    },
    {
      ts: "import express from 'express';\nconst HOSTS = ['cam-1.local', 'cam-2.local'];\nexpress().get('/picture', async (req, res) => { const url = new URL(req.query.url); «guard: if (!HOSTS.includes(url.hostname)) return res.end();» const answer = await fetch(url); res.json(await answer.json()); });",
    },
    {
      ts: "import express from 'express';\nexpress().get('/picture', async (req, res) => { const { url } = req.query; «guard: if (!url.startsWith('https://pictures.example.com/')) return res.end();» await fetch(url); });",
    },
    {
      ts: "import express from 'express'; import axios from 'axios';\nexpress().post('/probe', async (req, res) => { await axios.post('https://api.example.com/', { url: req.body.url }); });",
    },
    {
      c: 'void on_packet(int s) { char name[32], url[128]; recv(s, name, sizeof name - 1, 0); snprintf(url, sizeof url, "https://updates.example.com/%s.bin", name); esp_http_client_config_t config = { .url = url }; esp_http_client_init(&config); }',
    },
    {
      c: 'void on_packet(int s, CURL *curl) { char url[64]; recv(s, url, sizeof url - 1, 0); «guard: if (strncmp(url, "https://updates.example.com/", 28) != 0) return;» curl_easy_setopt(curl, CURLOPT_URL, url); }',
    },
    {
      c: 'void on_packet(int s, CURL *curl) { char agent[64]; recv(s, agent, sizeof agent - 1, 0); curl_easy_setopt(curl, CURLOPT_USERAGENT, agent); }',
    },
  ],
});
