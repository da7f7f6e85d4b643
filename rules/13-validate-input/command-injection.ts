import { rule } from '../kit/index.js';

const says = (source: { readonly kind: string }, { text }: { readonly text: string }): string =>
  `${text} holds what comes from ${source.kind} and is read by a shell: a quote or a semicolon in it starts a command of its own`;
const from = ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request', 'removable media'];

export default rule({
  id: 'command-injection',
  title: 'Input from outside becomes a shell command',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.6-7'],
  cwe: [78, 88],
  why: 'A shell reads the finished text again: a quote, a semicolon or a $( in any part becomes a command of its own.',
  attack:
    'Someone publishes a Wi-Fi name "x; telnetd -l sh" to the topic of the device. The device pastes it into a command line, and its shell, mostly as root, runs both halves.',
  instead:
    'Hand each argument over by itself: posix_spawn or execv, in Node execFile(file, [arguments]) without `shell`. Where only some values make sense, compare with a list of them.',

  c: { flow: { from, to: ['a command'], says } },
  ts: { flow: { from, to: ['a command'], says } },

  bad: [
    {
      c: `void on_packet(int s) {
  char name[32], cmd[128];
  recv(s, name, sizeof name, 0);
  snprintf(cmd, sizeof cmd, "iwconfig wlan0 essid %s", name);
  system(«cmd»);
}`,
    },
    {
      c: `static void run(const char *line) { system(«line»); }
void on_uart(int port) { char in[64] = {0}; uart_read_bytes(port, in, 63, 10); if (in[0] == '!') run(in + 1); }`,
    },
  ],
  good: [
    {
      c: `void on_packet(int s) {
  char name[32], cmd[128];
  recv(s, name, sizeof name, 0);
  «guard: if (strcmp(name, "lab") != 0) return;»
  snprintf(cmd, sizeof cmd, "iwconfig wlan0 essid %s", name);
  system(cmd);
}`,
    },
    {
      c: 'void on_packet(int s) { int n; char cmd[64]; recv(s, &n, sizeof n, 0); snprintf(cmd, sizeof cmd, "sleep %d", n); system(cmd); }',
    },
    { c: 'void on_packet(int s) { char b[8]; recv(s, b, sizeof b, 0); system("reboot"); }' },
  ],
});
