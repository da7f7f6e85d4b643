import { rule, suggest, type Answer, type Call } from '../kit/index.js';

const ALLOCATE = new Set([
  'malloc',
  'calloc',
  'realloc',
  'strdup',
  'pvPortMalloc',
  'k_malloc',
  'heap_caps_malloc',
  'heap_caps_calloc',
]);
const BYTES = new Set(['char', 'unsigned char', 'signed char', 'uint8_t', 'int8_t', 'u8_t', 'void', 'byte']);

/** An argument that stands where a pointer is asked for is one: as a parameter it never is an array. */
function judge(pointerAt: number, sizeAt: number): (call: Call) => Answer {
  return (call) => {
    const pointer = call.args[pointerAt];
    const size = call.args[sizeAt];
    if (pointer?.kind !== 'name' || size?.kind !== 'sizeof') return;
    const name = pointer.text;
    if (size.text.replace(/^sizeof\s*/, '').replace(/^\(\s*(\w+)\s*\)$/, '$1') !== name) return;
    const parameter = call.inside?.params.includes(name) === true;
    if (!parameter && !ALLOCATE.has(pointer.call?.callee ?? '')) return;
    const type = pointer.thing?.type;
    const whole = type !== undefined && !BYTES.has(type);
    return {
      at: size,
      says: `${size.text} is the size of the pointer ${name}, not of what it points to`,
      ...(whole && { fixes: [suggest(size, `sizeof(*${name})`, 'Take the size of what it points to')] }),
    };
  };
}

export default rule({
  id: 'sizeof-pointer',
  title: 'Size of a pointer taken for the size of its buffer',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [467],
  why: 'A parameter is never an array: its sizeof is 4 or 8, so keys stay half wiped, structs half initialised and limits wrong.',
  attack:
    'The device believes that it has cleared a key or initialised a request, but only the first four bytes were. Someone who later reads memory, through a crash dump or an over-long answer, finds the rest of what was there before.',
  instead: 'sizeof(*pointer) for a struct; for a buffer, hand its size over as a parameter of its own.',

  c: {
    call: {
      memset: judge(0, 2),
      memcpy: judge(0, 2),
      strncpy: judge(0, 2),
      snprintf: judge(0, 1),
      fgets: judge(0, 1),
      recv: judge(1, 2),
      explicit_bzero: judge(0, 1),
      mbedtls_platform_zeroize: judge(0, 1),
    },
  },

  bad: [
    { c: 'void wipe(uint8_t *key) { memset(key, 0, «sizeof(key)»); }' },
    {
      c: 'void init(struct request *r) { memset(r, 0, «sizeof r»); }',
      becomes: 'void init(struct request *r) { memset(r, 0, sizeof(*r)); }',
    },
    { c: 'void name(char out[32]) { snprintf(out, «sizeof(out)», "%s", get_name()); }' },
    {
      c: 'void f(void) { request_t *r = malloc(sizeof(*r)); memset(r, 0, «sizeof(r)»); }',
      becomes: 'void f(void) { request_t *r = malloc(sizeof(*r)); memset(r, 0, sizeof(*r)); }',
    },
  ],
  good: [
    { c: 'void f(void) { char out[32]; memset(out, 0, sizeof(out)); snprintf(out, sizeof out, "x"); }' },
    { c: 'void f(struct request *r) { memset(r, 0, sizeof(*r)); memset(&r, 0, sizeof(r)); }' },
    { c: 'void f(struct request r) { memset(&r, 0, sizeof(r)); }' },
    { c: 'void f(uint8_t *p, uint32_t v) { memcpy(p, &v, sizeof(v)); }' },
  ],
});
