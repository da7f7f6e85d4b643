import { rule, type Answer, type Option } from '../kit/index.js';

const test = (option: Option): Answer =>
  option.value === 'y' && {
    at: option,
    says: `${option.name} lets keys and nonces come from a generator that is not random`,
    fixes: [{ title: 'Require real randomness', edits: [option.set('n')], safe: false }],
  };
const define = (option: Option): Answer => ({
  at: option,
  says: 'this define feeds the random generator with known values: keys and nonces can be worked out',
});

export default rule({
  id: 'test-rng-enabled',
  title: 'Test generator instead of random numbers',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1'],
  cwe: [330, 338],
  why: 'Every key, nonce and token is only as secret as the random numbers it is made of; these options exist for tests without hardware.',
  attack:
    'Someone starts the public firmware in an emulator and sees which "random" numbers come out. The device in the field draws the same ones, so they know its session keys and read or forge its traffic.',
  instead: 'Use the entropy driver of the chip. Keep such options in the config of tests and emulators only.',

  any: {
    option: {
      CONFIG_TEST_RANDOM_GENERATOR: test,
      CONFIG_TIMER_RANDOM_GENERATOR: test,
      CONFIG_TEST_CSPRNG_GENERATOR: test,
      'define:MBEDTLS_TEST_NULL_ENTROPY': define,
      'define:WOLFSSL_GENSEED_FORTEST': define,
    },
  },

  bad: [
    {
      files: { 'prj.conf': 'CONFIG_NETWORKING=y\n«CONFIG_TEST_RANDOM_GENERATOR=y»\n' },
      becomes: 'CONFIG_NETWORKING=y\nCONFIG_TEST_RANDOM_GENERATOR=n\n',
    },
    { files: { 'prj_release.conf': '«CONFIG_TIMER_RANDOM_GENERATOR=y»\n' } },
    { files: { 'user_settings.h': '#define WOLFSSL_GENSEED_FORTEST «1»\n' } },
  ],
  good: [
    { files: { 'prj.conf': 'CONFIG_ENTROPY_GENERATOR=y\n# CONFIG_TEST_RANDOM_GENERATOR is not set\n' } },
    {
      files: {
        'mbedtls_config.h': '//#define MBEDTLS_TEST_NULL_ENTROPY\n#define MBEDTLS_ENTROPY_HARDWARE_ALT\n',
      },
    },
    { files: { 'prj.conf': 'CONFIG_XOSHIRO_RANDOM_GENERATOR=y\n' } },
  ],
});
