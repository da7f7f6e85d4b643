import { rule } from '../kit/index.js';

const says = (source: { readonly kind: string }, { text }: { readonly text: string }): string =>
  `${text} holds what comes from ${source.kind} and is read by a shell: a quote or a semicolon in it starts a command of its own`;
const from = ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'];

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
      ts: "import express from 'express'; import { execFile } from 'node:child_process';\nexpress().get('/ping', (req, res) => { execFile('ping', ['-c1', req.query.host]); });",
    },
    {
      ts: "import express from 'express'; import { exec } from 'node:child_process';\nexpress().get('/dim', (req, res) => { exec(`dim ${Number(req.query.level)}`); });",
    },
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
