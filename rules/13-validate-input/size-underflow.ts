import { rule } from '../kit/index.js';

// Audit: of ten findings read in Mosquitto five were right; that a text is not empty is often known elsewhere.
export default rule({
  id: 'size-underflow',
  title: 'Length less a header, without a minimum',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [191, 125, 787],
  why: 'A length that is smaller than what is taken away from it becomes negative, and as a size that is almost all of memory.',
  attack:
    'Someone sends a frame of two bytes where the header alone has four. The device subtracts, gets minus two, and copies four gigabytes less two bytes: it crashes, each time the frame is sent.',
  instead: 'Ask for the minimum first: if (len < sizeof(struct header)) return.',

  c: {
    state: {
      'size-underflow': ({ at, text, by, role, from, path }) =>
        path.length > 0 && {
          at,
          says: `${text} falls below zero ${from === undefined ? 'for an empty text' : `when what comes from ${from} is small`}, and is ${role ?? 'a size'}${by === '' ? '' : ` of ${by}`}`,
          path,
        },
    },
  },

  bad: [
    {
      c: `void on_packet(int s, char *out) {
  uint8_t f[64]; recv(s, f, sizeof f, 0);
  uint8_t len = f[0];
  if (len > sizeof f) return;
  memcpy(out, f + 4, «len - 4»);
}`,
    },
    { c: 'void chomp(char *s) { if (s[«strlen(s) - 1»] == 10) free(s); }' },
    {
      c: `static int last[64];
int on_packet(int s) { uint8_t n; recv(s, &n, 1, 0); if (n > 64) return 0; return last[«n - 1»]; }`,
    },
  ],
  good: [
    {
      c: `void on_packet(int s, char *out) {
  uint8_t f[64]; recv(s, f, sizeof f, 0);
  uint8_t len = f[0];
  if (len > sizeof f) return;
  «guard: if (len < 4) return;»
  memcpy(out, f + 4, len - 4);
}`,
    },
    {
      c: `static int last[64];
int on_packet(int s) { uint8_t n; recv(s, &n, 1, 0); «guard: if (n == 0) return 0;» if (n > 64) return 0; return last[n - 1]; }`,
    },
    {
      c: 'void f(int s, char *out) { uint8_t b[64]; int n = recv(s, b, 64, 0); if (n < 4) return; memcpy(out, b + 4, n - 4); }',
    },
    {
      c: 'void chomp(char *s) { size_t n = strlen(s); «guard: if (n == 0) return;» if (s[n - 1] == 10) free(s); }',
    },
    { c: 'void chomp(char *s) { if (*s && s[strlen(s) - 1] == 10) free(s); }' },
    { c: 'void f(char *out, const char *in, size_t n) { memcpy(out, in, n - 4); }' },
  ],
});
