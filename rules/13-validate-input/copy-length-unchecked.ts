import { rule } from '../kit/index.js';

// Audit: none of four findings read in Mosquitto was right: a field of a struct counts as from outside once another
// field of it was received.
export default rule({
  id: 'copy-length-unchecked',
  formerly: ['untrusted-length'],
  title: 'The sender says how much is copied',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [787, 125],
  why: 'Whoever chooses the length of a copy chooses how far the device writes past its buffer, or what it reads beyond the message.',
  attack:
    'Someone sends a packet whose length field says 60,000 where the buffer holds 64. The device copies what the field says: over the buffer, over the return address, and with a packet made for it into code of the attacker.',
  instead:
    'Compare the length with the size of the buffer and with what has arrived, and drop the message if it fits neither: if (len > sizeof out || len > received) return.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['a copy length', 'a read length', 'a source length'],
      says: (source, { text, role, callee }) =>
        role === 'a source length'
          ? `${text} comes from ${source.kind} and is how much ${callee ?? 'this'} reads, which may be more than is there`
          : `${text} comes from ${source.kind} and is how much ${callee ?? 'this'} copies, without an upper bound`,
    },
  },

  bad: [
    {
      c: 'void on_beat(int s) { uint8_t in[64]; recv(s, in, 64, 0); unsigned n = in[1] << 8 | in[2]; send(s, in, «n», 0); }',
    },
    {
      c: `struct hdr { uint16_t len; uint8_t body[512]; };
void on_packet(int s) {
  struct hdr h; char out[64];
  recv(s, &h, sizeof h, 0);
  unsigned n = ntohs(h.len);
  memcpy(out, h.body, «n»);
}`,
    },
    {
      c: `static unsigned length_of(const struct hdr *h) { return ntohs(h->len); }
void on_packet(int s, char *out) {
  struct hdr h;
  recv(s, &h, sizeof h, 0);
  memcpy(out, h.body, «length_of(&h)»);
}`,
    },
    {
      c: `static void keep(char *to, const char *from, size_t n) { memcpy(to, from, «n»); }
void on_uart(int port) {
  uint8_t frame[128]; char name[16];
  int got = uart_read_bytes(port, frame, sizeof frame, 10);
  if (got < 1) return;
  keep(name, (char *)frame + 1, frame[0]);
}`,
    },
    {
      files: {
        'app.c':
          'void on_mqtt(void *arg, esp_event_base_t base, int32_t id, void *data) {\n  esp_mqtt_event_handle_t event = data;\n  save(event->data, event->data_len);\n}\nvoid start(esp_mqtt_client_handle_t c) { esp_mqtt_client_register_event(c, MQTT_EVENT_DATA, on_mqtt, NULL); }',
        'store.c':
          'static char last[32];\nvoid save(const char *data, int len) { memcpy(last, data, «len»); last[31] = 0; }',
      },
    },
  ],
  good: [
    {
      c: 'void on_beat(int s) { uint8_t in[64]; recv(s, in, 64, 0); unsigned n = in[1] << 8 | in[2]; «guard: if (n > sizeof in) return;» send(s, in, n, 0); }',
    },
    {
      c: `void on_packet(int s) {
  struct hdr h; char out[64];
  recv(s, &h, sizeof h, 0);
  unsigned n = ntohs(h.len);
  «guard: if (n > sizeof out) return;»
  memcpy(out, h.body, n);
}`,
    },
    {
      c: `static bool fits(unsigned n) { return n <= 64; }
void on_packet(int s) {
  struct hdr h; char out[64];
  recv(s, &h, sizeof h, 0);
  unsigned n = ntohs(h.len);
  «guard: if (!fits(n)) return;»
  memcpy(out, h.body, n);
}`,
    },
    {
      c: `void on_packet(int s) {
  struct hdr h; char out[64];
  recv(s, &h, sizeof h, 0);
  memcpy(out, h.body, MIN(ntohs(h.len), sizeof out));
}`,
    },
    { c: 'void copy(char *to, const char *from, unsigned n) { memcpy(to, from, n); }' },
    {
      c: 'void on_packet(int s) { char in[64]; int n = recv(s, in, sizeof in, 0); if (n > 0) memcpy(last, in, n); }',
    },
  ],
});
