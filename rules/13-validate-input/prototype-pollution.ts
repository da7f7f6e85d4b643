import { rule } from '../kit/index.js';

export default rule({
  id: 'prototype-pollution',
  title: 'Input chooses which property is written',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [1321, 915],
  why: 'Every object of a program has one ancestor in common; what is written below the key __proto__ is written there, and then all objects have it.',
  attack:
    'Someone sends the gateway the setting { "__proto__": { "isAdmin": true } }. The gateway merges it into its own settings key by key, and from then on every user, whoever asks, is an admin.',
  instead:
    'A Map, or Object.create(null), for what others name; Object.hasOwn(target, key) before it is walked into; refuse __proto__, constructor and prototype. Merge with { ...a, ...b }, which goes one level deep, or validate with a schema first.',

  ts: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['a nested key', 'a property path'],
      says: ({ kind }, { text, role }) =>
        role === 'a property path'
          ? `${text} comes from ${kind} and says which property is written: __proto__ in it writes to every object`
          : `${text} is written below a key that comes from ${kind}: with __proto__ for that key it is written to every object`,
    },
  },

  bad: [
    {
      ts: "import express from 'express';\nconst rooms = {};\nexpress().post('/rooms/:room/:key', (req, res) => { const { room, key } = req.params; «rooms[room][key]» = req.body.value; res.end(); });",
    },
    {
      ts: "import mqtt from 'mqtt';\nconst state = {};\nfunction merge(target, source) { for (const key in source) { if (typeof source[key] === 'object') merge(target[key], source[key]); else «target[key]» = source[key]; } }\nmqtt.connect('mqtts://h').on('message', (topic, payload) => { merge(state, JSON.parse(payload.toString())); });",
    },
    {
      ts: "import express from 'express'; import _ from 'lodash';\nconst settings = {};\nexpress().post('/set/*', (req, res) => { _.set(settings, «req.params[0].replace(/\\//g, '.')», req.body); res.end(); });",
    },
  ],
  good: [
    {
      ts: "import express from 'express'; import _ from 'lodash';\nconst settings = {}; const BAD = ['__proto__', 'constructor', 'prototype'];\nconst isBad = (path) => path.split('.').some((part) => BAD.includes(part));\nexpress().post('/set/*', (req, res) => { const path = req.params[0].replace(/\\//g, '.'); «guard: if (isBad(path)) return res.end();» _.set(settings, path, req.body); res.end(); });",
    },
    {
      ts: "import express from 'express';\nconst rooms = {};\nexpress().post('/rooms/:room/:key', (req, res) => { const { room, key } = req.params; «guard: if (!Object.hasOwn(rooms, room)) return res.end();» rooms[room][key] = req.body.value; res.end(); });",
    },
    {
      ts: "import express from 'express';\nconst rooms = {};\nexpress().post('/rooms/:room/:key', (req, res) => { const { room, key } = req.params; «guard: if (room === '__proto__') return res.end();» rooms[room][key] = req.body.value; res.end(); });",
    },
    {
      ts: "import express from 'express';\nconst rooms = Object.create(null);\nexpress().post('/rooms/:room/:key', (req, res) => { const { room, key } = req.params; rooms[room][key] = req.body.value; res.end(); });",
    },
    {
      ts: "import mqtt from 'mqtt';\nconst state = {}; const BAD = ['__proto__', 'constructor', 'prototype'];\nfunction merge(target, source) { for (const key in source) { «guard: if (BAD.includes(key)) continue;» if (typeof source[key] === 'object') merge(target[key], source[key]); else target[key] = source[key]; } }\nmqtt.connect('mqtts://h').on('message', (topic, payload) => { merge(state, JSON.parse(payload.toString())); });",
    },
    {
      ts: "import express from 'express';\nconst rooms = {};\nexpress().post('/rooms/:room', (req, res) => { rooms[req.params.room] = req.body; res.end(); });",
    },
    {
      ts: "import express from 'express';\nconst rooms = new Map();\nexpress().post('/rooms/:room/:key', (req, res) => { rooms.get(req.params.room).set(req.params.key, req.body.value); res.end(); });",
    },
    {
      ts: "import express from 'express';\nconst grid = [[0, 0], [0, 0]];\nexpress().post('/cell/:x/:y', (req, res) => { grid[Number(req.params.x)][Number(req.params.y)] = 1; res.end(); });",
    },
  ],
});
