import { rule } from '../kit/index.js';

// Audit: of three places found in the sample device one was right: a field of a struct counts as from outside once
// another field of it was received.
export default rule({
  id: 'index-unchecked',
  title: 'The sender says which element is taken',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [129, 125, 787],
  why: 'An index that nobody compares with the length of its array reaches whatever lies behind or before it.',
  attack:
    'Someone sends command number 200 to a device that has eight commands. It takes the 201st entry of the table, which is other memory, and calls the address it finds there, or answers with the bytes of a key.',
  instead: 'Compare with the number of elements first: if (i >= sizeof table / sizeof table[0]) return.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['an index'],
      says: (source, { text }) =>
        `${text} comes from ${source.kind} and picks an element, and nothing compares it with the number of elements`,
    },
  },

  bad: [
    {
      c: `static int table[8];
int on_command(int s) { uint8_t c[2]; recv(s, c, sizeof c, 0); return table[«c[0]»]; }`,
    },
    {
      c: `static int table[8];
void on_command(int s, int value) { unsigned i; recv(s, &i, sizeof i, 0); if (i > 0) table[«i»] = value; }`,
    },
    {
      c: `static int level(int channel) { static int levels[4]; return levels[«channel»]; }
int on_uart(int port) { uint8_t frame[4]; uart_read_bytes(port, frame, 4, 10); return level(frame[1]); }`,
    },
  ],
  good: [
    {
      c: `static int table[8];
int on_command(int s) { uint8_t c[2]; recv(s, c, sizeof c, 0); «guard: if (c[0] >= 8) return -1;» return table[c[0]]; }`,
    },
    {
      c: `static int table[8];
int on_command(int s) { uint8_t c[2]; recv(s, c, sizeof c, 0); return table[c[0] & 7]; }`,
    },
    { c: 'static int table[256];\nint f(int s) { uint8_t c; recv(s, &c, 1, 0); return table[c]; }' },
    {
      c: `static int level(int channel) { static int levels[4]; «guard: if (channel > 3) return 0;» return levels[channel]; }
int on_uart(int port) { uint8_t frame[4]; uart_read_bytes(port, frame, 4, 10); return level(frame[1]); }`,
    },
  ],
});
