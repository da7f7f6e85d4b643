import { rule } from '../kit/index.js';

const BUILDERS = ['snprintf', 'sprintf', 'strcat', 'strncat', 'strlcat', 'asprintf', 'vsnprintf'];

export default rule({
  id: 'shell-command-built',
  title: 'Shell command is put together at run time',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.6-7'],
  cwe: [78],
  why: 'A shell reads the finished text again: a quote, a semicolon or a $( in any part becomes a command of its own.',
  attack:
    'Someone sets the Wi-Fi name or the time zone to "x; telnetd -l sh". The device pastes it into a command line and its shell, mostly as root, runs both halves. From then on the attacker has a login that asks for nothing.',
  instead: 'posix_spawn or execv with one array entry per argument; or call the system function behind the tool (ioctl, settimeofday) directly.',

  c: {
    setting: {
      'process.command': ({ value, call }) => {
        if (!call?.inside || value.kind !== 'name' || value.value !== undefined || value.thing?.type !== 'char') return;
        if (call.inside.params.includes(value.text)) return;
        const builder = BUILDERS.find((name) => call.inside?.calls.has(name));
        return (
          builder !== undefined && {
            at: value,
            says: `${value.text} is built in this function with ${builder} and read by a shell: each part of it can become a command`,
          }
        );
      },
    },
  },

  bad: [
    { c: 'void join(const char *ssid) { char cmd[128]; snprintf(cmd, sizeof cmd, "iwconfig wlan0 essid %s", ssid); system(«cmd»); }' },
    { c: '#define RUN(c) system(c)\nvoid zone(const char *tz) { char *line; asprintf(&line, "ln -sf /zones/%s /etc/tz", tz); RUN(«line»); free(line); }' },
    { c: 'FILE *ping(const char *host) { char cmd[80] = "ping -c1 "; strcat(cmd, host); return popen(«cmd», "r"); }' },
  ],
  good: [
    { c: 'void restart(void) { system("/etc/init.d/network restart"); }' },
    { c: '#define REBOOT "reboot -f"\nvoid f(void) { const char *cmd = REBOOT; char out[8]; snprintf(out, 8, "%d", 1); system(cmd); }' },
    { c: 'void run(const char *cmd) { char note[64]; snprintf(note, sizeof note, "run %s", cmd); record(note); system(cmd); }' },
    { c: 'void join(char *ssid) { char *argv[] = { "iwconfig", "wlan0", "essid", ssid, NULL }; posix_spawn(&pid, "/sbin/iwconfig", NULL, NULL, argv, environ); }' },
  ],
});
