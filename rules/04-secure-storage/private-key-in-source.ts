import { rule, type Expr } from '../kit/index.js';

const BEGIN = /-----BEGIN ((?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----\s*(.*)/s;

/** A whole PEM block: a parser's `"-----BEGIN PRIVATE KEY-----"` alone holds no key. */
function kind(text: string): string | undefined {
  const match = BEGIN.exec(text);
  if (!match) return undefined;
  const body = (match[2] ?? '').replace(/^(?:[A-Za-z-]+:.*\n)+\s*/, '').split('-----')[0] ?? '';
  const bytes = body.replace(/\s/g, '');
  return /^[A-Za-z0-9+/=]{40,}$/.test(bytes) && !/^(.)\1*$/.test(bytes)
    ? (match[1]?.trim() ?? 'PKCS #8')
    : undefined;
}

export default rule({
  id: 'private-key-in-source',
  title: 'Private key in the source',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [321, 798],
  why: 'A private key proves an identity only while nobody else has it; in the source it is in every clone of the repository, every build and every unit.',
  attack:
    'Someone runs a search for the PEM header over your update file or your public repository. With the key they connect as the device, or pose as the server that all devices trust, and the certificate that says so is the real one.',
  instead:
    'Make the key on the device and have only its request signed (a CSR), or write one per unit at production into a secure element, the DS peripheral or encrypted NVS. Revoke the certificate of a key that has been in a repository.',

  any: {
    literal: [
      {
        needs: ['PRIVATE KEY'],
        judge: (literal: Expr) => {
          const format = kind(literal.value ?? '');
          return (
            format !== undefined && {
              at: literal,
              says: `a private key (${format}) stands in the source: whoever reads the firmware or the repository can pose as its owner`,
            }
          );
        },
      },
    ],
  },

  bad: [
    {
      c: String.raw`static const char key[] = «"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIExampleExampleExampleExampleExampleExampleoAoGCCqGSM49\n-----END EC PRIVATE KEY-----\n"»;`,
    },
    {
      c: String.raw`const char *device_key =
  «"-----BEGIN PRIVATE KEY-----\r\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgExampleExampleEx\r\n"
  "-----END PRIVATE KEY-----\r\n"»;`,
    },
  ],
  good: [
    {
      c: String.raw`int is_key(const char *text) { return strstr(text, "-----BEGIN PRIVATE KEY-----") != NULL; }`,
    },
    {
      c: String.raw`static const char ca[] = "-----BEGIN CERTIFICATE-----\nMIIBExampleExampleExampleExampleExampleExampleExampleExample\n-----END CERTIFICATE-----\n";`,
    },
    {
      c: String.raw`static const char help[] = "-----BEGIN PRIVATE KEY-----\n<paste your key here>\n-----END PRIVATE KEY-----\n";`,
    },
    {
      c: String.raw`/* -----BEGIN PRIVATE KEY----- MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg */ extern const char key_pem_start[] asm("_binary_key_pem_start");`,
    },
  ],
});
