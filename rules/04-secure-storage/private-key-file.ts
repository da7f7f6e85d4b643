import { rule } from '../kit/index.js';

/** A whole block. Put together, so that whoever packs this finds no key in the package. */
function pem(kind: string): string {
  const body = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgExampleExampleEx';
  return ['-----BEGIN', `${kind}-----\n${body}\n-----END`, `${kind}-----\n`].join(' ');
}

export default rule({
  id: 'private-key-file',
  title: 'Private key among the sources',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.4-4'],
  cwe: [540, 321],
  why: 'A private key in the repository is in every clone and, once it is embedded or signs, in every unit; taking the file out later leaves it in the history.',
  attack:
    'Someone clones the public repository, or works for a supplier who was given it. With the signing key they make firmware that every device of the line accepts; with a TLS key they pose as the device or as its server.',
  instead:
    'Sign on a build server or a hardware token (espsecure with an HSM, imgtool with a remote signer), make device keys on the device, and let .gitignore name keys for development. What was published once has to be replaced.',

  any: {
    option: {
      'key-file:private': (option) => ({
        at: option,
        says: 'a private key in clear lies among the sources: everybody who sees the repository has it',
      }),
    },
  },

  bad: [
    {
      files: {
        'main/CMakeLists.txt': 'idf_component_register(SRCS "main.c" EMBED_TXTFILES certs/client.key)\n',
        'main/certs/client.key':
          '-----BEGIN «EC PRIVATE KEY»-----\nMHcCAQEEIExampleExampleExampleExampleExampleExampleoAoGCCqGSM49\n-----END EC PRIVATE KEY-----\n',
      },
    },
    {
      files: {
        'secure_boot_signing_key.pem':
          '-----BEGIN «PRIVATE KEY»-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgExampleExampleEx\n-----END PRIVATE KEY-----\n',
      },
    },
  ],
  good: [
    {
      files: {
        'certs/ca.pem':
          '-----BEGIN CERTIFICATE-----\nMIIBExampleExampleExampleExampleExample\n-----END CERTIFICATE-----\n',
        'certs/signer_pub.pem':
          '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n',
      },
    },
    {
      files: {
        'signing.pem': pem('ENCRYPTED PRIVATE KEY'),
        'old.key':
          '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nMIGHAgEAMBMGByqGSM49\n-----END RSA PRIVATE KEY-----\n',
      },
    },
    {
      files: {
        '.gitignore': '*.pem\n',
        'dev.pem': pem('PRIVATE KEY'),
      },
    },
    { files: { 'help.pem': '-----BEGIN PRIVATE KEY-----\n<paste it here>\n-----END PRIVATE KEY-----\n' } },
  ],
});
