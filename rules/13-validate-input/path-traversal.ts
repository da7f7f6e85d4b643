import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
  to: ['a file path'],
  says: ({ kind }, { text }) =>
    `${text} holds what comes from ${kind} and names a file: with ../ in it any file of the device is opened`,
};

export default rule({
  id: 'path-traversal',
  title: 'Input chooses the path of a file',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.4-1'],
  cwe: [22, 23, 36, 73],
  why: 'A path is walked, not compared: every ../ in it leaves the folder that was meant, and an absolute one ignores it.',
  attack:
    'Someone in the same network asks the device for /logs/../../etc/shadow, or uploads a picture named ../../app/main.js. The first reads keys and password hashes, the second runs code after the next start.',
  instead:
    'Let requests choose from a list or a map of names. Where they must name files: path.basename(name), or path.resolve(root, name) and then startsWith(root + path.sep); Express: res.sendFile(name, { root }). C: refuse names that strchr finds a / in, or take realpath of the whole and compare its beginning with the folder. LittleFS, SPIFFS and Zephyr: refuse the same before the path is printed.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: "import Koa from 'koa'; import Router from '@koa/router'; import fs from 'node:fs';\nconst router = new Router();\nrouter.get('/log/:name', async (ctx) => { ctx.body = fs.createReadStream(«'/var/log/' + ctx.params.name»); });\nnew Koa().use(async (ctx, next) => { fs.unlinkSync(«'/tmp/' + ctx.query.file»); await next(); });",
    },
    {
      ts: "import Fastify from 'fastify'; import { readFile } from 'node:fs/promises';\nFastify().get('/log/:name', async (request, reply) => readFile(«'/var/log/' + request.params.name»));",
    },
    {
      ts: "import express from 'express'; import path from 'node:path'; import { readFile } from 'node:fs/promises';\nexpress().get('/logs/:name', async (req, res) => { res.send(await readFile(«path.join('/var/log', req.params.name)»)); });",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.get('/static/*', (req, res) => { const file = __dirname + req.url.split('?')[0]; res.sendFile(«file»); });",
    },
    {
      ts: "import mqtt from 'mqtt'; import fs from 'node:fs';\nmqtt.connect('mqtts://h').on('message', (topic, payload) => { fs.writeFileSync(«`/data/${topic}`», payload); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs'; import path from 'node:path';\nexpress().get('/f', (req, res) => { const name = path.join('/data', req.query.name); if (!name.endsWith('.txt')) return; fs.unlink(«name», () => res.end()); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs';\nexpress().get('/f', (req, res) => { const name = '/data/' + req.query.name; if (!name.startsWith('/data/')) return; fs.unlink(«name», () => res.end()); });",
    },
    {
      files: {
        'package.json': '{ "dependencies": { "express": "5" } }',
        'src/app.js':
          "const express = require('express'); const { remove } = require('./files'); const app = express(); app.use(require('./routes'));",
        'src/files.js':
          "const fs = require('fs'); const path = require('path');\nfunction drop(req, res) { fs.unlinkSync(«path.join('/backups', req.params.file)»); res.end(); }\nmodule.exports = { drop };",
      },
    },
    {
      c: 'esp_err_t get(httpd_req_t *req) { char path[600]; snprintf(path, sizeof path, "/spiffs%s", req->uri); FILE *f = fopen(«path», "r"); return f ? ESP_OK : ESP_FAIL; }',
    },
    {
      c: 'void on_packet(int s) { char name[32], path[64]; recv(s, name, sizeof name - 1, 0); snprintf(path, sizeof path, "/lfs/%s", name); struct fs_file_t f; fs_open(&f, «path», FS_O_READ); }',
    },
    {
      c: 'void on_packet(int s) { char name[32], path[64]; recv(s, name, sizeof name - 1, 0); if (strncmp(name, "log", 3) != 0) return; snprintf(path, sizeof path, "/data/%s", name); unlink(«path»); }',
    },
  ],
  good: [
    {
      ts: "import express from 'express'; import path from 'node:path'; import { readFile } from 'node:fs/promises';\nexpress().get('/logs/:name', async (req, res) => { res.send(await readFile(path.join('/var/log', path.basename(req.params.name)))); });",
    },
    {
      ts: "import express from 'express'; import path from 'node:path'; import fs from 'node:fs';\nconst ROOT = '/var/log';\nexpress().get('/logs/:name', (req, res) => { const file = path.resolve(ROOT, req.params.name); «guard: if (!file.startsWith(ROOT + path.sep)) return res.end();» fs.createReadStream(file).pipe(res); });",
    },
    {
      ts: "import express from 'express'; import path from 'node:path'; import fs from 'node:fs';\nconst ROOT = '/var/log';\nexpress().get('/logs/:name', (req, res) => { const file = path.join(ROOT, req.params.name); const inner = path.relative(ROOT, file); «guard: if (inner.startsWith('..')) return res.end();» fs.createReadStream(file).pipe(res); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs';\nexpress().get('/logs/:name', (req, res) => { const { name } = req.params; «guard: if (name.includes('..')) return res.end();» fs.createReadStream('/var/log/' + name).pipe(res); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs';\nexpress().get('/logs/:name', (req, res) => { const { name } = req.params; «guard: if (!/^[\\w-]+\\.log$/.test(name)) return res.end();» fs.createReadStream('/var/log/' + name).pipe(res); });",
    },
    {
      ts: "import express from 'express';\nexpress().get('/f/:name', (req, res) => { res.sendFile(req.params.name, { root: '/srv/files' }); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs';\nexpress().get('/slot/:n', (req, res) => { fs.unlinkSync(`/data/slot-${Number(req.params.n)}`); res.end(); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs';\nexpress().get('/f/:name', (req, res) => { fs.unlinkSync('/data/' + req.params.name.replace(/[^a-z0-9]/gi, '_')); res.end(); });",
    },
    {
      ts: "import express from 'express'; import fs from 'node:fs'; import { devices } from './store.js';\nexpress().get('/icon/:id', async (req, res) => { const device = await devices.find(req.params.id); fs.createReadStream(device.icon).pipe(res); });",
    },
    {
      c: 'void on_packet(int s) { char name[32], path[64]; recv(s, name, sizeof name - 1, 0); «guard: if (strchr(name, \'/\')) return;» snprintf(path, sizeof path, "/data/%s", name); unlink(path); }',
    },
    {
      c: 'void on_packet(int s) { char name[32], path[64]; recv(s, name, sizeof name - 1, 0); «guard: if (strstr(name, "..") != NULL) return;» snprintf(path, sizeof path, "/data/%s", name); unlink(path); }',
    },
    {
      c: 'void on_packet(int s) { char name[99], real[4096]; recv(s, name, sizeof name - 1, 0); if (realpath(name, real) == NULL) return; «guard: if (strncmp(real, "/data/", 6) != 0) return;» unlink(real); }',
    },
    {
      c: 'void on_packet(int s) { unsigned char slot; char path[64]; recv(s, &slot, 1, 0); snprintf(path, sizeof path, "/data/%u", slot); unlink(path); }',
    },
    {
      c: 'void on_packet(int s) { char body[64]; int n = recv(s, body, sizeof body, 0); FILE *f = fopen("/data/last", "w"); fwrite(body, 1, n > 0 ? n : 0, f); fclose(f); }',
    },
  ],
});
