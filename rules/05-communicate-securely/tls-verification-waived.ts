import { rule, type Answer, type Option } from '../kit/index.js';

const waived = (option: Option, what: string): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} ${what}`,
    fixes: [{ title: 'Verify servers', edits: [option.set('n')], safe: false }],
  };

export default rule({
  id: 'tls-verification-waived',
  title: 'Config waives the check of TLS servers',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295, 297],
  why: 'One line in a config file switches off for the whole product what each connection in the code seems to do right.',
  attack:
    'Someone who shares the network answers in the name of your server with a certificate of their own. The code asks for TLS, but this setting lets any certificate pass, so the device hands over its credentials and obeys what comes back.',
  instead:
    'Leave the option off. For a private CA give its certificate as cert_pem, or add it to the certificate bundle.',

  any: {
    option: {
      CONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY: (option) =>
        waived(option, 'lets TLS clients without a CA talk to any server instead of failing'),
      CONFIG_MBEDTLS_ALLOW_WEAK_CERTIFICATE_VERIFICATION: (option) =>
        waived(option, 'lets the certificate of any other server pass, because its name is not compared'),
      'define:MBEDTLS_SSL_CLI_ALLOW_WEAK_CERTIFICATE_VERIFICATION_WITHOUT_HOSTNAME': (option) => ({
        at: option,
        says: 'this define lets the certificate of any other server pass, because its name is not compared',
      }),
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults': 'CONFIG_ESP_TLS_INSECURE=y\n«CONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY=y»\n',
      },
      becomes: 'CONFIG_ESP_TLS_INSECURE=y\nCONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY=n\n',
    },
    { files: { sdkconfig: '«CONFIG_MBEDTLS_ALLOW_WEAK_CERTIFICATE_VERIFICATION=y»\n' } },
    {
      files: {
        'mbedtls_config.h':
          '#define MBEDTLS_SSL_CLI_ALLOW_WEAK_CERTIFICATE_VERIFICATION_WITHOUT_HOSTNAME «1»\n',
      },
    },
  ],
  good: [
    {
      files: {
        sdkconfig:
          '# CONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY is not set\n# CONFIG_MBEDTLS_ALLOW_WEAK_CERTIFICATE_VERIFICATION is not set\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_ESP_TLS_INSECURE=y\n' } },
    {
      files: {
        'mbedtls_config.h':
          '//#define MBEDTLS_SSL_CLI_ALLOW_WEAK_CERTIFICATE_VERIFICATION_WITHOUT_HOSTNAME\n',
      },
    },
  ],
});
