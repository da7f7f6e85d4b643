import { rule } from '../kit/index.js';

// Audit: most texts in firmware are short, by ways that no code at hand shows.
export default rule({
  id: 'length-narrowed',
  title: 'Length of a text goes into too small a variable',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [197, 190, 681],
  why: 'A text of 65,540 characters has the length 4 in sixteen bits: what is allocated or checked by it is far smaller than what is copied.',
  attack:
    'Someone sends a name of 65,540 letters. The device keeps the length in sixteen bits, finds four, lets it pass the check, and strcpy copies all of it over the stack.',
  instead: 'Keep lengths in size_t; where a protocol has sixteen bits, compare with UINT16_MAX before.',

  c: {
    state: {
      'narrowed-length': ({ at, text, by, role, path }) => ({
        at,
        says: `${text} is cut to ${role ?? 'fewer bits'}${by === '' ? '' : ` in ${by}`}: of a long text only the rest is left`,
        path,
      }),
    },
  },

  bad: [
    { c: 'int f(const char *s) { short n; n = «strlen(s)»; return n; }' },
    {
      c: 'void f(struct msg *m, const char *s) { uint8_t n = «strlen(s) + 1»; m->text = malloc(n); strcpy(m->text, s); }',
    },
    { c: 'uint16_t f(const char *a, const char *b) { uint16_t n = «strlen(a) + strlen(b)»; return n; }' },
  ],
  good: [
    {
      c: 'int f(const char *s) { «guard: if (strlen(s) > 100) return -1;» short n; n = strlen(s); return n; }',
    },
    { c: 'int f(const char *s) { size_t n = strlen(s); unsigned m = strlen(s); return n + m; }' },
    { c: 'int f(void) { uint8_t n = strlen("thermostat"); return n; }' },
  ],
});
