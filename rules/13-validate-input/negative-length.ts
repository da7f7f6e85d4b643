import { rule } from '../kit/index.js';

export default rule({
  id: 'negative-length',
  title: 'A failed call is taken for a length',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [195, 252, 129],
  why: 'recv, read and their like answer -1 when they fail; as an index that is the byte before the buffer, as a size all of memory.',
  attack:
    'Someone resets the connection in the middle of a message. The receiving call fails with -1, and the device writes the end mark to buffer[-1], or copies four gigabytes: it overwrites a neighbour or crashes, whenever they like.',
  instead: 'Test the result before its first use: if (n < 0) return.',

  c: {
    state: {
      'negative-length': ({ at, text, by, role, path }) => ({
        at,
        says: `${text} may be -1${by === '' ? '' : ` (${by})`} and is used as ${role ?? 'a length'}`,
        path,
      }),
    },
  },

  bad: [
    { c: 'void f(int s) { char b[64]; int n = recv(s, b, sizeof b - 1, 0); b[«n»] = 0; use(b); }' },
    { c: 'void f(int s, char *to) { char b[64]; int n = recv(s, b, sizeof b, 0); memcpy(to, b, «n»); }' },
    {
      c: 'void f(int fd) { char b[64]; ssize_t n = read(fd, b, 63); if (n == 0) return; b[«n»] = 0; use(b); }',
    },
  ],
  good: [
    {
      c: 'void f(int s) { char b[64]; int n = recv(s, b, sizeof b - 1, 0); «guard: if (n < 0) return;» b[n] = 0; use(b); }',
    },
    {
      c: 'void f(int s, char *to) { char b[64]; int n = recv(s, b, sizeof b, 0); if (n > 0) memcpy(to, b, n); }',
    },
    { c: 'void f(int s) { char b[64]; int n = recv(s, b, 63, 0); if (n <= 0) n = 0; b[n] = 0; }' },
    {
      c: 'void f(int s) { char b[64]; for (;;) { int n = recv(s, b, 63, 0); if (n <= 0) break; b[n] = 0; } }',
    },
  ],
});
