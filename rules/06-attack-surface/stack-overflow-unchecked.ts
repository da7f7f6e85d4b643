import { rule } from '../kit/index.js';

export default rule({
  id: 'stack-overflow-unchecked',
  title: 'Task stacks are not watched',
  severity: 'info',
  heading: 6,
  provisions: ['5.6-9', '5.9-1'],
  cwe: [693, 121],
  why: 'A task that outgrows its stack writes into the memory of its neighbours; with the check the system restarts instead.',
  attack:
    'Someone sends deeply nested JSON or a long certificate chain until the parsing task runs over the end of its stack. It overwrites the data of another task, and with patience they choose what is written there.',
  instead:
    'FreeRTOS: set configCHECK_FOR_STACK_OVERFLOW to 2 and let vApplicationStackOverflowHook restart the device.',

  any: {
    option: {
      'define:configCHECK_FOR_STACK_OVERFLOW': (option) =>
        option.at.file.endsWith('FreeRTOSConfig.h') &&
        /^\(?\s*0\s*\)?$/.test(option.value) && {
          at: option,
          says: 'FreeRTOS does not notice when a task runs over the end of its stack',
          fixes: [{ title: 'Check task stacks', edits: [option.set('2')], safe: false }],
        },
      CONFIG_FREERTOS_CHECK_STACKOVERFLOW_NONE: (option) =>
        option.value === 'y' && {
          at: option,
          says: 'FreeRTOS does not notice when a task runs over the end of its stack',
          fixes: [
            {
              title: 'Check task stacks',
              edits: [{ at: option.at, text: 'CONFIG_FREERTOS_CHECK_STACKOVERFLOW_CANARY=y' }],
              safe: false,
            },
          ],
        },
    },
  },

  bad: [
    {
      files: {
        'FreeRTOSConfig.h': '#define configUSE_PREEMPTION 1\n#define configCHECK_FOR_STACK_OVERFLOW «0»\n',
      },
      becomes: '#define configUSE_PREEMPTION 1\n#define configCHECK_FOR_STACK_OVERFLOW 2\n',
    },
    { files: { 'FreeRTOSConfig.h': '#define configCHECK_FOR_STACK_OVERFLOW «( 0 )» /* saves time */\n' } },
    {
      files: { 'sdkconfig.defaults': '«CONFIG_FREERTOS_CHECK_STACKOVERFLOW_NONE=y»\n' },
      becomes: 'CONFIG_FREERTOS_CHECK_STACKOVERFLOW_CANARY=y\n',
    },
  ],
  good: [
    {
      files: {
        'FreeRTOS.h':
          '#ifndef configCHECK_FOR_STACK_OVERFLOW\n#define configCHECK_FOR_STACK_OVERFLOW 0\n#endif\n',
      },
    },
    { files: { 'FreeRTOSConfig.h': '#define configCHECK_FOR_STACK_OVERFLOW 2\n' } },
    { files: { sdkconfig: '# CONFIG_FREERTOS_CHECK_STACKOVERFLOW_NONE is not set\n' } },
    {
      files: {
        'FreeRTOSConfig.h':
          '/* configCHECK_FOR_STACK_OVERFLOW 0 would hide overflows */\n#define configCHECK_FOR_STACK_OVERFLOW DEBUG_LEVEL\n',
      },
    },
  ],
});
