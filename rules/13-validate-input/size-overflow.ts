import { rule } from '../kit/index.js';

// Audit: most counts cannot grow so far, by ways that no code at hand shows. What comes from outside is not spoken of
// here where `allocation-size-unchecked` does.
export default rule({
  id: 'size-overflow',
  title: 'Size is computed without a look whether it fits',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [190, 131],
  why: 'A count times a size, or plus a constant, starts again from zero when it no longer fits: the memory is small, and the loop that fills it is long.',
  attack:
    'Someone makes the device expect 268,435,457 entries of sixteen bytes each. In 32 bits their size is sixteen: the allocation succeeds, and the second entry already overwrites what belongs to somebody else.',
  instead:
    'Bound the count first (if (n > MAX_ITEMS) return), or calloc(n, size), which checks the product itself.',

  c: {
    state: {
      'size-overflow': ({ at, text, by, role, path }) => ({
        at,
        says: `${text} may wrap: nothing bounds what it is computed from, and it is ${role ?? 'a size'} of ${by}`,
        path,
      }),
    },
  },

  bad: [
    { c: 'void *table(uint32_t n) { return malloc(«n * sizeof(struct row)»); }' },
    { c: 'char *room(size_t n) { char *p = malloc(«n + 1»); return p; }' },
    { c: 'void grow(struct list *l, unsigned more) { l->at = realloc(l->at, «(l->used + more) * 8»); }' },
  ],
  good: [
    {
      c: 'void *table(uint32_t n) { «guard: if (n > 100) return NULL;» return malloc(n * sizeof(struct row)); }',
    },
    {
      c: 'void *table(size_t n) { «guard: if (n > SIZE_MAX / sizeof(struct row)) return NULL;» return malloc(n * sizeof(struct row)); }',
    },
    { c: 'void *table(uint8_t n) { return malloc(n * 16); }' },
    { c: 'void *table(size_t n) { return calloc(n, sizeof(struct row)); }' },
    { c: 'char *copy(const char *s) { return malloc(strlen(s) + 1); }' },
  ],
});
