import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
  to: ['a log line'],
  says: ({ kind }, { text }) =>
    `${text} comes from ${kind} and is logged with its line ends: whoever sends it writes lines of its own into the log`,
};

// Audit: true of most programs that log what they are sent; it matters where logs are evidence or are read by programs.
export default rule({
  id: 'log-injection',
  title: 'Input writes lines into the log',
  severity: 'info',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.7-2'],
  cwe: [117],
  why: 'A log is believed line by line; a line end in a value begins a line that looks like any other.',
  attack:
    'Someone fails to log in as "anna\\n12:01 login of owner succeeded from 10.0.0.7". Whoever looks for the break-in the next day reads the wrong story.',
  instead:
    'Log values as JSON: JSON.stringify(value), or the fields of pino and winston. In C print numbers and checked names, or replace what isprint refuses.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: "import express from 'express';\nexpress().post('/login', (req, res) => { console.log(«`login of ${req.body.name} failed`»); res.end(); });",
    },
    {
      c: 'void on_packet(int s) { char name[32] = {0}; recv(s, name, 31, 0); syslog(LOG_INFO, "login of %s failed", «name»); }',
    },
  ],
  good: [
    {
      ts: "import express from 'express';\nexpress().post('/login', (req, res) => { console.log(`login of ${JSON.stringify(req.body.name)} failed`); console.log(`level ${Number(req.body.level)}`); res.end(); });",
    },
    {
      ts: "import express from 'express';\nexpress().post('/login', (req, res) => { const { name } = req.body; «guard: if (/[\\r\\n]/.test(name)) return res.end();» console.log('login of ' + name); res.end(); });",
    },
    {
      c: 'void on_packet(int s) { char name[32] = {0}; recv(s, name, 31, 0); «guard: if (strcmp(name, "owner") != 0) return;» syslog(LOG_INFO, "login of %s failed", name); }',
    },
    {
      c: 'void on_packet(int s) { unsigned char b[4] = {0}; recv(s, b, 4, 0); syslog(LOG_INFO, "kind %d", b[0]); }',
    },
  ],
});
