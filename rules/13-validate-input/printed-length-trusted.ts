import { rule } from '../kit/index.js';

export default rule({
  id: 'printed-length-trusted',
  title: 'What snprintf wanted to write is taken for what it wrote',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [787, 125],
  why: 'snprintf and strlcpy give back how long the whole text is, not how much of it fitted: the number may lie far behind the end of the buffer.',
  attack:
    'Someone names a device with two hundred letters where the line has room for sixty-four. The line is cut as it should be, but the length that comes back is two hundred, and the device sends two hundred bytes of its memory, or puts the next character behind the end of the buffer.',
  instead:
    'Ask first: if (n < 0 || (size_t)n >= sizeof buf) the text was cut. Zephyr and Linux have scnprintf, which gives what was written.',

  c: {
    flow: {
      from: ['a printed length'],
      to: [
        'a copy length',
        'a read length',
        'a source length',
        'an index',
        'pointer arithmetic',
        'a difference',
      ],
      says: (_, { text, role }) =>
        `${text} is ${role}, but it is how long the text would have been, not how much of it was written`,
    },
  },

  bad: [
    {
      c: 'void f(char *b, size_t size, const char *name) { int n = snprintf(b, size, "%s", name); while (more()) n++; b[«n»] = 10; }',
    },
    {
      c: 'void f(char *b, size_t size, const char *name) { int n = snprintf(b, size, "%s", name); b[«n»] = 10; }',
    },
    {
      c: 'void f(const char *name, const char *host) { char b[64]; int n = snprintf(b, 64, "%s", name); snprintf(b + 8, «64 - n», "@%s", host); use(b); }',
    },
    {
      c: 'char *f(const char *name) { char b[64]; int n = snprintf(b, 64, "%s", name); char *p = malloc(n + 1); if (p) memcpy(p, b, «n + 1»); return p; }',
    },
    {
      c: 'int f(const char *name) { char b[64]; int n = snprintf(b, 64, "%s", name); char *end = &b[«n»]; return end - b; }',
    },
    {
      c: 'void f(char *out, const char *name) { char line[64]; int n = snprintf(line, sizeof line, "name=%s", name); memcpy(out, line, «n»); }',
    },
    {
      c: 'void f(const char *user, const char *host) { char b[64], *p = b; p += «snprintf(p, 64, "%s", user)»; snprintf(p, 8, "@%s", host); }',
    },
    {
      c: 'void f(const char *name) { char b[32]; size_t n = strlcpy(b, name, sizeof b); b[«n»] = 10; use(b); }',
    },
    {
      c: 'static int label(char *b, size_t size, const char *name) { return snprintf(b, size, "%s:", name); }\nvoid f(int s, const char *name) { char b[32]; int n = label(b, sizeof b, name); b[«n»] = 0; send(s, b, 4, 0); }',
    },
  ],
  good: [
    {
      c: 'void f(char *b, size_t size, const char *name) { int n = snprintf(b, size, "%s", name); «guard: if (n >= (int)size) return;» b[n] = 10; }',
    },
    {
      c: 'void f(const char *name, const char *host) { char b[64]; int n = snprintf(b, 64, "%s", name); «guard: if (n >= 64) return;» snprintf(b + 8, 64 - n, "@%s", host); use(b); }',
    },
    {
      c: 'void f(char *out, const char *name) { char line[64]; int n = snprintf(line, sizeof line, "name=%s", name); «guard: if (n < 0 || n >= (int)sizeof line) return;» memcpy(out, line, n); }',
    },
    {
      c: 'void f(char *out, const char *name) { char line[64]; size_t n = snprintf(line, sizeof line, "%s", name); «guard: if (n > 63) n = 63;» memcpy(out, line, n); }',
    },
    {
      c: 'void f(char *out, int v) { char line[64]; int n = snprintf(line, sizeof line, "value=%d", v); memcpy(out, line, n); }',
    },
    {
      c: 'void f(const char *name) { int n = snprintf(NULL, 0, "%s", name); char *p = malloc(n + 1); if (p) snprintf(p, n + 1, "%s", name); keep(p); }',
    },
    {
      c: 'void f(char *out, const char *name) { char line[64]; int n = scnprintf(line, sizeof line, "%s", name); memcpy(out, line, n); }',
    },
  ],
});
