import { rule, type Expr, type Setting } from '../kit/index.js';

const PIPED = /\b(curl|wget|fetch)\b[^|;&]*\|\s*(sudo\s+(-\w+\s+)*)?(\/\S*\/)?(ba|da|a|z|k)?sh\b/;
const SUBSTITUTED = /\b(ba|da|a|z|k)?sh\s+-c\s+["']?\$\((curl|wget)\b/;

/** The command with a blank for each part that is only known at run time. */
function command(value: Expr): string {
  if (value.value !== undefined) return value.value;
  return value.parts.map((part) => part.value ?? 'x').join('');
}

export default rule({
  id: 'update-pipe-to-shell',
  title: 'Downloaded script runs unchecked',
  severity: 'error',
  heading: 3,
  provisions: ['5.3-9', '5.3-10'],
  cwe: [494],
  why: 'What the server sends is executed as it arrives: nothing checks who wrote it or whether all of it came.',
  attack:
    'Someone takes over the web space, the domain or the connection for an hour. Every device that asks in that hour runs their script, mostly as root, and is theirs for good.',
  instead:
    'Download to a file, check its signature against a public key in the firmware (crypto.verify, psa_verify_message), then run or install that file.',

  any: {
    setting: {
      'process.command': ({ value }: Setting) => {
        const text = command(value);
        return (
          (PIPED.test(text) || SUBSTITUTED.test(text)) && {
            at: value,
            says: 'the script that comes back is run without a check: whoever answers for the server owns the device',
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import { exec } from 'node:child_process'; exec(«'curl -fsSL https://get.example.com/update.sh | sudo -E bash -'»);",
    },
    {
      ts: "const { execSync } = require('child_process');\nconst URL = 'https://hub.example';\nexecSync(«`wget -qO- ${URL}/${version}.sh | sh`»);",
    },
    { c: '#define UPDATE "wget -O - http://upd.example/i.sh | /bin/sh"\nvoid f(void) { system(«UPDATE»); }' },
  ],
  good: [
    {
      ts: "import { exec } from 'node:child_process'; exec('curl -o /tmp/image https://get.example.com/image | tee log');",
    },
    { ts: "import { exec } from 'node:child_process'; exec('wget -q https://get.example.com/show.txt');" },
    { ts: "import { exec } from './story'; exec('curl https://get.example.com | sh');" },
    { c: 'void f(void) { system("cat /etc/zones | sh"); }' },
  ],
});
