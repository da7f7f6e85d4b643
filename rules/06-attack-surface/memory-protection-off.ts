import { rule, type Answer, type Option } from '../kit/index.js';

/** A first bootloader runs before any input from outside and has no room for regions. */
const isBootloader = ({ at }: Option): boolean => /(^|\/)(b0|mcuboot|bootloader)(\/|\.conf$)/.test(at.file);

const judge = (option: Option): Answer =>
  option.value === 'n' &&
  !isBootloader(option) && {
    at: option,
    says: `without ${option.name.replace(/^CONFIG_/, '')} data can be run as code and code can be overwritten`,
    fixes: [{ title: 'Enforce memory protection', edits: [option.set('y')], safe: false }],
  };

export default rule({
  id: 'memory-protection-off',
  title: 'Hardware memory protection unused',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-8'],
  cwe: [693, 1260],
  why: 'The chip can forbid to run data and to write code; switched off, each overflow is one step from foreign code.',
  attack:
    'Someone sends a packet that overflows a buffer and carries its own machine code. As no memory is marked as data only, the processor runs the packet.',
  instead: 'Leave the protection on (it is the default) and mark the few regions that need more rights.',

  any: {
    option: {
      CONFIG_ESP_SYSTEM_MEMPROT: judge,
      CONFIG_ESP_SYSTEM_MEMPROT_FEATURE: judge,
      CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT: judge,
      CONFIG_ARM_MPU: judge,
      CONFIG_RISCV_PMP: judge,
    },
  },

  bad: [
    {
      files: { 'sdkconfig.defaults': '«CONFIG_ESP_SYSTEM_MEMPROT_FEATURE=n»\n' },
      becomes: 'CONFIG_ESP_SYSTEM_MEMPROT_FEATURE=y\n',
    },
    { files: { 'prj.conf': 'CONFIG_NETWORKING=y\n«CONFIG_ARM_MPU=n»\n' } },
    { files: { sdkconfig: '«# CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT is not set»\n' } },
  ],
  good: [
    { files: { 'sysbuild/b0/prj.conf': 'CONFIG_ARM_MPU=n\n' } },
    {
      files: { sdkconfig: 'CONFIG_ESP_SYSTEM_MEMPROT_FEATURE=y\nCONFIG_ESP_SYSTEM_MEMPROT_FEATURE_LOCK=y\n' },
    },
    { files: { 'prj.conf': 'CONFIG_ARM_MPU=y\n' } },
    { files: { 'prj.conf': 'CONFIG_MPU_ALLOW_FLASH_WRITE=n\n' } },
  ],
});
