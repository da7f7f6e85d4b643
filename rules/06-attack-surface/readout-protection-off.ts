import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'readout-protection-off',
  title: 'Flash readout is allowed',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-4A', '5.4-1'],
  cwe: [1191],
  why: 'At level 0 a debug probe reads the whole flash: the program and every key and password in it.',
  attack:
    'Someone buys one unit, clips a debug probe to the test pads, and copies the flash in a minute. They have the firmware to search for holes and the keys stored in it, which may open all other units.',
  instead:
    'Program level 1 in production, or level 2 where no return to debugging is ever needed. Do it at first start, after the self-test, and never go back to level 0 in the field.',

  c: {
    setting: {
      'debug.access': ({ value, means, spelling }) => {
        const on = spelling('on');
        return means === 'open'
          ? {
              at: value,
              says: `${value.text} lets anybody with a debug probe read the whole flash`,
              ...(on !== undefined && { fixes: [suggest(value, on, 'Forbid readout')] }),
            }
          : means === 'on' && { at: value, shows: 'Readout of the flash is forbidden', provision: '5.6-4A' };
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { FLASH_OBProgramInitTypeDef ob = { .OptionType = OPTIONBYTE_RDP, .RDPLevel = «OB_RDP_LEVEL_0» }; HAL_FLASHEx_OBProgram(&ob); }',
      becomes:
        'void f(void) { FLASH_OBProgramInitTypeDef ob = { .OptionType = OPTIONBYTE_RDP, .RDPLevel = OB_RDP_LEVEL_1 }; HAL_FLASHEx_OBProgram(&ob); }',
    },
    {
      c: '#define PROTECTION OB_RDP_LEVEL_0\nvoid f(void) { FLASH_OBProgramInitTypeDef ob = {0}; ob.OptionType = OPTIONBYTE_RDP; ob.RDPLevel = «PROTECTION»; HAL_FLASHEx_OBProgram(&ob); }',
    },
  ],
  good: [
    {
      c: 'void f(void) { FLASH_OBProgramInitTypeDef ob = {0}; ob.OptionType = OPTIONBYTE_RDP; ob.RDPLevel = OB_RDP_LEVEL_1; HAL_FLASHEx_OBProgram(&ob); }',
      shows: '5.6-4A',
    },
    {
      c: 'bool f(void) { FLASH_OBProgramInitTypeDef ob; HAL_FLASHEx_OBGetConfig(&ob); return ob.RDPLevel == OB_RDP_LEVEL_0; }',
    },
    { c: 'void f(void) { struct report r = { .RDPLevel = OB_RDP_LEVEL_0 }; send(&r); }' },
  ],
});
