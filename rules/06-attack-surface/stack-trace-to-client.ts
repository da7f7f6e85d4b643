import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

/** The stack itself, in a field of the answer, or in text joined with it. */
function stack(value: Expr | undefined): Expr | undefined {
  if (!value) return undefined;
  if (value.kind === 'member') return /[.#]stack$/.test(value.text) ? value : undefined;
  if (value.kind === 'template' || value.kind === 'binary') return value.parts.find((part) => stack(part));
  if (value.kind === 'object') return [...(value.thing?.fields.values() ?? [])].find((field) => stack(field));
  return undefined;
}

function report({ args }: Call): Answer {
  const found = stack(args[0]);
  return (
    found && {
      at: found,
      says: 'this sends file paths, function names and versions of the gateway to whoever made the request fail',
    }
  );
}

export default rule({
  id: 'stack-trace-to-client',
  title: 'Stack trace in the answer',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-2'],
  cwe: [209],
  why: 'A stack trace is a map of the program: which libraries, which versions, which line stumbled.',
  attack:
    'Someone sends a broken request, without any log-in, and reads from the answer which library choked on it and where. They look up its known holes and send the request that fits.',
  instead: 'Log the error on the device, answer with a status and a short text of your own.',

  ts: {
    call: Object.fromEntries(
      [
        'express.Response#send',
        'express.Response#json',
        'express.Response#end',
        'express.Response#write',
        'http.ServerResponse#end',
        'http.ServerResponse#write',
      ].map((name) => [name, report]),
    ),
  },

  bad: [
    {
      ts: "import express from 'express';\nconst app = express();\napp.use((err, req, res, next) => { res.status(500).send(«err.stack»); });",
    },
    {
      ts: "import { Response } from 'express';\nexport function fail(res: Response, error: Error) { res.json({ ok: false, detail: «error.stack» }); }",
    },
    {
      ts: "const http = require('http');\nhttp.createServer((req, res) => { try { run(req); } catch (e) { res.end('failed: ' + «e.stack»); } });",
    },
  ],
  good: [
    {
      ts: "import express from 'express';\nconst app = express();\napp.use((err, req, res, next) => { log(err.stack); res.status(500).send('failed'); });",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => { res.json({ stack: development ? err.stack : undefined }); });",
    },
    {
      ts: "import express from 'express';\nconst app = express();\napp.get('/cards', (req, res) => { res.json({ stack: cards.length }); });",
    },
    { ts: 'export function fail(res: Report, error: Error) { res.send(error.stack); }' },
  ],
});
