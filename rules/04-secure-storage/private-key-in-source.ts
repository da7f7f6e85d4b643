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

/** How a private key begins as DER: a version within a sequence (PKCS #1 and #8, SEC 1), or as a PEM's letters. */
function keyBytes(array: Expr): string | undefined {
  const bytes = array.parts
    .slice(0, 32)
    .map(({ literal, value }) => (literal === 'number' ? Number(value) : -1));
  if (array.parts.length < 32 || bytes.includes(-1)) return undefined;
  if (String.fromCharCode(...bytes).startsWith('-----BEGIN'))
    return /^-----BEGIN [A-Z ]*PRIVATE/.test(String.fromCharCode(...bytes)) ? 'PEM' : undefined;
  if (bytes[0] !== 0x30) return undefined;
  const body = bytes[1] === 0x82 ? 4 : bytes[1] === 0x81 ? 3 : 2;
  const [tag, size, version, next, length] = bytes.slice(body);
  if (tag !== 2 || size !== 1) return undefined;
  if (version === 1 && next === 4 && [32, 48, 66].includes(length ?? 0)) return 'EC';
  // A modulus begins with a zero; the algorithm of PKCS #8 is an identifier.
  if (version === 0 && next === 2 && (length === 0x82 || length === 0x81)) return 'RSA';
  if (version === 0 && next === 0x30 && bytes[body + 5] === 6) return 'PKCS #8';
  return undefined;
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

  c: {
    shape: [
      {
        pattern: '(init_declarator value: (initializer_list) @bytes)',
        needs: ['0x30', '0x2d, 0x2d', '0x2D, 0x2D', '0x2d,0x2d', '0x2D,0x2D'],
        judge: ({ bytes }) => {
          const format = bytes && keyBytes(bytes);
          return (
            bytes !== undefined &&
            format !== undefined && {
              at: bytes,
              says: `these bytes are a private key (${format}): whoever reads the firmware or the repository can pose as its owner`,
            }
          );
        },
      },
    ],
  },
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
    {
      c: 'static const unsigned char device_key_der[] = «{ 0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20, 0xb, 0x30, 0x55, 0x7a, 0x9f, 0xc4, 0xe9, 0xe, 0x33, 0x58, 0x7d, 0xa2, 0xc7, 0xec, 0x11, 0x36, 0x5b, 0x80, 0xa5, 0xca, 0xef, 0x14, 0x39, 0x5e, 0x83, 0xa8, 0xcd, 0xf2, 0x17, 0x3c, 0x61, 0x86, 0xa0, 0x0a }»;',
    },
    {
      c: 'unsigned char client_key[] = «{ 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x42, 0x45, 0x47, 0x49, 0x4e, 0x20, 0x52, 0x53, 0x41, 0x20, 0x50, 0x52, 0x49, 0x56, 0x41, 0x54, 0x45, 0x20, 0x4b, 0x45, 0x59, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0xa, 0x4d, 0x49, 0x49, 0x45, 0x6f, 0x77, 0x49, 0x42 }»;',
    },
    {
      ts: String.raw`export const key = «"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBExampleExampleExampleExampleExampleExampleExample\n-----END RSA PRIVATE KEY-----"»;`,
    },
    {
      ts: "import { device } from 'aws-iot-device-sdk'; device({ privateKey: Buffer.from(«`-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----`»), host });",
    },
  ],
  good: [
    {
      c: 'static const unsigned char signer[] = { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0xb, 0x30, 0x55, 0x7a, 0x9f, 0xc4, 0xe9, 0xe, 0x33, 0x58, 0x7d, 0xa2, 0xc7, 0xec, 0x11, 0x36, 0x5b, 0x80, 0xa5, 0xca, 0xef, 0x14, 0x39, 0x5e, 0x83, 0xa8, 0xcd, 0xf2, 0x17, 0x3c, 0x61, 0x86 };',
    },
    {
      c: 'static const unsigned char rsa_pub[] = { 0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0xb, 0x30, 0x55, 0x7a, 0x9f, 0xc4, 0xe9, 0xe, 0x33, 0x58, 0x7d, 0xa2, 0xc7, 0xec, 0x11, 0x36, 0x5b, 0x80, 0xa5, 0xca, 0xef, 0x14, 0x39, 0x5e, 0x83, 0xa8, 0xcd, 0xf2, 0x17, 0x3c, 0x61, 0x86 };\nstatic const uint8_t table[] = { 0x30, 2, 1 };',
    },
    {
      ts: "export const isKey = (text: string) => text.startsWith('-----BEGIN PRIVATE KEY-----') || text.includes('-----BEGIN RSA PRIVATE KEY-----');",
    },
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
