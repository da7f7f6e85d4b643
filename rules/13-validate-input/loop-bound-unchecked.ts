import { rule } from '../kit/index.js';

// Audit: parsers of other makers bound what they count, by ways that flow does not see.
export default rule({
  id: 'loop-bound-unchecked',
  title: 'The sender says how often a loop runs',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.9-1'],
  cwe: [606, 834],
  why: 'A loop that runs as often as a message says keeps the device busy as long as its sender likes, and mostly walks off a buffer on the way.',
  attack:
    'Someone sends a message that claims to hold four billion entries. The device counts through them all: its watchdog resets it, or the loop reads on past the message into memory that was never part of it.',
  instead:
    'Compare the count with the largest that makes sense, and with how much of the message is left, before the loop.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['a loop bound'],
      says: (source, { text }) =>
        `${text} comes from ${source.kind} and says how often this loop runs, without an upper bound`,
    },
  },

  bad: [
    {
      c: `void on_packet(int s) {
  uint32_t n;
  recv(s, &n, sizeof n, 0);
  for (uint32_t i = 0; i < «n»; i++) step(i);
}`,
    },
    {
      c: `static void steps(uint32_t n) { uint32_t i = 0; while (i != «n») { step(i); i++; } }
void on_packet(int s) { uint32_t n; recv(s, &n, sizeof n, 0); steps(ntohl(n)); }`,
    },
    {
      c: 'void on_uart(int p) { int n; uart_read_bytes(p, &n, sizeof n, 10); for (int i = 0; «n» > i; i++) blink(); }',
    },
  ],
  good: [
    {
      c: `void on_packet(int s) {
  uint32_t n;
  recv(s, &n, sizeof n, 0);
  «guard: if (n > 100) return;»
  for (uint32_t i = 0; i < n; i++) step(i);
}`,
    },
    {
      c: 'void on_packet(int s) { uint8_t n; recv(s, &n, 1, 0); for (int i = 0; i < n; i++) step(i); }',
    },
    {
      c: 'void on_packet(int s) { char b[64]; int n = recv(s, b, sizeof b, 0); for (int i = 0; i < n; i++) step(b[i]); }',
    },
  ],
});
