/** The command as a user meets it: exit statuses, streams, files, and input that goes wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  openSync,
  closeSync,
  ftruncateSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { catalogue } from '../rules/index.js';
import { explain } from '../server/src/cli/rules.js';
import type { Report } from '../server/src/report/model.js';
import { COMMAND, Folder, type Ran } from './support/cli.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const BAD = "import { connect } from 'mqtt';\nconnect('mqtt://h');\n";
const GOOD = 'export const answer = 42;\n';
const BAD_C =
  '#include "esp_tls.h"\nvoid f(void) {\n  mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE);\n}\n';

/** One line on stderr that says what to do, and no stack trace. */
function saysOneLine({ err }: Ran, what: RegExp): void {
  assert.match(err, /^skarp: [^\n]*\n$/);
  assert.match(err, what);
}

const found = ({ out }: Ran): string[] =>
  (JSON.parse(out) as Report).findings.map(
    ({ rule, file, range }) => `${file}:${String(range.start.line)}:${String(range.start.column)} ${rule}`,
  );

describe('skarp', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  describe('check: the exit status', () => {
    it('is 0 when nothing is found, and stderr stays empty', () => {
      folder.write('a.ts', GOOD);
      const ran = folder.run(['check']);
      assert.equal(ran.status, 0);
      assert.equal(ran.err, '');
      assert.match(ran.out, /no findings/);
    });

    it('is 0 for an empty folder', () => {
      assert.equal(folder.run(['check']).status, 0);
    });

    it('is 1 when something is found, and stderr stays empty', () => {
      folder.write('a.ts', BAD);
      const ran = folder.run(['check']);
      assert.equal(ran.status, 1);
      assert.equal(ran.err, '');
      assert.match(ran.out, /mqtt-cleartext/);
    });

    it('follows --fail-on', () => {
      folder.write('a.ts', BAD);
      folder.write('skarp.json', '{"rules":{"mqtt-cleartext":"warning"}}');
      const status = (failOn: string): number | null => folder.run(['check', '--fail-on', failOn]).status;
      assert.deepEqual(['info', 'warning', 'error', 'never'].map(status), [1, 1, 0, 0]);
    });

    it('is 0 for findings in tests and examples, which are listed apart', () => {
      folder.write('test/a.ts', BAD);
      folder.write('examples/b.ts', BAD);
      const ran = folder.run(['check']);
      assert.equal(ran.status, 0);
      assert.match(ran.out, /In tests and examples[\s\S]*mqtt-cleartext/);
    });

    it('is 2 for a path that is not there, after the others were checked', () => {
      folder.write('a.ts', BAD);
      const ran = folder.run(['check', 'gone.ts', 'a.ts']);
      assert.equal(ran.status, 2);
      saysOneLine(ran, /gone\.ts: it does not exist/);
      assert.match(ran.out, /mqtt-cleartext/);
    });

    it('is 2 when no path is there', () => {
      const ran = folder.run(['check', 'gone']);
      assert.equal(ran.status, 2);
      saysOneLine(ran, /gone: it does not exist/);
      assert.equal(ran.out, '');
    });

    for (const [what, args, says] of [
      ['an unknown flag', ['check', '--frobnicate'], /unknown option '--frobnicate'/],
      ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
      ['no command', [], /name a command/],
      ['an unknown rule', ['check', '--rule', 'no-such-rule'], /there is no rule no-such-rule/],
      ['an unknown format', ['check', '--format', 'xml'], /xml/],
      ['a heading beyond 13', ['check', '--heading', '14'], /1 to 13/],
      ['an --output without a file', ['check', '--output', 'json'], /FORMAT=FILE/],
      ['a config that is not there', ['check', '--config', 'gone.json'], /gone\.json/],
      ['--stdin without a name', ['check', '--stdin'], /--stdin-filename/],
      ['an unknown thing to explain', ['explain', 'no-such-thing'], /neither a rule nor a provision/],
    ] as const)
      it(`is 2 for ${what}, with one line that says what to do`, () => {
        const ran = folder.run(args);
        assert.equal(ran.status, 2);
        saysOneLine(ran, says);
        assert.equal(ran.out, '');
      });

    for (const [what, config, says] of [
      ['broken', '{ "rules": {', /skarp\.json:1:\d+/],
      ['of the wrong shape', '{ "rules": [] }', /skarp\.json:\d+:\d+: rules/],
    ] as const)
      it(`is 2 for a skarp.json that is ${what}, with one line that says where`, () => {
        folder.write('skarp.json', config);
        folder.write('a.ts', BAD);
        const ran = folder.run(['check']);
        assert.equal(ran.status, 2);
        saysOneLine(ran, says);
      });
  });

  describe('check: files that are no ordinary sources', () => {
    it('names a binary file, and checks the rest', () => {
      folder.write('a.c', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]));
      folder.write('b.ts', BAD);
      const ran = folder.run(['check']);
      assert.equal(ran.status, 1);
      assert.equal(ran.err, 'skarp: a.c: it is a binary file\n');
    });

    it('is 2 for a binary file that was asked for by name', () => {
      folder.write('a.c', Uint8Array.from([0, 1, 2]));
      const ran = folder.run(['check', 'a.c']);
      assert.equal(ran.status, 2);
      saysOneLine(ran, /a\.c: it is a binary file/);
    });

    it('takes a folder that is called x.c for a folder', () => {
      mkdirSync(folder.at('x.c'));
      folder.write('x.c/a.ts', BAD);
      const ran = folder.run(['check', '--format', 'json']);
      assert.deepEqual(found(ran), ['x.c/a.ts:2:9 mqtt-cleartext']);
      assert.equal(ran.err, '');
    });

    it('names a file that may not be read, and checks the rest', function () {
      // Root reads everything: then a link without an end stands for the file that cannot be read.
      const everything = process.getuid?.() === 0;
      if (everything) symlinkSync('a.c', folder.at('a.c'));
      else {
        folder.write('a.c', BAD_C);
        chmodSync(folder.at('a.c'), 0);
      }
      folder.write('b.ts', BAD);
      const walked = folder.run(['check']);
      assert.equal(walked.status, 1);
      saysOneLine(
        walked,
        everything ? /a\.c: a symbolic link is not followed/ : /a\.c: it cannot be read: permission denied/,
      );
      const named = folder.run(['check', 'a.c', 'b.ts']);
      assert.equal(named.status, 2);
      saysOneLine(named, /a\.c: .*(permission denied|circle)/);
      assert.match(named.out, /mqtt-cleartext/);
    });

    it('does not walk in circles through links', () => {
      folder.write('a/b.ts', BAD);
      symlinkSync('..', folder.at('a/loop'));
      const ran = folder.run(['check', '--format', 'json']);
      assert.deepEqual(found(ran), ['a/b.ts:2:9 mqtt-cleartext']);
    });

    it('does not follow a link out of the folder', () => {
      const other = new Folder({ 'secret.ts': BAD });
      try {
        symlinkSync(other.at('secret.ts'), folder.at('a.ts'));
        symlinkSync(other.path, folder.at('b'));
        assert.deepEqual(found(folder.run(['check', '--format', 'json'])), []);
      } finally {
        other.remove();
      }
    });

    it('refuses a source of 50 MB, and checks the rest', () => {
      const handle = openSync(folder.at('a.c'), 'w');
      ftruncateSync(handle, 50 * 1024 * 1024);
      closeSync(handle);
      folder.write('b.ts', BAD);
      const ran = folder.run(['check']);
      assert.equal(ran.status, 1);
      assert.equal(ran.err, 'skarp: a.c: it is too large: 50 MB, the limit is 4 MB\n');
    });

    it('reads Latin-1 with the right columns', () => {
      folder.write(
        'a.c',
        Buffer.from(
          `/* \xfc\xe9 */ void f(void) { mbedtls_ssl_conf_authmode(&c, MBEDTLS_SSL_VERIFY_NONE); }\n`,
          'latin1',
        ),
      );
      const ran = folder.run(['check', '--format', 'json', '--rule', 'tls-verify-off']);
      assert.deepEqual(found(ran), ['a.c:1:55 tls-verify-off']);
    });

    it('counts columns in UTF-16 units', () => {
      folder.write('a.ts', "import { connect } from 'mqtt';\n/* 😀é */ connect('mqtt://h');\n");
      assert.deepEqual(found(folder.run(['check', '--format', 'json'])), ['a.ts:2:19 mqtt-cleartext']);
    });

    it("does not read other people's code unless asked to", () => {
      folder.write('node_modules/x/a.ts', BAD);
      folder.write('build/b.ts', BAD);
      assert.deepEqual(found(folder.run(['check', '--format', 'json'])), []);
      assert.deepEqual(found(folder.run(['check', '--format', 'json', '--include-vendored'])), [
        'node_modules/x/a.ts:2:9 mqtt-cleartext',
      ]);
    });

    it('counts C++ and says that it is not read', () => {
      folder.write('a.cpp', 'class A {};');
      assert.match(folder.run(['check']).out, /1 file of C\+\+ not read/);
    });
  });

  describe('check: what is asked for', () => {
    it('reads stdin as the file that it is named', () => {
      const ran = folder.run(['check', '--stdin', '--stdin-filename', 'src/a.ts', '--format', 'json'], {
        input: BAD,
      });
      assert.equal(ran.status, 1);
      assert.deepEqual(found(ran), ['src/a.ts:2:9 mqtt-cleartext']);
      assert.equal((JSON.parse(ran.out) as Report).scope, 'partial');
    });

    it('reads one rule or one heading only', () => {
      folder.write(
        'a.ts',
        "import mqtt from 'mqtt';\nmqtt.connect('mqtt://h', { rejectUnauthorized: false });\n",
      );
      assert.deepEqual(found(folder.run(['check', '--format', 'json', '--rule', 'tls-verify-off'])), [
        'a.ts:2:48 tls-verify-off',
      ]);
      assert.deepEqual(found(folder.run(['check', '--format', 'json', '--heading', '1'])), []);
    });

    it('reads several folders with paths from the one that holds them', () => {
      folder.write('one/a.ts', BAD);
      folder.write('two/b.ts', BAD);
      assert.deepEqual(found(folder.run(['check', 'one', 'two', '--format', 'json'])), [
        'one/a.ts:2:9 mqtt-cleartext',
        'two/b.ts:2:9 mqtt-cleartext',
      ]);
    });

    it('lists suppressed findings only when asked to', () => {
      folder.write('a.ts', `${BAD.trimEnd()} // skarp-ignore mqtt-cleartext -- lab\n`);
      const ran = folder.run(['check', '--format', 'json']);
      assert.equal(ran.status, 0);
      assert.deepEqual(found(ran), []);
      const all = folder.run(['check', '--format', 'json', '--show-suppressed']);
      assert.equal(all.status, 0);
      assert.deepEqual(
        (JSON.parse(all.out) as Report).findings.map(({ suppressed }) => suppressed),
        [{ reason: 'lab' }],
      );
    });

    it('prints nothing with --quiet', () => {
      folder.write('a.ts', BAD);
      assert.deepEqual(folder.run(['check', '--quiet']), { status: 1, out: '', err: '' });
    });

    it('finds the same without the prefilter', () => {
      folder.write('a.ts', BAD);
      assert.deepEqual(
        found(folder.run(['check', '--format', 'json', '--no-prefilter'])),
        found(folder.run(['check', '--format', 'json'])),
      );
    });
  });

  describe('check: reports', () => {
    it('in JSON hold to their schema', () => {
      const schema = JSON.parse(
        readFileSync(join(root, 'schemas/skarp-report.schema.json'), 'utf8'),
      ) as object;
      const valid = new Ajv2020({ allErrors: true }).compile(schema);
      for (const device of ['thermostat-esp-idf', 'gateway-node']) {
        const { out } = folder.run([
          'check',
          join(root, 'test-fixtures', device),
          '--format',
          'json',
          '--show-suppressed',
          '--rule-set',
          'audit',
        ]);
        assert.ok(valid(JSON.parse(out)), JSON.stringify(valid.errors?.slice(0, 3)));
      }
    });

    it('are written to files as well', () => {
      folder.write('a.ts', BAD);
      const ran = folder.run(['check', '--output', 'json=out.json', '--output', 'sarif=out.sarif']);
      assert.match(ran.out, /1 finding/);
      assert.equal((JSON.parse(folder.bytes('out.json').toString()) as Report).findings.length, 1);
      assert.match(folder.bytes('out.sarif').toString(), /"version": "2\.1\.0"/);
      assert.deepEqual(folder.files(), ['a.ts', 'out.json', 'out.sarif']);
    });

    it('that cannot be written are told, and nothing is left half-written', () => {
      folder.write('a.ts', BAD);
      mkdirSync(folder.at('taken'));
      for (const target of ['gone/out.json', 'taken']) {
        const ran = folder.run(['check', '--output', `json=${target}`]);
        assert.equal(ran.status, 2);
        saysOneLine(ran, /cannot be written/);
      }
      assert.deepEqual(folder.files(), ['a.ts']);
    });

    it('have no colors in a pipe, with NO_COLOR or with --no-color, and have them when forced', () => {
      folder.write('a.ts', BAD);
      const colored = (args: string[], env: Record<string, string>): boolean =>
        folder.run(['check', ...args], { env }).out.includes('\u001b[');
      assert.equal(colored([], {}), false);
      assert.equal(colored([], { CI: 'true' }), false);
      assert.equal(colored([], { FORCE_COLOR: '1' }), true);
      assert.equal(colored([], { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
      assert.equal(colored(['--no-color'], { FORCE_COLOR: '1' }), false);
    });

    it('end quietly when the reader goes away', () => {
      folder.write('a.ts', "import { connect } from 'mqtt';\n" + "connect('mqtt://h');\n".repeat(900));
      const command = [...COMMAND, 'check'].map((word) => `'${word}'`).join(' ');
      const ran = spawnSync('sh', ['-c', `${command} | head -1`], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined },
      });
      assert.equal(ran.stdout, 'a.ts\n');
      assert.equal(ran.stderr, '');
    });
  });

  describe('check --fix-suggestions', () => {
    it('fixes once and then has nothing left to fix', () => {
      folder.write('a.ts', BAD);
      assert.equal(folder.run(['check', '--fix-suggestions']).status, 0);
      const fixed = folder.bytes('a.ts').toString();
      assert.equal(fixed, BAD.replace('mqtt://', 'mqtts://'));
      assert.equal(folder.run(['check', '--fix-suggestions']).err, '');
      assert.equal(folder.bytes('a.ts').toString(), fixed);
    });

    it('says on stderr what it changed', () => {
      folder.write('a.ts', BAD);
      assert.equal(folder.run(['check', '--fix-suggestions']).err, 'fixed a.ts: 1 place\n');
    });

    it('keeps encoding, line ends and mode, and leaves no other files', () => {
      folder.write('a.ts', Buffer.from(`// J\xfcrgen\r\n${BAD.replaceAll('\n', '\r\n')}`, 'latin1'));
      folder.write('b.ts', `\uFEFF${BAD}`);
      chmodSync(folder.at('a.ts'), 0o750);
      folder.run(['check', '--fix-suggestions']);
      assert.equal(
        folder.bytes('a.ts').toString('latin1'),
        `// J\xfcrgen\r\n${BAD.replaceAll('\n', '\r\n').replace('mqtt://', 'mqtts://')}`,
      );
      assert.equal(folder.bytes('b.ts').toString(), `\uFEFF${BAD.replace('mqtt://', 'mqtts://')}`);
      assert.equal(statSync(folder.at('a.ts')).mode & 0o777, 0o750);
      assert.deepEqual(folder.files(), ['a.ts', 'b.ts']);
    });

    it('does not touch what is suppressed', () => {
      const text = `${BAD.trimEnd()} // skarp-ignore mqtt-cleartext -- lab\n`;
      folder.write('a.ts', text);
      folder.run(['check', '--fix-suggestions']);
      assert.equal(folder.bytes('a.ts').toString(), text);
    });

    it('is not what --fix does: it applies safe fixes only', () => {
      folder.write('a.ts', BAD);
      folder.write('b.c', 'void show(const char *text) { printf(text); }\n');
      const { status, err } = folder.run(['check', '--fix']);
      assert.equal(status, 1);
      assert.equal(err, 'fixed b.c: 1 place\n');
      assert.equal(folder.bytes('a.ts').toString(), BAD);
      assert.equal(folder.bytes('b.c').toString(), 'void show(const char *text) { printf("%s", text); }\n');
    });
  });

  describe('rules and explain', () => {
    it('lists every rule, or those of a heading', () => {
      const all = folder.run(['rules']);
      assert.equal(all.status, 0);
      assert.equal(all.err, '');
      assert.match(all.out, /mqtt-cleartext/);
      assert.doesNotMatch(folder.run(['rules', '--heading', '1']).out, /mqtt-cleartext/);
    });

    it('lists rules as JSON', () => {
      const rules = JSON.parse(folder.run(['rules', '--json']).out) as { id: string }[];
      assert.ok(rules.some(({ id }) => id === 'mqtt-cleartext'));
    });

    it('explains a rule, and a provision by the label of any edition', () => {
      assert.match(folder.run(['explain', 'mqtt-cleartext']).out, /How it is attacked/);
      assert.match(folder.run(['explain', '5.5-1']).out, /mqtt-cleartext/);
      assert.match(folder.run(['explain', '4.5-1']).out, /5\.5-1/);
    });

    it('tells what other catalogues say of a provision, how sure that is and who says so', () => {
      const out = folder.run(['explain', '5.3-9']).out.replace(/\s+/g, ' ');
      assert.match(
        out,
        /OWASP IoT Top 10 2018: I4, I5 \(a public mapping: OWASP IoT Top 10 2018 Mapping Project/,
      );
      assert.match(
        out,
        /BIMCO [^:]*: the subject, without a finer place that we know of \(our own judgement\)/,
      );
    });

    it('prints the version', () => {
      const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
      assert.deepEqual(folder.run(['--version']), { status: 0, out: `${version}\n`, err: '' });
    });

    it('prints help', () => {
      const ran = folder.run(['--help']);
      assert.equal(ran.status, 0);
      assert.match(ran.out, /check/);
    });
  });
});

describe('skarp explain', () => {
  const subjects = [
    ...catalogue.rules.map(({ id }) => id),
    ...catalogue.standard.provisions.map(({ id }) => id),
  ];

  /** Lines that are too wide, of a subject's text without its first two lines: name, title and facts. */
  async function wide(keep: (line: string) => boolean): Promise<string[]> {
    const lines: string[] = [];
    for (const subject of subjects)
      for (const line of (await printed(() => explain(subject, { color: false }))).split('\n').slice(2))
        if (line.length > 80 && keep(line)) lines.push(`${subject}: ${line}`);
    return lines;
  }
  /** Examples, the list of a provision's rules, the line about suppressing: all that is not wrapped. */
  const isSet = (line: string): boolean => /^ {4}|^ {2}[a-z0-9-]+ +\S|^Suppress with a reason/.test(line);

  it('fits its prose into 80 columns for every rule and provision', async () => {
    assert.deepEqual(await wide((line) => !isSet(line)), []);
  });

  it('FP lets examples, lists of rules and the line about suppressing run beyond 80 columns', async () => {
    assert.notDeepEqual(await wide(isSet), []);
  });
});

/** What a function prints on stdout. */
async function printed(run: () => Promise<unknown>): Promise<string> {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let text = '';
  stdout.write = ((chunk: string, done?: () => void): boolean => {
    text += chunk;
    done?.();
    return true;
  }) as typeof stdout.write;
  try {
    await run();
  } finally {
    stdout.write = write;
  }
  return text;
}
