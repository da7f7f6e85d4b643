import { rule } from '../kit/index.js';

export default rule({
  id: 'untrusted-length',
  title: 'A length from outside decides over memory',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [787, 125, 129, 789],
  why: 'Whoever chooses the length or the index chooses how far the device reads or writes past its buffer.',
  attack:
    'Someone sends a packet whose length field says 60,000 where the buffer holds 64. The device copies what the field says: over the buffer, over the return address, and with a packet made for it into code of the attacker.',
  instead:
    'Compare the value with the size of the buffer before it is used, and drop the message if it does not fit, as in `if (len > sizeof out) return`.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['a copy length', 'an allocation size', 'an index'],
      says: (source, { text, role, callee }) =>
        `${text} comes from ${source.kind} and is ${role}${callee === undefined ? '' : ` of ${callee}`} without an upper bound: its sender decides how much memory is touched`,
    },
  },

  bad: [
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
      c: `static int table[8];
int on_command(int s) { uint8_t c[2]; recv(s, c, sizeof c, 0); return table[«c[0]»]; }`,
    },
    {
      c: `esp_err_t on_post(httpd_req_t *req) {
  char *body = malloc(«req->content_len + 1»);
  return body ? ESP_OK : ESP_FAIL;
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
      c: `static int table[8];
int on_command(int s) { uint8_t c[2]; recv(s, c, sizeof c, 0); «guard: if (c[0] >= 8) return -1;» return table[c[0]]; }`,
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
