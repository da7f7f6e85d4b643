import { looksSecretName, rule, type Answer, type Expr } from '../kit/index.js';

/** Names that mean a value nobody may guess, beyond those of passwords and tokens. */
const UNGUESSABLE =
  /(^|[a-z_])(nonce|salt|otp|sessionId|session_id|pincode|pinCode|Nonce|Salt|Otp|SessionId|Pincode|PinCode)$/;

/** A number of so many digits, such as people type in: `Math.floor(100_000 + Math.random() * 900_000)`. */
const DIGITS =
  /\b1[0_]{3,9}\s*\+\s*Math\.random\(\)\s*\*\s*9[0_]{3,9}\b|Math\.random\(\)\s*\*\s*9[0_]{3,9}\s*\)?\s*\+\s*1[0_]{3,9}\b/;
const isTypedCode = (name: string, value: Expr | undefined): boolean =>
  /(^|[a-z_])code$/i.test(name) && DIGITS.test(value?.text ?? '');

function random(value: Expr | undefined, depth = 0): boolean {
  if (!value || depth > 6) return false;
  const { call } = value;
  if (call)
    return (
      call.callee === 'Math.random' ||
      random(call.receiver, depth + 1) ||
      (/^(Math|String|Number)(\.|$)|#(toString|substr|substring|slice|padStart)$/.test(call.callee) &&
        call.args.some((argument) => random(argument, depth + 1)))
    );
  return /^(template|binary)$/.test(value.kind) && value.parts.some((part) => random(part, depth + 1));
}

function judge({ name, value }: Readonly<Record<string, Expr>>): Answer {
  const called = (name?.value ?? name?.text ?? '').replace(/^.*\./, '');
  return (
    name !== undefined &&
    (looksSecretName(called) || UNGUESSABLE.test(called) || isTypedCode(called, value)) &&
    random(value) && {
      at: value ?? name,
      says: `${called} comes from Math.random, whose next values follow from a few earlier ones`,
    }
  );
}

export default rule({
  id: 'math-random-secret',
  title: 'Secret from Math.random',
  severity: 'error',
  heading: 5,
  provisions: ['5.1-2', '5.5-1'],
  cwe: [338],
  why: 'Math.random is made for games: a few outputs give away its state, and with it all values before and after.',
  attack:
    'Someone asks the gateway for a handful of values that come from the same generator, such as request ids. A published script works out its state from them, and with it the token that the owner was given.',
  instead: "crypto.randomBytes(16).toString('hex'), crypto.randomUUID() or crypto.randomInt(max).",

  ts: {
    shape: [
      {
        pattern: `(variable_declarator name: (identifier) @name value: (_) @value (#match? @value "Math\\\\.random"))`,
        needs: ['Math.random'],
        judge,
      },
      {
        pattern: `(assignment_expression left: [(identifier) (member_expression)] @name right: (_) @value (#match? @value "Math\\\\.random"))`,
        needs: ['Math.random'],
        judge,
      },
      {
        pattern: `(pair key: (_) @name value: (_) @value (#match? @value "Math\\\\.random"))`,
        needs: ['Math.random'],
        judge,
      },
    ],
  },

  bad: [
    { ts: 'const token = «Math.random().toString(36).slice(2)»;' },
    { ts: 'class Setup { begin() { this.pairingPin = «String(Math.floor(Math.random() * 1e6))»; } }' },
    { ts: "save({ user: 'hub', password: «`hub-${Math.random()}`» });" },
    {
      ts: 'export const pairingCode = () => { const code = «Math.floor(100_000 + Math.random() * 900_000).toString()»; return code; };',
    },
  ],
  good: [
    {
      ts: 'const errorCode = Math.floor(Math.random() * 5); const code = codes[Math.floor(Math.random() * 9000)];',
    },
    { ts: "import { randomBytes } from 'node:crypto'; const token = randomBytes(16).toString('hex');" },
    { ts: 'const clientId = `hub-${Math.random().toString(16).slice(2)}`;' },
    { ts: 'const tokenDelay = Math.random() * 1000;' },
    { ts: 'const token = pool[Math.floor(Math.random() * pool.length)] ?? next();' },
  ],
});
