import { looksSecretName, rule, suggest, type Answer, type Call, type Expr } from '../kit/index.js';

/** What is written is a secret by its own name: `privateKey`, `pair.privateKey`, `JSON.stringify(credentials)`. */
function secret(data: Expr | undefined): string | undefined {
  const inner = data?.call?.callee === 'JSON.stringify' ? data.call.args[0] : data;
  if (inner?.kind !== 'name' && inner?.kind !== 'member') return undefined;
  const name = inner.text.replace(/^.*\./, '');
  return looksSecretName(name) ? name : undefined;
}

function written({ args }: Call): Answer {
  const [path, data, options] = args;
  const name = secret(data);
  if (!path || !data || name === undefined) return false;
  const says = `${name} is written to a file that every user of the system may read: new files get mode 0644`;
  if (!options || options.func)
    return {
      at: data,
      says,
      fixes: [suggest(data, `${data.text}, { mode: 0o600 }`, 'Let only the owner read it')],
    };
  if (options.literal === 'string')
    return {
      at: data,
      says,
      fixes: [suggest(options, `{ encoding: ${options.text}, mode: 0o600 }`, 'Let only the owner read it')],
    };
  const mode = options.thing?.fields.get('mode');
  if (mode === undefined) return options.thing?.closed === true && { at: data, says };
  const bits = Number(mode.literal === 'string' ? `0o${mode.value ?? ''}` : mode.value);
  return (
    Number.isInteger(bits) &&
    ((bits & 0o077) === 0
      ? { at: mode, shows: `The file with ${name} is readable by its owner only`, provision: '5.4-1' }
      : { at: mode, says: `mode ${mode.text} lets other users of the system read ${name}` })
  );
}

export default rule({
  id: 'secret-file-readable',
  title: 'Secret in a file that all users may read',
  severity: 'warning',
  heading: 4,
  provisions: ['5.4-1'],
  cwe: [732, 276],
  why: 'A gateway runs more than one program; without a mode, each of them may read the file.',
  attack:
    'Someone finds a hole in the least important service of the gateway, a web page that reads files, say. It runs without rights of its own, but the private key lies there for all to read, and with it they pose as the gateway in the cloud.',
  instead:
    'writeFile(path, secret, { mode: 0o600 }), in a folder with mode 0700; better still, keep the key in a secure element.',

  ts: {
    call: Object.fromEntries(
      [
        'fs.writeFile',
        'fs.writeFileSync',
        'fs.promises.writeFile',
        'fs/promises.writeFile',
        'fs-extra.writeFile',
        'fs-extra.writeFileSync',
      ].map((name) => [name, written]),
    ),
  },

  bad: [
    {
      ts: "import { writeFileSync } from 'node:fs'; writeFileSync('/data/hub.key', «privateKey»);",
      becomes:
        "import { writeFileSync } from 'node:fs'; writeFileSync('/data/hub.key', privateKey, { mode: 0o600 });",
    },
    {
      ts: "const fs = require('fs');\nasync function keep(config) { await fs.promises.writeFile(path, «JSON.stringify(config.credentials)», 'utf8'); }",
      becomes:
        "const fs = require('fs');\nasync function keep(config) { await fs.promises.writeFile(path, JSON.stringify(config.credentials), { encoding: 'utf8', mode: 0o600 }); }",
    },
    {
      ts: "import { writeFile } from 'fs/promises';\nconst options = { encoding: 'utf8', mode: 0o644 };\nawait writeFile('token', accessToken, { mode: «0o644» });",
    },
  ],
  good: [
    {
      ts: "import { writeFileSync } from 'node:fs'; writeFileSync('/data/hub.key', privateKey, { mode: 0o600 });",
      shows: '5.4-1',
    },
    { ts: "import { writeFileSync } from 'node:fs'; writeFileSync('/data/hub.pub', publicKey);" },
    {
      ts: "import { writeFileSync } from 'node:fs'; writeFileSync(secretPath, report); writeFileSync('n', tokenCount);",
    },
    { ts: "import { writeFileSync } from 'node:fs'; writeFileSync('/data/hub.key', privateKey, options);" },
    { ts: "import { writeFile } from './sealed-store'; writeFile('hub.key', privateKey);" },
  ],
});
