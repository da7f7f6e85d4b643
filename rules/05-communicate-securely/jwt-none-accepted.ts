import { rule, type Expr, type Problem, type Thing } from '../kit/index.js';

const unsigned = (expr: Expr): boolean => expr.value?.toLowerCase() === 'none';

export default rule({
  id: 'jwt-none-accepted',
  title: 'Tokens without a signature',
  severity: 'error',
  heading: 5,
  provisions: ['5.1-3', '5.5-5'],
  cwe: [347],
  why: 'With the algorithm `none` a token carries no signature: whoever writes it decides what it says.',
  attack:
    'An attacker on the network writes a token that says they are the administrator, marks its algorithm as none and leaves the signature empty. The gateway believes it.',
  instead:
    "List only the algorithm you sign with: `algorithms: ['ES256']`, or `['HS256']` with a secret of the device.",

  ts: {
    setting: {
      'jwt.algorithms': ({ value }) => {
        if (value.parts.length === 0) return false;
        const none = value.parts.find(unsigned);
        return none
          ? { at: none, says: 'a token that nobody signed passes this check' }
          : value.kind === 'array' && {
              at: value,
              shows: `Tokens are verified with a fixed algorithm (${value.parts.map((part) => part.value ?? part.text).join(', ')})`,
              provision: '5.1-3',
            };
      },
    },
    thing: {
      'jwt-sign': (options: Thing): Problem | false => {
        const algorithm = options.fields.get('algorithm');
        return (
          algorithm !== undefined &&
          unsigned(algorithm) && {
            at: algorithm,
            says: 'this token leaves without a signature: anyone can change it',
          }
        );
      },
    },
    call: {
      'jose.UnsecuredJWT.decode': ({ calleeAt }) => ({
        at: calleeAt,
        says: 'a token that nobody signed is taken for what it says',
      }),
    },
  },

  bad: [
    { ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms: ['HS256', «'none'»] });" },
    {
      ts: "import { verify } from 'jsonwebtoken';\nconst options = { algorithms: [«'none'»] };\nexport const read = (token: string) => verify(token, '', options);",
    },
    { ts: "const jwt = require('jsonwebtoken'); jwt.sign({ user }, '', { algorithm: «'none'» });" },
    {
      ts: "import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret, algorithms: [«'none'»] }));",
    },
    {
      ts: "import { UnsecuredJWT } from 'jose'; export const read = (t: string) => UnsecuredJWT.«decode»(t).payload;",
    },
  ],
  good: [
    {
      ts: "import { jwtVerify } from 'jose'; export const read = (t: string) => jwtVerify(t, key, { algorithms: ['ES256'] });",
    },
    {
      ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms: ['ES256'] });",
      shows: '5.1-3',
    },
    {
      ts: "import jwt from 'jsonwebtoken'; jwt.sign({ user }, key, { algorithm: 'HS256', expiresIn: '1h' });",
    },
    { ts: "import { verify } from './tokens'; verify(token, key, { algorithms: ['none'] });" },
    { ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms });" },
  ],
});
