import { isRandomText, looksSecretName, rule, type Answer, type Expr, type Option } from '../kit/index.js';

/** Names of keys and tokens; passwords have a rule of their own, and a cache's key is none. */
const KEY =
  /(api|access|auth|encryption|signing|hmac|aes|master|root|app|nwk|network|device|shared|private|secret|link|storage)[-_ ]?(key|token)s?$|secret$|token$/i;
const NOT_ONE =
  /public|pub_?key|csrf|cache|site_?key|recaptcha|captcha|measurement|storage_?(key|token)$|_id$/i;

/** Names a project of Firebase, as its configuration spells it; every page and app that uses the project shows it. */
const isProject = (name: string, value: Expr): boolean =>
  name === 'apiKey' && /^AIza[\w-]{35}$/.test(value.value ?? '');

const SAYS = 'is written in the source: every unit shares it, and whoever reads a copy has it';

function named(name: string): boolean {
  return KEY.test(name) && !NOT_ONE.test(name) && (looksSecretName(name) || !/token$/i.test(name));
}

function random(value: Expr | undefined): boolean {
  return value?.literal === 'string' && value.kind === 'string' && isRandomText(value.value ?? '');
}

/** Sixteen bytes or more that no one counted up. */
function isKeyBytes({ parts }: Expr): boolean {
  if (parts.length < 16 || parts.length > 64) return false;
  const bytes = parts.map((part) => (part.literal === 'number' ? Number(part.value) : NaN));
  if (!bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)) return false;
  const steps = new Set(bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0) + 256) % 256));
  return new Set(bytes).size >= bytes.length / 2 && steps.size > 4;
}

const written = ({ name, value }: Readonly<Record<string, Expr>>): Answer => {
  const called = (name?.kind === 'string' ? name.value : name?.text)?.replace(/^['"#]|['"]$/g, '') ?? '';
  return (
    value !== undefined &&
    named(called) &&
    random(value) &&
    !isProject(called, value) && { at: value, says: `${called} ${SAYS}` }
  );
};

function defined(option: Option): Answer {
  const name = option.name.slice('define:'.length);
  const text = /^"([^"\\]*)"$/.exec(option.value.trim())?.[1] ?? option.value;
  return (
    option.valueAt.end - option.valueAt.start > text.length &&
    named(name) &&
    isRandomText(text) && { at: option.valueAt, says: `${name} ${SAYS}` }
  );
}

export default rule({
  id: 'secret-in-source',
  title: 'Secret in the source',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [798, 321],
  why: 'What is compiled in is in every unit and every copy of the image, and in the history of the repository for good.',
  attack:
    'Someone downloads the update of your product and looks for long texts of letters and digits in it. The key they find opens the service, the radio network or the updates of every unit ever sold.',
  instead:
    'Create the secret on the device at first start, or write one per unit at production, and read it from encrypted NVS, PSA protected storage, a secure element or a file with mode 0600. Replace the one that was published.',

  any: {
    option: {
      'define:*KEY': defined,
      'define:*TOKEN': defined,
      'define:*SECRET': defined,
    },
  },
  c: {
    shape: [
      {
        pattern: `(init_declarator
          declarator: [
            (identifier) @name
            (pointer_declarator declarator: (identifier) @name)
            (array_declarator declarator: (identifier) @name)
          ]
          value: (string_literal) @value
          (#match? @name "([Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET)s?$"))`,
        needs: ['ey', 'KEY', 'oken', 'TOKEN', 'ecret', 'SECRET'],
        judge: written,
      },
      {
        pattern: `(init_declarator
          declarator: (array_declarator declarator: (identifier) @name)
          value: (initializer_list) @value
          (#match? @name "([Kk]ey|KEY|[Ss]ecret|SECRET)$"))`,
        needs: ['ey', 'KEY', 'ecret', 'SECRET'],
        judge: ({ name, value }) =>
          name !== undefined &&
          value !== undefined &&
          named(name.text) &&
          !/^(private|secret|root)_?key$/i.test(name.text) &&
          isKeyBytes(value) && { at: value, says: `${name.text} ${SAYS}` },
      },
    ],
  },
  ts: {
    shape: [
      {
        pattern: `(variable_declarator name: (identifier) @name value: (string) @value
          (#match? @name "([Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET)$"))`,
        needs: ['ey', 'KEY', 'oken', 'TOKEN', 'ecret', 'SECRET'],
        judge: written,
      },
      {
        pattern: `(pair key: [(property_identifier) (string)] @name value: (string) @value
          (#match? @name "([Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET)['\\"]?$"))`,
        needs: ['ey', 'KEY', 'oken', 'TOKEN', 'ecret', 'SECRET'],
        judge: written,
      },
      {
        pattern: `(public_field_definition name: [(property_identifier) (private_property_identifier)] @name value: (string) @value
          (#match? @name "([Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET)$"))`,
        needs: ['ey', 'KEY', 'oken', 'TOKEN', 'ecret', 'SECRET'],
        judge: written,
      },
    ],
  },

  bad: [
    { ts: "const apiKey = «'n4Zr8uQk2Lw6vYt0Hs9dBx3Jc7Pf1MgE'»;" },
    {
      ts: "export const CLOUD = { host: 'a.example', 'access_token': «'9f86d081884c7d659a2feaa0c55ad015'» };",
    },
    { ts: "class Hub { private readonly appSecret = «'bT5.kq8zRw1+Vn3/Xy6pLm9='»; }" },
    { c: 'static const char *api_key = «"n4Zr8uQk2Lw6vYt0Hs9dBx3Jc7Pf1MgE"»;' },
    { c: '#define CLOUD_TOKEN «"9f86d081884c7d659a2feaa0c55ad015"»\nvoid f(void) { join(CLOUD_TOKEN); }' },
    {
      c: 'static const uint8_t app_key[16] = «{ 0x8e, 0x1b, 0x40, 0xd7, 0x5c, 0x92, 0x2f, 0xa3, 0x66, 0x0d, 0xb9, 0xe4, 0x31, 0x7a, 0xc5, 0x18 }»;',
    },
  ],
  good: [
    {
      ts: "export const firebase = { apiKey: 'AIzaSyB7xQ2mW9vT4kLr6nZc1pYd8sHf3GjA0eU', authDomain: 'hub.firebaseapp.com', projectId: 'hub' };",
    },
    {
      ts: "const tokenKey = 'settings.user.accessToken'; const apiKey = 'your-api-key-goes-in-here'; const publicKey = 'n4Zr8uQk2Lw6vYt0Hs9dBx3Jc7Pf1MgE';",
    },
    { ts: "const labels = { apiKey: 'API key of the weather service', secret: 'homeassistant_v2_secret' };" },
    { ts: "const cacheKey = 'd41d8cd98f00b204e9800998ecf8427e'; const apiKey = process.env.API_KEY;" },
    { ts: "const token = 'zwave-js-server-2'; const keyToken = '00112233445566778899aabbccddeeff';" },
    { c: '#define NVS_TOKEN_KEY "tok"\n#define API_KEY CONFIG_API_KEY\nstatic const char *api_key = "";' },
    { c: 'static const uint8_t app_key[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };' },
    { c: 'static const uint8_t device_key[16] = { 0 };\nstatic uint8_t shared_key[] = { LEN, 1, 2 };' },
    {
      c: 'static const uint8_t root_public_key[16] = { 0x8e, 0x1b, 0x40, 0xd7, 0x5c, 0x92, 0x2f, 0xa3, 0x66, 0x0d, 0xb9, 0xe4, 0x31, 0x7a, 0xc5, 0x18 };',
    },
  ],
});
