import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request', 'a caller'],
  to: ['a command', 'a program'],
  says: ({ kind }, { text, role }) => {
    if (role === 'a program')
      return `${text} comes from ${kind} and says which program is started: whoever sends it picks any on the device`;
    if (kind === 'a caller')
      return `${text} is put together from what this function is given and read by a shell: a quote or a semicolon in it starts a command of its own`;
    return `${text} holds what comes from ${kind} and is read by a shell: a quote or a semicolon in it starts a command of its own`;
  },
};

export default rule({
  id: 'command-injection',
  formerly: ['shell-command-built'],
  title: 'Input becomes a shell command',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.6-7'],
  cwe: [78, 88],
  why: 'A shell reads the finished text again: a quote, a semicolon or a $( in any part becomes a command of its own.',
  attack:
    'Someone publishes a Wi-Fi name "x; telnetd -l sh" to the topic of the device. The device pastes it into a command line, and its shell, mostly as root, runs both halves. From then on the attacker has a login that asks for nothing.',
  instead:
    'Hand each argument over by itself: posix_spawn or execv with one array entry per argument, in Node execFile(file, [arguments]) without `shell`; or call the system function behind the tool (ioctl, settimeofday). Where only some values make sense, compare with a list of them; a program is never a value of a request.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: `import mqtt from 'mqtt'; import { exec } from 'node:child_process';
const client = mqtt.connect('mqtts://broker.local');
client.on('message', (topic, payload) => { exec(«\`wpa_cli set ssid \${payload.toString()}\`»); });`,
    },
    {
      ts: `import express from 'express'; import { execSync } from 'node:child_process';
const zone = (name: string) => 'timedatectl set-timezone ' + name;
const app = express();
app.post('/zone', (req, res) => { const { name } = req.body; execSync(«zone(name)»); res.end(); });`,
    },
    {
      files: {
        'src/wifi.ts':
          "import { execSync } from 'node:child_process';\nexport class Wifi { join(ssid: string) { execSync(«'nmcli dev wifi connect ' + ssid»); } }",
        'src/web.ts':
          "import express from 'express'; import { Wifi } from './wifi.js';\nconst wifi = new Wifi(); const app = express();\napp.get('/join/:ssid', async (req, res) => { wifi.join(req.params.ssid); res.end(); });",
      },
    },
    {
      ts: "import { spawn } from 'node:child_process'; export const scan = (name: string) => spawn(«`iw dev ${name} scan`», { shell: true });",
    },
    {
      ts: "import { WebSocketServer } from 'ws'; import { exec } from 'node:child_process'; import { promisify } from 'node:util';\nconst shell = promisify(exec);\nnew WebSocketServer({ port: 80 }).on('connection', (socket) => { socket.on('message', async (data) => { const { host } = JSON.parse(data.toString()); await shell(«`ping ${host}`»); }); });",
    },
    {
      ts: "import express from 'express'; import { spawn } from 'node:child_process';\nexpress().get('/ping', (req, res) => { spawn('sh', «['-c', 'ping -c1 ' + req.query.host]»); });",
    },
    {
      ts: "import express from 'express'; import { execFile } from 'node:child_process';\nexpress().post('/run', (req, res) => { execFile(«req.body.tool», ['--version']); });",
    },
    {
      ts: "import express from 'express'; import { exec } from 'node:child_process';\nexpress().post('/add', (req, res) => { if (/[\\s;]/.test(req.body.name)) return; exec(«'npm install ' + req.body.name»); });",
    },
    {
      ts: "import { exec } from 'node:child_process'; export const join = (ssid: string) => exec(«`nmcli dev wifi connect ${ssid}`»);",
    },
    {
      ts: "const cp = require('child_process');\nfunction zone(name) { const line = 'timedatectl set-timezone ' + name; cp.execSync(«line»); }",
    },
    {
      ts: "const cp = require('child_process');\nfunction install(name) { return new Promise((done) => { cp.exec(«'npm install ' + name», done); }); }",
    },
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
    {
      c: 'void on_packet(int s) { char tool[32]; recv(s, tool, sizeof tool, 0); execlp(«tool», tool, "-v", NULL); }',
    },
    {
      c: 'void on_packet(int s) { char cmd[64]; recv(s, cmd, sizeof cmd, 0); if (strncmp(cmd, "ping ", 5) != 0) return; execl("/bin/sh", "sh", "-c", «cmd», NULL); }',
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
      ts: `import express from 'express'; import { execSync } from 'node:child_process';
const app = express();
app.post('/zone', (req, res) => { const { name } = req.body; «guard: if (!/^[A-Za-z]+$/.test(name)) return res.end();» execSync('timedatectl set-timezone ' + name); });`,
    },
    {
      ts: `import mqtt from 'mqtt'; import { exec } from 'node:child_process';
const MODES = ['ap', 'sta'];
mqtt.connect('mqtts://broker.local').on('message', (topic, payload) => { const mode = payload.toString(); «guard: if (!MODES.includes(mode)) return;» exec(\`wifi-mode \${mode}\`); });`,
    },
    {
      ts: "import express from 'express'; import { exec } from 'node:child_process';\nexpress().post('/add', (req, res) => { «guard: if (/[;&|`$\\n]/.test(req.body.name)) return;» exec('npm install ' + req.body.name); });",
    },
    {
      ts: "import express from 'express'; import { execFile } from 'node:child_process';\nexpress().get('/ping', (req, res) => { execFile('ping', ['-c1', req.query.host]); });",
    },
    {
      ts: "import express from 'express'; import { execFile } from 'node:child_process';\nconst TOOLS = new Set(['ping', 'arp']);\nexpress().get('/run', (req, res) => { «guard: if (!TOOLS.has(req.query.tool)) return;» execFile(req.query.tool, []); });",
    },
    {
      ts: "import express from 'express'; import { exec } from 'node:child_process';\nexpress().get('/dim', (req, res) => { exec(`dim ${Number(req.query.level)}`); });",
    },
    {
      ts: "import express from 'express'; import { exec } from 'node:child_process';\nexpress().get('/dim', (req, res) => { exec('say ' + req.query.word.replace(/[^\\w ]/g, '')); });",
    },
    {
      ts: "import { spawn } from 'node:child_process'; export const scan = (name: string) => spawn('iw', ['dev', name, 'scan']);",
    },
    {
      ts: "import { execSync } from 'node:child_process'; const TOOL = '/usr/bin/nmcli';\nexecSync(`${TOOL} radio wifi on`);",
    },
    {
      ts: "import { exec } from 'node:child_process'; export const open = (port: number, mode: 'ap' | 'sta') => exec(`open ${port} ${mode}`);",
    },
    {
      ts: "import { exec } from 'node:child_process'; import { quote } from 'shell-quote'; export const ping = (host: string) => exec(`ping ${quote([host])}`);",
    },
    {
      ts: "import { exec } from 'node:child_process'; export const run = (line: string) => exec(line);",
    },
    { ts: 'export const find = (name: string) => /x/.exec(`id ${name}`);' },
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
