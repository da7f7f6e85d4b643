import { rule, type Expr } from '../kit/index.js';

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };
const LARGE = 16 * 2 ** 20;

/** Bytes of `'50mb'` or of a number. */
function bytes(limit: Expr): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i.exec(limit.value ?? '');
  if (!match) return limit.names.includes('Infinity') ? Infinity : undefined;
  return Number(match[1]) * (UNITS[(match[2] ?? 'b').toLowerCase()] ?? 1);
}

export default rule({
  id: 'body-limit-large',
  title: 'Very large requests are read into memory',
  severity: 'info',
  in: 'strict',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [770],
  why: 'The whole body is kept in memory before the first check: a few such requests use up that of a gateway.',
  attack:
    'Someone on the network sends ten large requests at once, before any log-in. The gateway runs out of memory, restarts, and is busy with that for as long as they go on.',
  instead:
    'Keep the limit near the largest request you know; write uploads to disk as they come, behind the log-in.',

  ts: {
    setting: {
      'net.max-size': ({ value }) => {
        const size = bytes(value);
        if (size === undefined || size <= 0) return false;
        return size > LARGE
          ? {
              at: value,
              says: `each request may fill ${value.value ?? value.text} of memory before anything checks it`,
            }
          : { at: value, shows: 'Requests and messages are limited in size', provision: '5.13-1B' };
      },
    },
  },

  bad: [
    { ts: "import express from 'express'; app.use(express.json({ limit: «'50mb'» }));" },
    {
      ts: "const parser = require('body-parser');\nconst LIMIT = 100 * 1024 * 1024;\napp.use(parser.urlencoded({ extended: false, limit: «LIMIT» }));",
    },
  ],
  good: [
    { ts: "import express from 'express'; app.use(express.json({ limit: '100kb' }));", shows: '5.13-1B' },
    { ts: "import express from 'express'; app.use(express.json()); app.use(express.raw({ limit }));" },
    { ts: "import { json } from './reader'; json({ limit: '50mb' });" },
  ],
});
