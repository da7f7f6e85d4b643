import { rule, suggest, type Call, type Expr } from '../kit/index.js';

/** Where a receiving call takes its buffer and the size of it. */
const RECEIVE: Readonly<Record<string, readonly [buffer: number, size: number]>> = {
  recv: [1, 2],
  recvfrom: [1, 2],
  read: [1, 2],
  lwip_recv: [1, 2],
  lwip_read: [1, 2],
  zsock_recv: [1, 2],
  zsock_recvfrom: [1, 2],
  httpd_req_recv: [1, 2],
  esp_http_client_read: [1, 2],
  esp_http_client_read_response: [1, 2],
  esp_tls_conn_read: [1, 2],
  mbedtls_ssl_read: [1, 2],
  SSL_read: [1, 2],
  uart_read_bytes: [1, 2],
  sock_tcp_read: [1, 2],
  sock_udp_recv: [1, 2],
};

/** The size that a receiving call is given is all of the buffer: its sizeof, or what was allocated for it. */
function fills(call: Call, buffer: Expr): Expr | undefined {
  const [bufferAt, sizeAt] = RECEIVE[call.callee] ?? [];
  const target = bufferAt === undefined ? undefined : call.args[bufferAt];
  const size = sizeAt === undefined ? undefined : call.args[sizeAt];
  if (!target || !size || target.text !== buffer.text) return undefined;
  if (size.kind === 'sizeof' && new RegExp(`^sizeof\\s*\\(?\\s*${buffer.text}\\s*\\)?$`).test(size.text))
    return size;
  const allocation = target.call;
  if (allocation?.callee !== 'malloc' && allocation?.callee !== 'pvPortMalloc') return undefined;
  const allocated = allocation.args[0];
  const same =
    allocated?.value === undefined ? allocated?.text === size.text : allocated.value === size.value;
  return same ? size : undefined;
}

export default rule({
  id: 'full-buffer-terminated-outside',
  title: 'Terminator lands behind a buffer that is full',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [193, 787],
  why: 'A receive that fills the buffer returns its size, and buffer[size] is the first byte that belongs to somebody else.',
  attack:
    'Someone sends exactly as many bytes as the buffer holds, a number they find by trying. The zero meant as an end mark overwrites the byte behind it: a length, a flag such as "logged in", or the low byte of a pointer.',
  instead: 'Receive one byte less than the buffer holds: recv(s, buf, sizeof(buf) - 1, 0).',

  c: {
    shape: [
      {
        pattern:
          '((assignment_expression left: (subscript_expression argument: (identifier) @buffer index: (identifier) @length) right: [(number_literal) (char_literal)] @zero) @whole (#any-of? @zero "0" "0x00" "\'\\\\0\'"))',
        needs: ['recv', 'read_bytes', 'client_read', 'ssl_read', 'SSL_read', 'tcp_read', 'tls_conn_read'],
        judge: ({ whole, buffer, length, zero }) => {
          if (!whole || !buffer || zero?.value !== '0' || !length?.call) return;
          const size = fills(length.call, buffer);
          return (
            size && {
              at: whole,
              says: `${length.text} is all of ${buffer.text} when ${length.call.callee} fills it, and the terminator goes one byte past its end`,
              fixes: [suggest(size, `${size.text} - 1`, 'Receive one byte less')],
            }
          );
        },
      },
    ],
  },

  bad: [
    {
      c: "void f(int s) { char buf[64]; int n = recv(s, buf, sizeof(buf), 0); if (n < 0) return; «buf[n] = '\\0'»; use(buf); }",
      becomes:
        "void f(int s) { char buf[64]; int n = recv(s, buf, sizeof(buf) - 1, 0); if (n < 0) return; buf[n] = '\\0'; use(buf); }",
    },
    {
      c: '#define RX 1024\nvoid f(void) { uint8_t *data = malloc(RX); int len; while (1) { len = uart_read_bytes(UART_NUM_1, data, 1024, 20); if (len > 0) { «data[len] = 0»; use((char *)data); } } }',
    },
    {
      c: 'int f(httpd_req_t *req) { char body[100]; int got; if ((got = httpd_req_recv(req, body, sizeof body)) <= 0) return -1; «body[got] = 0»; return use(body); }',
    },
  ],
  good: [
    {
      c: "void f(int s) { char buf[64]; int n = recv(s, buf, sizeof(buf) - 1, 0); if (n < 0) return; buf[n] = '\\0'; use(buf); }",
    },
    {
      c: 'void f(void) { uint8_t *data = malloc(RX + 1); int n = uart_read_bytes(1, data, RX, 20); data[n] = 0; }',
    },
    {
      c: 'void f(int s) { char buf[65]; int n = recv(s, buf, 64, 0); buf[n] = 0; char other[9]; other[n] = 0; }',
    },
    { c: "void f(int s) { char buf[64]; int n = recv(s, buf, sizeof(buf), 0); buf[n] = 'x'; buf[0] = 0; }" },
  ],
});
