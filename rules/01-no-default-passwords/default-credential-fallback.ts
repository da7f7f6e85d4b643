import { isPlaceholder, looksSecretName, rule, type Answer, type Expr } from '../kit/index.js';

/** The environment itself, or a parameter that stands for it and is asked for a name in capitals. */
function isEnvironment(object: Expr | undefined, name: string): boolean {
  if (!object) return false;
  return object.names.includes('process.env') || (object.text === 'env' && /^[A-Z][A-Z0-9_]+$/.test(name));
}

/** `process.env.X` and what stands in for it where it is not set. */
function fallback({ name, object, value }: Readonly<Record<string, Expr>>): Answer {
  const secret = name?.value ?? name?.text ?? '';
  const given = value?.value;
  return (
    isEnvironment(object, secret) &&
    looksSecretName(secret) &&
    value !== undefined &&
    given !== undefined &&
    !isPlaceholder(given) && {
      at: value,
      says: `a unit that is installed without ${secret} starts all the same, with a secret that is printed here`,
    }
  );
}

export default rule({
  id: 'default-credential-fallback',
  title: 'Password that applies where none is set',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.4-3'],
  cwe: [1392, 798],
  why: 'A fallback is a universal default: every installation that forgot the variable shares it, and nothing tells anyone.',
  attack:
    'Someone looks up the default in the source on the web and tries it on every gateway that a search engine for open ports lists. Each one that was set up in a hurry lets them in.',
  instead:
    'Refuse to start without the variable, or make a random value on first start, keep it in a file with mode 0600 and show it once to the owner.',

  ts: {
    shape: [
      {
        pattern: `(binary_expression
          left: (member_expression object: (_) @object property: (property_identifier) @name)
          operator: ["||" "??"]
          right: (string) @value
          (#match? @object "env$"))`,
        needs: ['process.env'],
        judge: fallback,
      },
      {
        pattern: `(binary_expression
          left: (subscript_expression object: (_) @object index: (string) @name)
          operator: ["||" "??"]
          right: (string) @value
          (#match? @object "env$"))`,
        needs: ['process.env'],
        judge: fallback,
      },
      {
        pattern: `(variable_declarator
          name: (object_pattern
            (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name right: (string) @value))
          value: (_) @object
          (#match? @object "env$"))`,
        needs: ['process.env'],
        judge: fallback,
      },
    ],
  },

  bad: [
    {
      ts: "export const load = (env = process.env) => ({ admin: { password: env.ADMIN_PASSWORD || «'admin'» } });",
    },
    { ts: "const password = process.env.ADMIN_PASSWORD || «'admin'»;" },
    { ts: 'export const options = { secret: process.env["JWT_SECRET"] ?? «"changeme"» };' },
    { ts: "const env = process.env;\nconst login = { user: 'hub', pass: env.MQTT_PASS || «'hub'» };" },
    { ts: "const { PORT = '80', API_TOKEN = «'letmein'» } = process.env;" },
  ],
  good: [
    { ts: "const password = process.env.ADMIN_PASSWORD || '';" },
    { ts: "const user = process.env.ADMIN_USER || 'admin';" },
    { ts: "const file = process.env.PASSWORD_FILE ?? '/run/secrets/admin';" },
    { ts: "const policy = process.env.TOKEN_TYPE || 'Bearer';" },
    { ts: "const theme = settings.env.PASSWORD || 'dots';" },
  ],
});
