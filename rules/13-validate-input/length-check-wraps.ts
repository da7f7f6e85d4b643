import { rule } from '../kit/index.js';

export default rule({
  id: 'length-check-wraps',
  title: 'The check of a length can be made to wrap',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [190, 787],
  why: 'offset + length starts again from zero when it no longer fits into its type; the comparison then passes for exactly the values it was meant to stop.',
  attack:
    'Someone sends an offset of 16 and a length of 4,294,967,290. Their sum is ten, far below the limit, and the device copies four billion bytes, or writes just before its buffer.',
  instead: 'Compare without adding: if (offset > limit || length > limit - offset) return.',

  c: {
    state: {
      'check-overflow': ({ at, text, from, path }) => ({
        at,
        says: `${text} is computed from what comes from ${from ?? 'outside'} and may wrap, so that the comparison passes`,
        path,
      }),
    },
  },

  bad: [
    {
      c: `void on_packet(int s, char *out) {
  uint32_t v[2];
  recv(s, v, sizeof v, 0);
  uint32_t off = v[0], len = v[1];
  if («off + len» > 64) return;
  memcpy(out + off, v, len);
}`,
    },
    {
      c: `void on_packet(int s) {
  uint32_t len; recv(s, &len, sizeof len, 0);
  if (64 < «len + 8») return;
  use(len);
}`,
    },
    {
      c: `void on_uart(int p, size_t used) {
  size_t len; uart_read_bytes(p, &len, sizeof len, 10);
  if («used + len» <= 512) use(len);
}`,
    },
  ],
  good: [
    {
      c: `void on_packet(int s, char *out) {
  uint32_t v[2];
  recv(s, v, sizeof v, 0);
  uint32_t off = v[0], len = v[1];
  «guard: if (off > 64 || len > 64) return;»
  if (off + len > 64) return;
  memcpy(out + off, v, len);
}`,
    },
    { c: 'void f(int s) { uint8_t v[2]; recv(s, v, 2, 0); if (v[0] + v[1] > 64) return; use(v); }' },
    { c: 'void f(int s) { uint16_t n; recv(s, &n, 2, 0); if (n + 8 > 64) return; use(n); }' },
    { c: 'int f(size_t off, size_t len) { return off + len > 64; }' },
  ],
});
