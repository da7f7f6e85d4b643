import { rule, suggest, type Answer, type Expr } from '../kit/index.js';

const BYTES = /\b(char|u?int8_t|u8_t|void|byte)\b/;
const ALLOCATE = /^(malloc|calloc|pvPortMalloc|k_malloc|heap_caps_(m|c)alloc|os_malloc)$/;
/** `p = malloc(sizeof(p))`: whatever `p` points to, room for a pointer is not room for it. */
const ALLOCATED =
  '(call_expression function: (identifier) @callee arguments: (argument_list (sizeof_expression) @size))';

const judge = ({ target, callee, size }: Readonly<Record<string, Expr>>): Answer =>
  target &&
  callee &&
  size &&
  ALLOCATE.test(callee.text) &&
  size.text.replace(/^sizeof\s*/, '').replace(/^\(\s*(\w+)\s*\)$/, '$1') === target.text && {
    at: size,
    says: `${size.text} is the size of the pointer ${target.text}, not of what it points to`,
    fixes: [suggest(size, `sizeof(*${target.text})`, 'Take the size of what it points to')],
  };

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
    state: {
      'pointer-size': ({ at, text, role = '' }) => {
        const [, pointer = text] = /^sizeof\((\w+)\)$/.exec(text) ?? [];
        return {
          at,
          says: `${text} is computed from the size of a pointer (${role}), not of what it points to`,
          ...(pointer !== text &&
            !BYTES.test(role) && {
              fixes: [suggest({ at }, `sizeof(*${pointer})`, 'Take the size of what it points to')],
            }),
        };
      },
    },
    shape: [
      `(assignment_expression left: (identifier) @target right: [${ALLOCATED} (cast_expression value: ${ALLOCATED})])`,
      `(init_declarator declarator: (pointer_declarator declarator: (identifier) @target) value: [${ALLOCATED} (cast_expression value: ${ALLOCATED})])`,
    ].map((pattern) => ({ pattern, needs: ['alloc'], judge })),
  },

  bad: [
    { c: 'size_t room(char *text) { size_t n; memset(text, 0, 8); n = «sizeof(text)»; return n; }' },
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
    { c: 'void f(struct request *r) { memset(r, 0, sizeof(«guard: *»r)); }' },
    { c: 'void f(void) { char out[32]; memset(out, 0, sizeof(out)); snprintf(out, sizeof out, "x"); }' },
    { c: 'void f(struct request *r) { memset(r, 0, sizeof(*r)); memset(&r, 0, sizeof(r)); }' },
    { c: 'void f(struct request r) { memset(&r, 0, sizeof(r)); }' },
    { c: 'void f(uint8_t *p, uint32_t v) { memcpy(p, &v, sizeof(v)); }' },
    {
      c: '#if APP_CORE\nstatic struct slot slots[4];\n#else\nstatic struct slot *slots;\n#endif\nvoid reset(void) { memset(slots, 0, sizeof(slots)); }',
    },
  ],
});
