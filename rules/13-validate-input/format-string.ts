import { repair, rule, type Call, type Expr, type Problem } from '../kit/index.js';

/** A format that is data: the last argument, with a name that leads to no text in the code. */
function judge(format: Expr | undefined, call: Call | undefined): Problem | false {
  const last = call?.args.at(-1);
  if (!format || !call || last?.at.start !== format.at.start || format.kind !== 'name') return false;
  if (format.value !== undefined || format.literal !== undefined || format.call !== undefined) return false;
  if (/^[A-Z0-9_]+$/.test(format.text) || /fmt|format|usage|help|template/i.test(format.text)) return false;
  return {
    at: format,
    says: `${format.text} is used as the format: a % in it reads or writes memory that nobody meant`,
    fixes: [repair(format, `"%s", ${format.text}`, 'Print it as text')],
  };
}

/** What scanf reads into is no text that could be put behind a format. */
function withoutFix(problem: Problem | false): Problem | false {
  return problem && { ...problem, fixes: [] };
}

export default rule({
  id: 'format-string',
  title: 'Data is used as a format',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [134],
  why: 'Whoever chooses the format chooses what printf reads from the stack, and with %n what it writes.',
  attack:
    'A neighbour names their access point or their message "%x %x %x %n". The device logs the name as it came, and with it prints its own stack, keys included, or writes to an address of the neighbour’s choice.',
  instead: 'Keep the format a literal and hand the text over as an argument: printf("%s", text).',

  c: {
    setting: { 'log.message': ({ value, call }) => judge(value, call) },
    flow: {
      from: [
        'network',
        'uart',
        'ble',
        'mqtt topic',
        'mqtt payload',
        'http request',
        'file',
        'environment',
        'command line',
      ],
      to: ['a format'],
      says: ({ kind }, { text }) =>
        `${text} comes from ${kind} and is used as the format: a % in it reads or writes memory that nobody meant`,
    },
    call: {
      sprintf: (call) => judge(call.args[1], call),
      snprintf: (call) => judge(call.args[2], call),
      fprintf: (call) => judge(call.args[1], call),
      scanf: (call) => withoutFix(judge(call.args[0], call)),
    },
  },

  bad: [
    { c: 'int main(int argc, char **argv) { int n; return scanf(«argv[1]», &n); }' },
    { c: 'static int say(int argc, char *argv[]) { fprintf(stderr, «argv[1]»); return 0; }' },
    { c: 'void ask(void) { char word[8]; scanf(«word»); }' },
    {
      c: 'void on_message(char *topic, char *text) { printf(«text»); }',
      becomes: 'void on_message(char *topic, char *text) { printf("%s", text); }',
    },
    {
      c: 'void joined(wifi_ap_record_t *ap) { const char *ssid = (const char *)ap->ssid; ESP_LOGI(TAG, «ssid»); }',
      becomes:
        'void joined(wifi_ap_record_t *ap) { const char *ssid = (const char *)ap->ssid; ESP_LOGI(TAG, "%s", ssid); }',
    },
    { c: 'void reply(char *out, size_t size, const char *name) { snprintf(out, size, «name»); }' },
    { c: '#define TRACE printk\nvoid f(const char *line) { TRACE(«line»); }' },
    { c: 'void f(int sock) { char line[80]; recv(sock, line, 79, 0); syslog(LOG_INFO, «line»); }' },
    {
      c: 'static void say(const char *fmt) { char out[99]; snprintf(out, sizeof out, «fmt», 1); }\nvoid f(int sock) { char line[80]; recv(sock, line, 79, 0); say(line); }',
    },
    {
      c: 'void f(httpd_req_t *req) { char text[80] = {0}, out[99]; httpd_req_recv(req, text, 79); sprintf(out, «text», 1, 2); }',
    },
  ],
  good: [
    {
      c: "void on_packet(int s) { char line[80] = {0}; recv(s, line, 79, 0); «guard: if (strchr(line, '%') != NULL) return;» char out[99]; snprintf(out, sizeof out, line, 1); }",
    },
    { c: 'void f(const char *text) { printf("%s", text); }' },
    { c: 'static const char hello[] = "hello\\n";\nvoid f(void) { printf(hello); LOG_INF(BANNER); }' },
    { c: 'void f(const char *fmt, int n) { printf(fmt, n); printf(fmt); }' },
    { c: 'void f(const char *title, int n) { printf(title, n); }' },
    { c: 'void f(FILE *out, const char *text) { fputs(text, out); fprintf(out, "%s", text); }' },
  ],
});
