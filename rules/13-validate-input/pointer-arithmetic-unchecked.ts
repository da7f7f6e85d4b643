import { rule } from '../kit/index.js';

// Audit: its findings in RIOT and Mynewt have not been read yet.
export default rule({
  id: 'pointer-arithmetic-unchecked',
  title: 'The sender says how far a pointer moves',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [823, 125],
  why: 'A parser that steps over a field by the length that the field states leaves its buffer as soon as the length lies.',
  attack:
    'Someone sends a record whose length says 250 although ten bytes follow. The parser moves its pointer by 250 and takes what lies there, memory that was never sent, for the next record: it answers with it, or writes to it.',
  instead: 'Compare the length with what is left before the step: if (len > end - p) return.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['pointer arithmetic'],
      says: (source, { text }) =>
        `${text} comes from ${source.kind} and moves a pointer, and nothing compares it with what is left of the buffer`,
    },
  },

  bad: [
    {
      c: `void on_packet(int s) {
  uint8_t in[64];
  recv(s, in, sizeof in, 0);
  uint8_t *p = in;
  p += «p[0]»;
  use(*p);
}`,
    },
    {
      c: `static const uint8_t *skip(const uint8_t *p) { uint8_t n = p[1]; p = p + «n»; return p; }
void on_packet(int s) { uint8_t in[64]; recv(s, in, sizeof in, 0); use(skip(in)); }`,
    },
    {
      c: 'void on_ble(int p) { uint8_t in[32], *at; uart_read_bytes(p, in, 32, 10); unsigned off = in[0] << 8 | in[1]; at = in + «off»; use(at); }',
    },
  ],
  good: [
    {
      c: `void on_packet(int s) {
  uint8_t in[64];
  recv(s, in, sizeof in, 0);
  uint8_t *p = in;
  unsigned n = p[0];
  «guard: if (n > sizeof in) return;»
  p += n;
  use(*p);
}`,
    },
    {
      c: `void parse(int s) {
  uint8_t in[64]; int got = recv(s, in, sizeof in, 0);
  uint8_t *p = in, *end = in + got;
  while (p < end) { uint8_t n = *p++; «guard: if (n > end - p) return;» p += n; }
}`,
    },
    { c: 'void f(int s) { uint8_t in[64]; int n = recv(s, in, 64, 0); uint8_t *p = in; p += n; use(p); }' },
    { c: 'void f(int s) { uint8_t in[300], *p = in; recv(s, in, 64, 0); p += in[0]; use(p); }' },
  ],
});
