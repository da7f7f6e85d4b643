import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'jwt-expiry-ignored',
  title: 'Expired tokens are accepted',
  severity: 'warning',
  heading: 5,
  provisions: ['5.1-3', '5.5-5'],
  cwe: [613],
  why: 'A token that never ends cannot be lost safely: whoever finds an old one is logged in.',
  attack:
    'A resold phone, an old backup or a proxy log still holds a token of last year. Its finder sends it to the gateway and controls the house, although the token ran out long ago.',
  instead: 'Leave ignoreExpiration out and renew tokens with a refresh token that can be revoked.',

  ts: {
    setting: {
      'jwt.expiry': ({ value, means, spelling }) => {
        const on = spelling('on');
        return (
          means === 'off' && {
            at: value,
            says: 'tokens stay good for ever: one that leaked once opens the gateway for all time',
            ...(on !== undefined && { fixes: [suggest(value, on, 'Refuse expired tokens')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { ignoreExpiration: «true» });",
      becomes: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { ignoreExpiration: false });",
    },
    {
      ts: "import { verify, VerifyOptions } from 'jsonwebtoken';\nconst options: VerifyOptions = { algorithms: ['HS256'] };\noptions.ignoreExpiration = «true»;\nverify(token, key, options);",
    },
    {
      ts: "import { Strategy, ExtractJwt } from 'passport-jwt';\nnew Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: key, ignoreExpiration: «true» }, check);",
      becomes:
        "import { Strategy, ExtractJwt } from 'passport-jwt';\nnew Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: key, ignoreExpiration: false }, check);",
    },
  ],
  good: [
    { ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { ignoreExpiration: false });" },
    { ts: "import jwt from 'jsonwebtoken'; jwt.verify(token, key, { ignoreNotBefore: true });" },
    { ts: "import { verify } from './cache'; verify(token, key, { ignoreExpiration: true });" },
  ],
});
