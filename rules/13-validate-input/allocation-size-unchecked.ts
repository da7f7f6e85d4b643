import { rule } from '../kit/index.js';

// Audit: one of three findings read in Mosquitto was right, for the reason given in `copy-length-unchecked`.
export default rule({
  id: 'allocation-size-unchecked',
  title: 'The sender says how much memory is taken',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.9-1'],
  cwe: [789, 770],
  why: 'A device has kilobytes: one message that asks for all of them stops everything else that needs memory.',
  attack:
    'Someone posts a request that announces a body of two gigabytes and never sends it. The device takes what memory it has, or crashes because it got none; repeated once a minute, the lock, the alarm or the pump is off for good.',
  instead:
    'Decide the largest message that makes sense, compare before allocating, and refuse what is larger.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['an allocation size'],
      says: (source, { text, callee }) =>
        `${text} comes from ${source.kind} and is how much ${callee ?? 'this'} allocates, without an upper bound`,
    },
  },

  bad: [
    {
      c: `esp_err_t on_post(httpd_req_t *req) {
  char *body = malloc(«req->content_len + 1»);
  return body ? ESP_OK : ESP_FAIL;
}`,
    },
    {
      c: `void on_packet(int s) {
  uint32_t count;
  recv(s, &count, sizeof count, 0);
  struct item *items = calloc(«ntohl(count)», sizeof *items);
  use(items);
}`,
    },
    {
      c: `static void *table(uint32_t rows) { return malloc(«rows * 16»); }
void on_packet(int s) { uint32_t n; recv(s, &n, sizeof n, 0); if (n > 0) use(table(n)); }`,
    },
  ],
  good: [
    {
      c: `esp_err_t on_post(httpd_req_t *req) {
  «guard: if (req->content_len > 4096) return ESP_FAIL;»
  char *body = malloc(req->content_len + 1);
  return body ? ESP_OK : ESP_FAIL;
}`,
    },
    {
      c: `static void *table(uint32_t rows) { «guard: if (rows > 64) return NULL;» return malloc(rows * 16); }
void on_packet(int s) { uint32_t n; recv(s, &n, sizeof n, 0); if (n > 0) use(table(n)); }`,
    },
    { c: 'void on_packet(int s) { uint8_t n; recv(s, &n, 1, 0); use(malloc(n)); }' },
    { c: 'char *copy(const char *s) { char *d = malloc(strlen(s) + 1); return d ? strcpy(d, s) : NULL; }' },
  ],
});
