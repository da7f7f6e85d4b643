import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

const BUILDERS = ['snprintf', 'sprintf', 'strcat', 'strncat', 'strlcat', 'asprintf', 'vsnprintf'];

/** The first words of all that a value is read from: `req` of `const { host } = req.query`, `payload` of its text. */
function sources(value: Expr, depth = 0): string[] {
  const names = value.names.map((name) => /^\w+/.exec(name)?.[0] ?? '');
  const { call } = value;
  if (!call || depth > 2) return names;
  const converted = /^(String|decodeURIComponent)$/.test(call.callee) ? call.args[0] : call.receiver;
  return converted ? [...names, ...sources(converted, depth + 1)] : names;
}

/** The part of a command that its function was given: not fixed, not quoted for the shell, not a number by its name. */
function given(parts: readonly Expr[], call: Call | undefined): Expr | undefined {
  const outside = new Set([...(call?.inside?.params ?? []), 'req', 'request']);
  return parts
    .flatMap((part) => (part.kind === 'binary' ? part.parts : [part]))
    .find(
      (part) =>
        part.value === undefined &&
        sources(part).some((source) => outside.has(source)) &&
        !/(port|pid|uid|gid|size|count|length|index|seconds|timeout|version)$/i.test(part.text),
    );
}

const pasted = (at: Expr, part: Expr | undefined): Answer =>
  part && {
    at,
    says: `${part.text} is pasted into a command line: a quote or a semicolon in it starts a command of its own`,
  };

/** With `shell`, Node joins the arguments and hands the line to a shell. */
function spawned(call: Call): Answer {
  const [, list] = call.args;
  const shell = call.args.at(-1)?.thing?.fields.get('shell');
  return shell?.value === 'true' && list?.kind === 'array' && pasted(list, given(list.parts, call));
}

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
  instead:
    'posix_spawn or execv with one array entry per argument; or call the system function behind the tool (ioctl, settimeofday) directly. Node: execFile(file, [arguments]) without `shell`.',

  c: {
    setting: {
      'process.command': ({ value, call }) => {
        if (
          !call?.inside ||
          value.kind !== 'name' ||
          value.value !== undefined ||
          value.thing?.type !== 'char'
        )
          return;
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

  ts: {
    setting: {
      'process.command': ({ value, call }) =>
        value.value === undefined && value.parts.length > 1 && pasted(value, given(value.parts, call)),
    },
    call: {
      'child_process.spawn': spawned,
      'child_process.spawnSync': spawned,
      'child_process.execFile': spawned,
    },
  },

  bad: [
    {
      ts: "import { spawn } from 'node:child_process'; export const scan = (name: string) => spawn('iw', «['dev', name, 'scan']», { shell: true });",
    },
    {
      ts: "import { execSync } from 'node:child_process';\nclient.on('message', (topic, payload) => { const ssid = payload.toString(); execSync(«'wpa_cli set ssid ' + ssid»); });",
    },
    {
      ts: "import { exec } from 'node:child_process'; export const join = (ssid: string) => exec(«`nmcli dev wifi connect ${ssid}`»);",
    },
    {
      ts: "const cp = require('child_process');\nfunction zone(req) { const { zone } = req.body; const line = 'timedatectl set-timezone ' + zone; cp.execSync(«line»); }",
    },
    {
      c: 'void join(const char *ssid) { char cmd[128]; snprintf(cmd, sizeof cmd, "iwconfig wlan0 essid %s", ssid); system(«cmd»); }',
    },
    {
      c: '#define RUN(c) system(c)\nvoid zone(const char *tz) { char *line; asprintf(&line, "ln -sf /zones/%s /etc/tz", tz); RUN(«line»); free(line); }',
    },
    {
      c: 'FILE *ping(const char *host) { char cmd[80] = "ping -c1 "; strcat(cmd, host); return popen(«cmd», "r"); }',
    },
  ],
  good: [
    {
      ts: "import { spawn } from 'node:child_process'; export const scan = (name: string) => spawn('iw', ['dev', name, 'scan']);",
    },
    {
      ts: "import { execFile } from 'node:child_process'; export const join = (ssid: string) => execFile('nmcli', ['dev', 'wifi', 'connect', ssid]);",
    },
    {
      ts: "import { execSync } from 'node:child_process'; const TOOL = '/usr/bin/nmcli';\nexecSync(`${TOOL} radio wifi on`);",
    },
    {
      ts: "import { exec } from 'node:child_process'; import { quote } from 'shell-quote'; exec(`ping ${quote([host])}`);",
    },
    { ts: 'export const find = (name: string) => /x/.exec(`id ${name}`);' },
    { c: 'void restart(void) { system("/etc/init.d/network restart"); }' },
    {
      c: '#define REBOOT "reboot -f"\nvoid f(void) { const char *cmd = REBOOT; char out[8]; snprintf(out, 8, "%d", 1); system(cmd); }',
    },
    {
      c: 'void run(const char *cmd) { char note[64]; snprintf(note, sizeof note, "run %s", cmd); record(note); system(cmd); }',
    },
    {
      c: 'void join(char *ssid) { char *argv[] = { "iwconfig", "wlan0", "essid", ssid, NULL }; posix_spawn(&pid, "/sbin/iwconfig", NULL, NULL, argv, environ); }',
    },
  ],
});
