import { rule } from '../kit/index.js';

// Audit: of 4 findings read in RIOT none was right: externs and registers behind macros count as local.
export default rule({
  id: 'return-of-stack-address',
  title: 'Function gives back memory of its own stack',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.6-9'],
  cwe: [562],
  why: 'Memory of a function is gone when it returns: the next call writes its own data there, and the caller reads or changes that.',
  attack:
    'Someone sends a name, and the function that picks it out of the packet gives back its own buffer. By the time the caller reads it another function has put a pointer or part of a key there, which the device then shows or sends to the attacker.',
  instead:
    'Let the caller hand over the buffer and its size, or allocate the memory and say who frees it; `static` only where one task calls.',

  c: {
    state: {
      'returned-local': (event) =>
        event.sure && {
          at: event,
          says: `${event.by} is gone as soon as the function returns: the caller gets a pointer into memory that the next call uses`,
        },
    },
  },

  bad: [
    { c: 'char *name_of(const char *packet) { char name[32]; strncpy(name, packet, 31); «return name;» }' },
    { c: 'struct reading *last(void) { struct reading now; memset(&now, 0, sizeof now); «return &now;» }' },
    {
      c: 'char *first_word(const char *in) { char copy[64]; char *p = copy; strncpy(copy, in, 63); while (*p == 0x20) p++; «return p;» }',
    },
    { c: 'char *f(size_t n) { char *p = alloca(n); memset(p, 0, n); «return p;» }' },
  ],
  good: [
    {
      c: 'char *name_of(const char *packet) { «guard: static» char name[32]; strncpy(name, packet, 31); return name; }',
    },
    { c: 'char *name_of(char *name, const char *packet) { strncpy(name, packet, 31); return name; }' },
    {
      c: 'char *name_of(const char *packet) { char name[32]; strncpy(name, packet, 31); return strdup(name); }',
    },
    { c: 'struct point here(void) { struct point p; memset(&p, 0, sizeof p); return p; }' },
    { c: 'char first(const char *in) { char copy[8]; memcpy(copy, in, 8); return copy[0]; }' },
    { c: 'int *field(struct s *s) { memset(s, 0, sizeof *s); return &s->n; }' },
  ],
});
