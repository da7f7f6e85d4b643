import { rule } from '../kit/index.js';

export default rule({
  id: 'cert-expiry-unchecked',
  title: 'Expired certificates are accepted',
  severity: 'info',
  in: 'strict',
  heading: 5,
  provisions: ['5.5-1'],
  cwe: [298],
  why: 'Without the date check a certificate counts for ever, so a key that leaked years ago still opens every connection.',
  attack:
    'Someone obtains an old server key, from a discarded disk or a forgotten backup. Its certificate ran out long ago and browsers refuse it, but the device never looks at the date and connects.',
  instead:
    'Set CONFIG_MBEDTLS_HAVE_TIME_DATE=y and set the clock (SNTP, RTC) before the first TLS connection. wolfSSL: leave NO_ASN_TIME out, or give a clock of your own with USER_TIME.',

  any: {
    option: {
      'define:NO_ASN_TIME': (option) => ({
        at: option,
        says: 'wolfSSL is built without dates: a certificate that ran out years ago is accepted',
      }),
      CONFIG_MBEDTLS_HAVE_TIME_DATE: (option) =>
        option.value === 'n'
          ? {
              at: option,
              says: 'the dates of certificates are not checked: one that ran out years ago is accepted',
              fixes: [{ title: 'Check the dates of certificates', edits: [option.set('y')], safe: false }],
            }
          : { at: option, shows: 'The dates of certificates are checked', provision: '5.5-1' },
    },
  },

  bad: [
    {
      files: { sdkconfig: 'CONFIG_MBEDTLS_HAVE_TIME=y\n«# CONFIG_MBEDTLS_HAVE_TIME_DATE is not set»\n' },
      becomes: 'CONFIG_MBEDTLS_HAVE_TIME=y\nCONFIG_MBEDTLS_HAVE_TIME_DATE=y\n',
    },
    { files: { 'sdkconfig.defaults': '«CONFIG_MBEDTLS_HAVE_TIME_DATE=n»\n' } },
    { files: { 'user_settings.h': '#define NO_ASN_TIME «1»\n' } },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_MBEDTLS_HAVE_TIME_DATE=y\n' }, shows: '5.5-1' },
    { files: { 'user_settings.h': '//#define NO_ASN_TIME\n#define NO_OLD_TLS\n' } },
    { files: { sdkconfig: 'CONFIG_MBEDTLS_HAVE_TIME=y\n' } },
    {
      files: {
        'prj.conf': '# the clock is set before CONFIG_MBEDTLS_HAVE_TIME_DATE matters\nCONFIG_SNTP=y\n',
      },
    },
  ],
});
