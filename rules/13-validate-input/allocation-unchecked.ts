import { rule } from '../kit/index.js';

export default rule({
  id: 'allocation-unchecked',
  title: 'Memory is used without a look whether there was any',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [690, 252, 476],
  why: 'When memory runs out the allocation gives NULL, and address zero is no harmless place: many chips have memory or the vector table there, others stop.',
  attack:
    'Someone opens connections until the device is short of memory, then sends one more message. The allocation for it fails, the device writes through NULL, and it restarts or runs on with its interrupt table overwritten, as often as the attacker likes.',
  instead: 'Compare with NULL right after the allocation and give the message up: if (!p) return ENOMEM.',

  c: {
    state: {
      'unchecked-allocation': (event) =>
        event.sure && {
          at: event,
          says: `${event.text} is used although ${event.by} gives NULL when memory runs out`,
          path: [...event.path, { at: event.at, says: 'is used' }],
        },
    },
  },

  bad: [
    { c: 'void f(int n) { char *p = malloc(n); «p[0]» = 0; keep(p); }' },
    { c: 'struct s *f(void) { struct s *s = calloc(1, sizeof *s); «s»->n = 1; return s; }' },
    {
      c: 'void f(const char *in, size_t n) { char *copy = pvPortMalloc(n); memcpy(«copy», in, n); keep(copy); }',
    },
    {
      c: `static struct s *fresh(void) { return k_malloc(sizeof(struct s)); }
void f(void) { struct s *s = fresh(); «s»->n = 1; keep(s); }`,
    },
  ],
  good: [
    { c: 'void f(int n) { char *p = malloc(n); «guard: if (!p) return;» p[0] = 0; keep(p); }' },
    { c: 'void f(int n) { char *p; if ((p = malloc(n)) == NULL) return; p[0] = 0; keep(p); }' },
    { c: 'void f(int n) { char *p = malloc(n); assert(p); p[0] = 0; keep(p); }' },
    {
      c: 'void f(int n) { char *p = malloc(n); if (!p) { CU_FAIL_FATAL("out of memory"); } p[0] = 0; keep(p); }',
    },
    { c: 'void f(int n) { char *p = malloc(n); free(p); }' },
    {
      c: `void f(struct s *s, int n) {
  int rc = 0;
  if (!s->p) { s->p = malloc(n); if (!s->p) rc = -1; }
  struct answer *a = malloc(4);
  if (a) { a->rc = rc; free(a); } else rc = -1;
  if (rc) return;
  s->p[0] = 0;
}`,
    },
    {
      c: `int f(struct s *s) {
  bool ok = (s->a = malloc(4)) && (s->b = malloc(4)) &&
#if MORE
            (s->c = malloc(4)) &&
#endif
            (s->d = malloc(4));
  if (!ok) return -1;
  s->a[0] = s->b[0] = s->d[0] = 0;
  return 0;
}`,
    },
    { c: 'char *f(int n) { char *p = malloc(n); return p ? strcpy(p, "x") : NULL; }' },
    {
      c: `static void *must(size_t n) { void *p = malloc(n); if (!p) abort(); return p; }
void f(void) { char *p = must(4); p[0] = 1; keep(p); }`,
    },
  ],
});
