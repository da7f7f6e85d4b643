import { rule, type Expr, type Setting } from '../kit/index.js';

/** Formats that their makers publish; each holds enough random characters that nothing else looks like it. */
const FORMATS: readonly { what: string; word: string; form: RegExp }[] = [
  { what: 'AWS access key', word: 'AKIA', form: /(?<![A-Za-z0-9/+])AKIA[A-Z2-7]{16}(?![A-Za-z0-9/+])/ },
  { what: 'Azure shared access key', word: 'SharedAccessKey=', form: /SharedAccessKey=[A-Za-z0-9+/]{42,}=/ },
  {
    what: 'Azure shared access signature',
    word: 'SharedAccessSignature sr=',
    form: /SharedAccessSignature sr=\S+&sig=[A-Za-z0-9%+/]{30,}/,
  },
  { what: 'Azure storage key', word: 'AccountKey=', form: /AccountKey=[A-Za-z0-9+/]{80,}={1,2}/ },
  { what: 'Slack token', word: 'xox', form: /\bxox[bpars]-\d{8,}-[A-Za-z0-9-]{20,}/ },
  { what: 'GitHub token', word: 'ghp_', form: /\bghp_[A-Za-z0-9]{36}\b/ },
  { what: 'Stripe key', word: 'sk_live_', form: /\bsk_live_[A-Za-z0-9]{24,}/ },
  { what: 'OpenAI key', word: 'sk-', form: /\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}/ },
];

/** What documentation shows in the place of a credential. */
const EXAMPLE = /EXAMPLE|example|XXXX|0{8}|1234567890|abcdefgh/;

/** A symmetric key as the service hands it out: 32 or 64 random bytes in base64. */
const SYMMETRIC_KEY = /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/;

export default rule({
  id: 'cloud-credential-in-source',
  title: 'Cloud credential in the source',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [798],
  why: 'The credential of a cloud account that is compiled in opens the account, not one device, for everybody who reads the firmware; bots find those in public repositories within minutes.',
  attack:
    'Someone runs a secret scanner over your update file. With the key they read the data of all your customers, send commands to all devices, or rent computers on your bill.',
  instead:
    'Give each device an identity of its own (X.509 certificate, or a derived key per unit) and let the service hand out short-lived tokens. Revoke a key that has been in a repository: deleting the line does not help.',

  any: {
    literal: FORMATS.map(({ what, word, form }) => ({
      needs: [word],
      judge: (literal: Expr) => {
        const found = form.exec(literal.value ?? '')?.[0];
        return (
          found !== undefined &&
          !EXAMPLE.test(found) && {
            at: literal,
            says: `${/^[AEIO]/.test(what) ? 'an' : 'a'} ${what} stands in the source: it opens your cloud account to everybody who reads the firmware`,
          }
        );
      },
    })),
  },
  ts: {
    setting: {
      'cloud.key': ({ value }: Setting) =>
        value.literal === 'string' &&
        SYMMETRIC_KEY.test(value.value ?? '') &&
        !EXAMPLE.test(value.value ?? '') && {
          at: value,
          says: 'the key with which the device enrols at its cloud stands in the source: whoever reads the firmware enrols as this device',
        },
    },
  },

  bad: [
    {
      c: 'static const char *connection = «"HostName=hub.azure-devices.net;DeviceId=one;SharedAccessKey=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="»;',
    },
    { c: '#define REGION "eu-west-1"\nvoid f(void) { sign(REGION, «"AKIAQ4J7WZ2LTN5VCX3B"», secret); }' },
    {
      ts: "import { SymmetricKeySecurityClient } from 'azure-iot-security-symmetric-key';\nconst key = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=';\nnew SymmetricKeySecurityClient('unit-7', «key»);",
    },
  ],
  good: [
    // Google's keys for web pages are public by design.
    {
      c: 'const char *urls[] = { "https://maps.googleapis.com/maps/api/js?key=AIzaSyD9q3vEjRWeJCrze8SNFZ4kKvN7xI0VniQ" };',
    },
    {
      ts: "import { SymmetricKeySecurityClient } from 'azure-iot-security-symmetric-key';\nnew SymmetricKeySecurityClient('unit-7', process.env.DEVICE_KEY!);\nnew SymmetricKeySecurityClient('unit-7', '<the key from the portal>');",
    },
    {
      ts: "import { SymmetricKeySecurityClient } from './shapes';\nnew SymmetricKeySecurityClient('unit-7', 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=');",
    },
    { c: 'static const char *sample = "AKIAIOSFODNN7EXAMPLE";' },
    {
      c: 'int f(char *out, size_t n, const char *key) { return snprintf(out, n, "HostName=%s;DeviceId=%s;SharedAccessKey=%s", host, id, key); }',
    },
    { c: 'static const char *format = "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=<key>;";' },
    { c: 'static const char blob[] = "ZZAKIAQ4J7WZ2LTN5VCX3BQQ";' },
  ],
});
