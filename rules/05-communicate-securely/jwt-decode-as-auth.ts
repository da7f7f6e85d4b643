import { rule, type Answer, type Call } from '../kit/index.js';

const decoded = ({ calleeAt, inside }: Call): Answer =>
  ![...(inside?.calls ?? [])].some((name) => /(^|\.)(verify\w*|jwtVerify)$/i.test(name)) && {
    at: calleeAt,
    says: 'decode does not look at the signature: is this token verified anywhere before it decides something?',
  };

export default rule({
  id: 'jwt-decode-as-auth',
  title: 'Token is read but not verified',
  severity: 'warning',
  in: 'audit',
  heading: 5,
  provisions: ['5.1-3', '5.5-5'],
  cwe: [345, 347],
  why: 'decode only unpacks: it believes a token that anyone wrote.',
  attack:
    'Someone on the network takes any token, changes the user in it to the administrator and sends it. The gateway unpacks it, reads "administrator" and obeys.',
  instead:
    'jwt.verify with the key and the algorithms you sign with; decode only to choose the key, or on tokens that were verified before.',

  ts: {
    call: {
      'jsonwebtoken.decode': decoded,
      'jose.decodeJwt': decoded,
      'jwt-decode.jwtDecode': decoded,
    },
  },

  bad: [
    { ts: "import jwt from 'jsonwebtoken'; export const user = (t: string) => jwt.«decode»(t).user;" },
    {
      ts: "const { decode } = require('jsonwebtoken');\nfunction allowed(req) { return «decode»(req.headers.token).role === 'admin'; }",
    },
    { ts: "import { decodeJwt } from 'jose'; export const user = (t: string) => «decodeJwt»(t).sub;" },
  ],
  good: [
    {
      ts: "import { decodeJwt, jwtVerify } from 'jose'; export async function user(t: string) { const { kid } = decodeJwt(t); «guard: await jwtVerify(t, keys[kid]);» return kid; }",
    },
    {
      ts: "import jwt from 'jsonwebtoken'; export function user(t: string) { const kid = jwt.decode(t); «guard: jwt.verify(t, keys[kid], { algorithms: ['ES256'] });» return kid; }",
    },
    { ts: "import jwt from 'jsonwebtoken'; export const user = (t: string) => jwt.verify(t, key);" },
    { ts: "import { decode } from 'cbor'; export const user = (t: Buffer) => decode(t);" },
  ],
});
