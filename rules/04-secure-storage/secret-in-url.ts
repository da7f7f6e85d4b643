import { isPlaceholder, rule } from '../kit/index.js';

const SCHEMES =
  'mqtt mqtts amqp amqps http https ws wss rtsp rtsps redis rediss ftp ftps postgres postgresql mysql mongodb mongodb+srv influxdb'.split(
    ' ',
  );
const WITH_PASSWORD = /^[a-z+]+:\/\/[^\s/:@]*:([^\s/@]+)@([^\s/:?#]+)/;
/** Words that stand in documentation where a password goes. */
const WORDS = /^(pass|passwd|password|pw|pwd|secret|token|user|guest|key|\W*)$/i;
const SAMPLE_HOST =
  /^(host|hostname|server|address|addr|ip|domain|broker|example|example\.(com|org|net)|<.*|\{.*|\$.*|%.*)$/i;

function password(url: string): string | undefined {
  const [, given = '', host = ''] = WITH_PASSWORD.exec(url) ?? [];
  return given === '' ||
    isPlaceholder(given) ||
    WORDS.test(given) ||
    SAMPLE_HOST.test(host) ||
    /[{}<>$%*]/.test(given)
    ? undefined
    : given;
}

export default rule({
  id: 'secret-in-url',
  title: 'Password inside a URL',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [798, 598],
  why: 'It is the same on every unit that runs this code, and URLs also end up in logs, error messages and proxies.',
  attack:
    'Someone reads the program out of one unit, or an error message in a public bug report that prints the URL. The name and password in it open the service for all units.',
  instead:
    'Give the connection its name and password as options, read from storage of that unit; best is a client certificate for each device.',

  any: {
    literal: [
      {
        // With its quote: an address in a comment is no literal.
        needs: SCHEMES.flatMap((scheme) => ['"', "'", '`'].map((quote) => `${quote}${scheme}://`)),
        judge: (literal) =>
          password(literal.value ?? '') !== undefined && {
            at: literal,
            says: 'the name and password in this URL are the same on every unit, and travel into every log that prints it',
          },
      },
    ],
    option: {
      'env:*': ({ name, value, valueAt }) =>
        password(value) !== undefined && {
          at: valueAt,
          says: `the name and password in ${name.slice('env:'.length)} lie in the repository, the same for every installation`,
        },
    },
  },

  bad: [
    { ts: "import mqtt from 'mqtt'; mqtt.connect(«'mqtts://hub:Tr0mpet-77@broker.example.com:8883'»);" },
    { ts: 'export const DATABASE = «"postgres://app:k9f2LqA@db.internal/metering"»;' },
    { c: 'static const char *camera = «"rtsp://root:camera1@10.0.0.20/stream"»;' },
    {
      files: {
        'compose.yaml':
          'services:\n  hub:\n    environment:\n      DATABASE_URL: «postgres://app:k9f2LqA@db/metering»\n',
      },
    },
  ],
  good: [
    { ts: 'const help = "mqtt://user:password@host:1883";' },
    { ts: 'const url = `mqtts://${user}:${password}@broker.example.com`;' },
    { ts: 'const page = "https://example.com/a:b@c";' },
    { ts: 'const text = "write http://me:there@hub later";' },
    { c: 'static const struct row rows[] = { { "http://user:foo@example.com/path?query", 0 } };' },
    { c: 'const char *format = "mqtt://%s:%s@%s:%d";' },
    {
      files: {
        'hub.env':
          'DATABASE_URL=postgres://app:${DB_PASSWORD}@db/metering\nBROKER=mqtt://user:password@broker\n',
        '.env.example': 'DATABASE_URL=postgres://app:k9f2LqA@db/metering\n',
      },
    },
  ],
});
