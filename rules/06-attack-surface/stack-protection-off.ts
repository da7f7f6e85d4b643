import { rule, type Answer, type Option } from '../kit/index.js';

const says = 'a buffer overflow on the stack goes unnoticed and can redirect the program';

const missing = (option: Option): Answer =>
  option.value === 'n' && {
    at: option,
    says,
    fixes: [{ title: 'Check the stack', edits: [option.set('y')], safe: false }],
  };

export default rule({
  id: 'stack-protection-off',
  title: 'No stack canaries',
  severity: 'info',
  heading: 6,
  provisions: ['5.6-9', '5.6-8'],
  cwe: [693, 121],
  why: 'With a canary in each frame most stack overflows end in a restart instead of in foreign code.',
  attack:
    'Someone finds one parser that copies a packet into a buffer that is too short. Without a canary the overlong packet overwrites the return address and the device jumps to code of the attacker.',
  instead:
    'ESP-IDF: CONFIG_COMPILER_STACK_CHECK_MODE_STRONG=y. Zephyr: CONFIG_STACK_CANARIES=y and CONFIG_HW_STACK_PROTECTION=y.',

  any: {
    option: {
      CONFIG_COMPILER_STACK_CHECK_MODE_NONE: (option) =>
        option.value === 'y' && {
          at: option,
          says,
          fixes: [
            {
              title: 'Check the stack',
              edits: [{ at: option.at, text: 'CONFIG_COMPILER_STACK_CHECK_MODE_STRONG=y' }],
              safe: false,
            },
          ],
        },
      CONFIG_STACK_CANARIES: missing,
      CONFIG_HW_STACK_PROTECTION: missing,
    },
  },

  bad: [
    {
      files: { sdkconfig: '«CONFIG_COMPILER_STACK_CHECK_MODE_NONE=y»\n' },
      becomes: 'CONFIG_COMPILER_STACK_CHECK_MODE_STRONG=y\n',
    },
    { files: { 'prj.conf': '«CONFIG_HW_STACK_PROTECTION=n»\n' }, becomes: 'CONFIG_HW_STACK_PROTECTION=y\n' },
    { files: { 'prj_release.conf': '«# CONFIG_STACK_CANARIES is not set»\n' } },
  ],
  good: [
    {
      files: {
        sdkconfig:
          '# CONFIG_COMPILER_STACK_CHECK_MODE_NONE is not set\nCONFIG_COMPILER_STACK_CHECK_MODE_NORM=y\n',
      },
    },
    { files: { 'prj.conf': 'CONFIG_HW_STACK_PROTECTION=y\nCONFIG_STACK_CANARIES=y\n' } },
    { files: { 'prj.conf': 'CONFIG_MAIN_STACK_SIZE=2048\n' } },
  ],
});
